import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The gateway pod as the charm's container sees it: a folder that leads into the namespaces of the bed's pod. */
export class PodRoot {
  readonly path: string;

  constructor(path: string, account: { readonly token: string; readonly caCertificate: string }) {
    this.path = path;
    const folder = join(path, 'var/run/secrets/kubernetes.io/serviceaccount');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'token'), account.token);
    writeFileSync(join(folder, 'ca.crt'), account.caCertificate);
    writeFileSync(join(folder, 'namespace'), 'media');
    for (const below of [this.charmDir, join(path, 'charm/containers'), join(path, 'run/loopback')]) {
      mkdirSync(below, { recursive: true });
    }
  }

  get charmDir(): string {
    return join(this.path, 'var/lib/juju/agents/unit-gluetun-0/charm');
  }

  get pebbleSocket(): string {
    return join(this.path, 'charm/containers/gluetun/pebble.socket');
  }

  /** `/proc/net` of a process in the pod's network. */
  showNetworkOf(processId: number): void {
    symlinkSync(`/proc/${String(processId)}`, join(this.path, 'proc'));
  }

  /** The folder for the socket of a Pebble outside the container. */
  ownSocket(): void {
    mkdirSync(join(this.path, 'charm/containers/gluetun'));
  }

  /** The folder with Pebble's socket in the workload container, which Juju shares with the charm's. */
  shareSocketOf(processId: number): void {
    symlinkSync(`/proc/${String(processId)}/root/charm/container`, join(this.path, 'charm/containers/gluetun'));
  }
}
