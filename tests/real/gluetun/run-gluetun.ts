import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve as resolvePath } from 'node:path';
import type { SettingsFile } from '../../../src/workload/settings-files.js';
import { imageEnvironment } from './image-environment.js';

/** How a start of Gluetun ended. */
export interface Start {
  /** `goes on`: its settings were taken, and the next step failed as it has to here. */
  readonly verdict: 'goes on' | 'ends';
  readonly exitCode: number;
  /** The log line that says why. */
  readonly line: string;
}

/** Lists of all countries of the world are cut. */
const longestLine = 240;

/** The line without its time, which differs from start to start. */
const withoutTime = (line: string): string => {
  const text = line.replace(/^\S+Z /, '');
  return text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
};

/** What Gluetun logs when it reaches the step after its settings: the file is missing on purpose. */
const nextStep = /ERROR .*\/etc\/alpine-release/;
const colour = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** Tests run at the root of the repository. */
const start = 'tests/real/gluetun/start';

const run = (folder: string): Promise<{ readonly exitCode: number; readonly log: string }> =>
  new Promise((resolve) => {
    execFile(resolvePath(start), [folder], { maxBuffer: 4 << 20 }, (error, stdout, stderr) => {
      resolve({
        exitCode: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1,
        log: stdout + stderr,
      });
    });
  });

/** Starts the Gluetun that `GLUETUN_BIN` names with these files, in a network namespace and a file system of its own. */
export const startGluetun = async (files: readonly SettingsFile[]): Promise<Start> => {
  const folder = await mkdtemp(join(tmpdir(), 'gluetun-'));
  try {
    await mkdir(join(folder, 'system'));
    for (const { path, content } of files) {
      const target = join(folder, 'files', path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content, { mode: 0o600 });
    }
    const variables = Object.entries(imageEnvironment).map(([name, value]) => `${name}=${value}\n`);
    await writeFile(join(folder, 'environment'), variables.join(''));
    const { exitCode, log } = await run(folder);
    const lines = log.replace(colour, '').split('\n');
    const reached = lines.find((line) => nextStep.test(line));
    const error = lines.find((line) => / ERROR /.test(line));
    if (reached === undefined && error === undefined) throw new Error(`Gluetun said nothing:\n${log}`);
    return { verdict: reached === undefined ? 'ends' : 'goes on', exitCode, line: withoutTime(reached ?? error ?? '') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
