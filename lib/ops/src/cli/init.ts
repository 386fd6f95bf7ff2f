import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandLineError } from './command-line-error.js';
import { filesIn } from './files-in.js';
import { generate } from './gen.js';
import { UsageError } from './usage-error.js';

/** What a new charm is about. */
export interface InitOptions {
  /** Name of the charm, e.g. `radarr-k8s`: also that of its folder. */
  readonly name: string;
  /** OCI image of the workload. */
  readonly image: string;
  /** The workload's command in its container. */
  readonly command: string;
  /** TCP port of its page. */
  readonly port: number;
}

const nameRule = /^[a-z][a-z0-9]*(-[a-z0-9]*[a-z][a-z0-9]*)*$/;

/** `radarr-k8s` becomes `Radarr`. */
const titleOf = (app: string): string =>
  app
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

const replacements = ({ name, image, command, port }: InitOptions): Readonly<Record<string, string>> => {
  const app = name.replace(/-k8s$/, '');
  return { name, app, title: titleOf(app), image, command: JSON.stringify(command).slice(1, -1), port: String(port) };
};

/** A published package cannot carry some names: npm treats them in its own way. */
const realNames: Readonly<Record<string, string>> = {
  gitignore: '.gitignore',
  'package.json.template': 'package.json',
};

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/**
 * Makes a client charm from the template: a new folder with YAML files, sources, tests and a build script, whose tests pass at once.
 *
 * @returns the files, relative to the new folder.
 * @throws CommandLineError for a name that Juju refuses, UsageError for a folder that exists.
 */
export const init = async (options: InitOptions, target: string, template: string): Promise<readonly string[]> => {
  if (!nameRule.test(options.name))
    throw new CommandLineError(`"${options.name}" is no name for a charm such as radarr-k8s`);
  if (!Number.isInteger(options.port) || options.port < 1 || options.port > 65_535) {
    throw new CommandLineError('--port: a number from 1 to 65535');
  }
  if (await exists(target)) throw new UsageError(`${target} exists`);
  const values = replacements(options);
  const written: string[] = [];
  for (const file of await filesIn(template)) {
    const text = await readFile(join(template, file), 'utf8');
    const path = realNames[file] ?? file;
    await mkdir(dirname(join(target, path)), { recursive: true });
    await writeFile(
      join(target, path),
      text.replaceAll(/\{\{(\w+)\}\}/g, (token, key: string) => values[key] ?? token),
    );
    written.push(path);
  }
  written.push(await generate(target));
  return written;
};
