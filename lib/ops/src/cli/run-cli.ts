import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { CommandLineError } from './command-line-error.js';
import { generate } from './gen.js';
import { init } from './init.js';
import { pack } from './pack/pack.js';
import { UsageError } from './usage-error.js';

const usage = `npx @charm-ts/ops init NAME [--image IMAGE] [--command COMMAND] [--port PORT]
    makes a charm in the new folder NAME: a client of vpn-gateway, with tests that pass
npx @charm-ts/ops gen
    writes src/generated/metadata.ts from metadata.yaml, config.yaml and actions.yaml
npx @charm-ts/ops pack [FOLDER]
    makes NAME_BASE-ARCHITECTURE.charm of a built charm, in dist by default; refuses what Juju would refuse
`;

/** Where the command finds its template and says what it has done. */
export interface CliSurroundings {
  readonly template: string;
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Runs the command and gives its exit code: 2 for what the user has to put right. How the command is used follows only a mistake in its line. */
export const runCli = async (
  args: readonly string[],
  { template, cwd, out, err }: CliSurroundings,
): Promise<number> => {
  try {
    const { positionals, values } = read(args);
    const [command, name, ...more] = positionals;
    if (values.help === true) out(usage);
    else if (command === 'pack' && more.length === 0) out(`${await pack(resolve(cwd, name ?? 'dist'), cwd)}\n`);
    else if (command === 'gen' && name === undefined) out(`${await generate(cwd)}\n`);
    else if (command === 'init' && name !== undefined && more.length === 0) {
      const options = { name, image: values.image, command: values.command, port: Number(values.port) };
      const files = await init(options, resolve(cwd, name), template);
      out(`${files.map((file) => `${name}/${file}`).join('\n')}\n\ncd ${name} && npm install && npm test\n`);
    } else throw new CommandLineError('what should be done?');
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    err(`ERROR ${error.message}\n${error instanceof CommandLineError ? `\n${usage}` : ''}`);
    return 2;
  }
};

const read = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        image: { type: 'string', default: 'docker.io/library/nginx:1.29' },
        command: { type: 'string', default: "nginx -g 'daemon off;'" },
        port: { type: 'string', default: '80' },
      },
    });
  } catch (cause) {
    throw new CommandLineError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
};
