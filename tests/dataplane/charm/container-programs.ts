import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ContainerFiles, WorkloadSimulation } from '../../../lib/testing/src/pebble/index.js';
import { addressFile, forwardedPortFile } from '../../../src/workload/gluetun-settings.js';

const findings = [addressFile, forwardedPortFile];
const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const pidFile = '/run/gluetun.pid';

/** Programs of the test kit's Pebble that really run, in the container of the bed whose first process has this number. */
export const containerPrograms = (processId: number, environment: readonly string[]): WorkloadSimulation => {
  const root = `/proc/${String(processId)}/root`;
  const enter = (command: string): readonly string[] => [
    ...['--target', String(processId), '--mount', '--pid', '--net', '--uts', '--root', '--wd=/'],
    ...['env', '-i', path, ...environment, 'sh', '-c', command],
  ];
  const run = (command: string) => spawnSync('nsenter', enter(command), { encoding: 'utf8', timeout: 20_000 });

  /** What the container's programs have found is what the charm reads. */
  const look = (files: ContainerFiles): void => {
    for (const name of findings) {
      let text: string | undefined;
      try {
        text = readFileSync(`${root}${name}`, 'utf8');
      } catch {
        text = undefined;
      }
      if (text === undefined && files.entry(name) !== undefined) files.remove(name);
      else if (text !== undefined && files.read(name) !== text) files.write(name, text);
    }
  };

  return {
    onServiceStart: (name, { files, plan }) => {
      for (const name of findings) if (files.entry(name) !== undefined) files.remove(name);
      for (const name of files.paths()) {
        const entry = files.entry(name);
        if (entry?.kind !== 'file') continue;
        mkdirSync(dirname(`${root}${name}`), { recursive: true });
        writeFileSync(`${root}${name}`, entry.content, { mode: entry.mode });
      }
      const service = plan.services[name];
      const variables = Object.entries(service?.environment ?? {}).map(([key, value]) => `export ${key}=${value};`);
      const command = `echo $$ >${pidFile}; ${variables.join(' ')} exec ${service?.command ?? 'false'}`;
      spawn('nsenter', enter(command), { stdio: ['ignore', 'inherit', 'inherit'] });
      return undefined;
    },
    onServiceStop: () => {
      run(
        `pid=$(cat ${pidFile}) || exit 0; kill -TERM $pid; for i in $(seq 100); do kill -0 $pid 2>/dev/null || exit 0; sleep 0.1; done; kill -KILL $pid`,
      );
    },
    exec: (words) => {
      const { status, stdout, stderr } = spawnSync('nsenter', [...enter('"$@"'), 'sh', ...words], { encoding: 'utf8' });
      return { exitCode: status ?? 1, stdout, stderr };
    },
    check: (_name, { exec }, { files }) => {
      const { status, stdout } = run(exec?.command ?? 'false');
      look(files);
      return status === 0 ? { ok: true } : { ok: false, detail: stdout.trim() || `exit status ${String(status)}` };
    },
  };
};
