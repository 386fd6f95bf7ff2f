import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The real StatefulSet controller and garbage collector. It runs in one test only: its status writes would move the versions that others compare. */
export class ControllerManager {
  readonly #process: ChildProcess;
  readonly #folder = mkdtempSync(join(tmpdir(), 'kcm-'));

  constructor() {
    const kubeconfig = process.env['KUBE_CONFIG'] ?? '';
    this.#process = spawn(
      join(process.env['KUBE_BIN'] ?? '', 'kube-controller-manager'),
      [
        ...[
          '--kubeconfig',
          kubeconfig,
          '--controllers',
          'statefulset-controller,garbage-collector-controller',
          '--leader-elect=false',
        ],
        ...['--secure-port', '0', '--cert-dir', this.#folder],
      ],
      { stdio: 'ignore' },
    );
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null) {
      const ended = new Promise((resolve) => this.#process.once('exit', resolve));
      this.#process.kill();
      await ended;
    }
    rmSync(this.#folder, { recursive: true });
  }
}
