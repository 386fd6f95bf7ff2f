import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { RealClock, Sandbox } from '@charm-ts/testing';
import { BrokenPromiseError } from './effects.js';
import { Story } from './story.js';
import { Teller } from './teller.js';

const folderOf = (charm: string): string => join(process.cwd(), 'dist', charm);

const build = (teller: Teller): void => {
  teller.say('./build.sh --dir');
  const output = execFileSync('./build.sh', ['--dir'], { encoding: 'utf8' });
  for (const line of output.trim().split('\n')) teller.say(`  ${line}`);
};

const run = async (): Promise<number> => {
  const teller = new Teller((line) => {
    process.stdout.write(`${line}\n`);
  });
  build(teller);
  const sandbox = await Sandbox.create({ clock: new RealClock() });
  const unfollow = teller.follow(sandbox.journal);
  try {
    const charms = { gluetun: folderOf('gluetun-k8s'), sabnzbd: folderOf('sabnzbd-k8s') };
    await new Story(sandbox, teller, charms).tell();
    return 0;
  } catch (error) {
    teller.flush();
    if (!(error instanceof BrokenPromiseError)) throw error;
    process.stderr.write(`\nFAILED ${error.message}\n`);
    return 1;
  } finally {
    unfollow();
    await sandbox.close();
  }
};

process.exit(await run());
