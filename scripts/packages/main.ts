import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

// Makes dist/packages/<name>/ of each published package, ready for `npm publish`: compiled sources with their types, and the
// package's own files. `npm run build:packages [-- FOLDER]`

const root = process.cwd();
/** A package comes after those whose types it needs. */
const packages = ['ops', 'vpn-gateway', 'testing'] as const;
const folder = resolve(process.argv[2] ?? join('dist', 'packages'));
const targetOf = (name: string): string => join(folder, name);

interface PackageJson {
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly files: readonly string[];
  readonly [field: string]: unknown;
}

const compile = async (name: (typeof packages)[number]): Promise<void> => {
  const source = join(root, 'lib', name, 'src');
  const built = packages.slice(0, packages.indexOf(name));
  const project = join(folder, `tsconfig.${name}.json`);
  await mkdir(folder, { recursive: true });
  const types: [string, readonly string[]][] = [
    ...built.map((other): [string, readonly string[]] => [
      `@charm-ts/${other}`,
      [join(targetOf(other), 'dist', 'index.d.ts')],
    ]),
    ['@charm-ts/ops/kubernetes', [join(root, 'lib', 'ops', 'src', 'kubernetes', 'client-node.ts')]],
  ];
  const options = {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      rootDir: source,
      outDir: join(targetOf(name), 'dist'),
      declaration: true,
      resolveJsonModule: true,
      customConditions: [],
      typeRoots: [join(root, 'node_modules', '@types')],
      paths: Object.fromEntries(types),
    },
    include: [source],
  };
  await writeFile(project, JSON.stringify(options, undefined, 2));
  execFileSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await rm(project);
};

const without = <T>(members: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(members).filter(([key]) => key !== name));

/** The condition that names the sources is for this repository, as are the packages that only it needs. */
const published = (description: PackageJson): Readonly<Record<string, unknown>> => ({
  ...without(description, 'devDependencies'),
  exports: Object.fromEntries(
    Object.entries(description.exports).map(([path, conditions]) => [path, without(conditions, '@charm-ts/source')]),
  ),
});

for (const name of packages) {
  const target = targetOf(name);
  await rm(target, { recursive: true, force: true });
  await compile(name);
  const source = join(root, 'lib', name);
  const description = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as PackageJson;
  await writeFile(join(target, 'package.json'), `${JSON.stringify(published(description), undefined, 2)}\n`);
  for (const file of description.files.filter((each) => each !== 'dist')) {
    await cp(join(source, file), join(target, file), { recursive: true });
  }
  await cp(join(root, 'LICENSE'), join(target, 'LICENSE'));
  process.stdout.write(`${relative(root, target)}\n`);
}
