import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { keepRunning, objectTable, RealClock, Sandbox, statusTable, TestingError } from '@charm-ts/testing';
import { BrokenPromiseError } from './effects.js';
import { Story } from './story.js';
import { Teller } from './teller.js';

const help = `npm start             builds the charms and runs the main job in the sandbox
npm start -- --keep   leaves the model running for charm-sandbox
`;

const folderOf = (charm: string): string => join(process.cwd(), 'dist', charm);
const packed = {
  gluetun: folderOf('gluetun-k8s'),
  sabnzbd: folderOf('sabnzbd-k8s'),
  qbittorrent: folderOf('qbittorrent-k8s'),
  prowlarr: folderOf('prowlarr-k8s'),
};
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const build = (teller: Teller): void => {
  teller.say('./build.sh --dir');
  const output = execFileSync('./build.sh', ['--dir'], { encoding: 'utf8' });
  for (const line of output.trim().split('\n')) teller.say(`  ${line.trim()}`);
};

const fail = (sandbox: Sandbox, message: string): number => {
  process.stderr.write(`\nFAILED ${message}\n\n${statusTable(sandbox)}`);
  for (const { unit, hook, message: text } of sandbox.logs.filter(({ level }) => level === 'ERROR')) {
    process.stderr.write(`${unit} ${hook}: ${text}\n`);
  }
  return 1;
};

/** Tells the story on a new model; 0 when every promise was kept. */
const run = async (sandbox: Sandbox, teller: Teller): Promise<number> => {
  const unfollow = teller.follow(sandbox.journal);
  try {
    await new Story(sandbox, teller, packed).tell();
  } catch (error) {
    teller.flush();
    if (error instanceof BrokenPromiseError || error instanceof TestingError) return fail(sandbox, error.message);
    throw error;
  } finally {
    unfollow();
  }
  print(`\n${statusTable(sandbox)}\n${objectTable(sandbox)}`);
  return 0;
};

const main = async (): Promise<number> => {
  const teller = new Teller(print);
  build(teller);
  const sandbox = await Sandbox.create({ clock: new RealClock() });
  const exitCode = await run(sandbox, teller);
  if (exitCode !== 0 || process.send === undefined) {
    await sandbox.close();
    return exitCode;
  }
  // The process that was started in the background for --keep: its starter prints these lines and leaves.
  await keepRunning(sandbox, undefined, () => {
    print(`The model "${sandbox.model.name}" keeps running: npx charm-sandbox status, npx charm-sandbox destroy`);
    process.stdout.write('', () => {
      process.send?.('running', () => {
        process.disconnect();
      });
    });
  });
  return 0;
};

/** Runs the story in a process of its own and returns as soon as its model is left to itself. */
const startInBackground = (): Promise<number> =>
  new Promise((resolve) => {
    const [, script = ''] = process.argv;
    const child = spawn(process.execPath, [script], { detached: true, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    child.stdout?.pipe(process.stdout);
    child.on('message', () => {
      child.unref();
      setTimeout(resolve, 100, 0);
    });
    child.on('exit', (code) => {
      resolve(code ?? 1);
    });
  });

const options = process.argv.slice(2);
const unknown = options.find((option) => !['--keep', '--help'].includes(option));
if (options.includes('--help') || unknown !== undefined) {
  process.stderr.write(unknown === undefined ? help : `unknown option ${unknown}\n${help}`);
  process.exit(unknown === undefined ? 0 : 2);
}
process.exit(await (options.includes('--keep') ? startInBackground() : main()));
