/** @type {import('jest').Config} */
export default {
  rootDir: '.',
  roots: ['<rootDir>/tests', '<rootDir>/lib', '<rootDir>/src', '<rootDir>/charms'],
  testMatch: ['<rootDir>/tests/{unit,contract,integration,types}/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/jest-esbuild.mjs' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] },
  // Both cores of a small machine: jest would leave one idle.
  maxWorkers: '100%',
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@charm-ts/source', 'node', 'node-addons'] },
};
