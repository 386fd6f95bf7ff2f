import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Only the names that a package exports may be imported, and only in the direction charm → media-charm → vpn-gateway → ops. */
const boundary = (...forbidden) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        { group: ['@charm-ts/*/*', '!@charm-ts/ops/kubernetes'], message: "import from the package's own exports" },
        { group: ['**/lib/*', '**/lib/*/**'], message: 'import by package name' },
        ...forbidden,
      ],
    },
  ],
});
const not = (name, message) => ({ group: [name, `${name}/*`], message });

export default defineConfig(
  { ignores: ['**/dist/', '.cache/', '**/generated/', 'lib/ops/template/', 'node_modules/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      eqeqeq: 'error',
      complexity: ['error', 15],
      'max-depth': ['error', 4],
      ...boundary(),
    },
  },
  {
    files: ['lib/ops/**/*.ts'],
    rules: boundary(
      not('@charm-ts/vpn-gateway', 'ops imports nothing of the others'),
      not('@charm-ts/media-charm', 'ops imports nothing of the others'),
      not('@charm-ts/testing', 'ops imports nothing of the others'),
    ),
  },
  {
    files: ['lib/vpn-gateway/**/*.ts'],
    rules: boundary(
      not('@charm-ts/media-charm', 'it is built on this package'),
      not('@charm-ts/testing', 'only tests import the test kit'),
    ),
  },
  {
    files: ['lib/media-charm/**/*.ts'],
    rules: boundary(not('@charm-ts/testing', 'only tests import the test kit')),
  },
  {
    files: ['lib/testing/**/*.ts'],
    rules: {
      ...boundary(
        not('@charm-ts/vpn-gateway', 'the test kit knows no charm'),
        not('@charm-ts/media-charm', 'the test kit knows no charm'),
      ),
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@charm-ts/ops',
              allowTypeImports: true,
              message: 'types only: the kit speaks the wire formats itself',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'charms/*/src/**/*.ts'],
    rules: boundary(not('@charm-ts/testing', 'only tests import the test kit')),
  },
  {
    files: ['src/**/*.ts'],
    rules: boundary(
      not('@charm-ts/media-charm', 'the gateway is no media charm'),
      not('@charm-ts/testing', 'only tests import the test kit'),
    ),
  },
  {
    files: ['tests/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
);
