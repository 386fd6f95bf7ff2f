import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeApi } from '@charm-ts/ops';
import { connectInCluster } from '@charm-ts/ops/kubernetes';
import type { RealApiServer } from '../api/real-api-server.js';

/** A folder that looks like `/` of a unit's pod to the Kubernetes adapter: a mounted service account. */
export class PodRoot {
  readonly path = mkdtempSync(join(tmpdir(), 'pod-'));
  readonly environment: Readonly<Record<string, string>>;

  /** @param server - where the API server is reached, when not at its own address */
  constructor(
    api: RealApiServer,
    account: { readonly namespace: string; readonly token: string },
    server: URL = api.url,
  ) {
    const folder = join(this.path, 'var/run/secrets/kubernetes.io/serviceaccount');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'ca.crt'), api.caCertificate);
    writeFileSync(join(folder, 'namespace'), account.namespace);
    this.environment = {
      KUBERNETES_SERVICE_HOST: server.hostname,
      KUBERNETES_SERVICE_PORT: server.port === '' ? '443' : server.port,
    };
    this.useToken(account.token);
  }

  /** What the kubelet does before a token ends. */
  useToken(token: string): void {
    writeFileSync(join(this.path, 'var/run/secrets/kubernetes.io/serviceaccount/token'), token, { mode: 0o600 });
  }

  /** The charm's own way to the API server. */
  connect(): Promise<KubeApi> {
    return connectInCluster({ environment: this.environment, root: this.path });
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
