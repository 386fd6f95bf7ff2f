import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { bundleKubernetesClient } from '../../../scripts/build/bundle.js';
import { type Charm, charmFiles } from '../../../scripts/build/charm-files.js';
import { charmFileName } from '../../../lib/ops/src/cli/pack/manifest.js';
import { zip } from '../../../lib/ops/src/cli/pack/zip.js';
import { readZip, type ReadEntry } from './read-zip.js';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const clients = ['prowlarr-k8s', 'qbittorrent-k8s', 'sabnzbd-k8s'];
const charms = {
  'gluetun-k8s': root,
  ...Object.fromEntries(clients.map((name) => [name, join(root, 'charms', name)])),
};
const kubernetesClient = bundleKubernetesClient(root);

describe.each(Object.entries(charms))('the archive of %s', (name, folder) => {
  let charm: Charm;
  let entries: readonly ReadEntry[];
  const textOf = (path: string): string => entries.find((entry) => entry.name === path)?.content.toString() ?? '';

  beforeAll(async () => {
    charm = await charmFiles(root, folder, await kubernetesClient);
    // A small file stands in for Node.js: its 126 MB are the same in every charm.
    const node = { name: 'bin/node', mode: 0o755, content: Buffer.from('#!/bin/sh\n') };
    entries = readZip(Buffer.concat(zip([...charm.files, node])));
  }, 60_000);

  test('has the file name that charmcraft would give it', () => {
    expect(charmFileName(charm.name, charm.base)).toBe(`${name}_ubuntu@24.04-amd64.charm`);
  });

  test('has what Juju asks for, by exact names', () => {
    expect(entries.map((entry) => entry.name)).toEqual(
      expect.arrayContaining(['metadata.yaml', 'manifest.yaml', 'config.yaml', 'dispatch', 'LICENSE']),
    );
    for (const entry of entries) expect(entry.name).not.toMatch(/^(\.?\/|\.\.)/);
  });

  test('has Unix modes: without them Juju skips every hook', () => {
    const modes = Object.fromEntries(entries.map((entry) => [entry.name, entry.mode]));
    expect(modes).toMatchObject({ dispatch: 0o755, 'bin/node': 0o755, 'src/charm.cjs': 0o755, 'metadata.yaml': 0o644 });
    expect(entries.every(({ isRegularFile }) => isRegularFile)).toBe(true);
  });

  test('has no dates, so that the same sources give the same file', () => {
    expect(new Set(entries.map(({ time }) => time)).size).toBe(1);
  });

  test('names its base, the channel as a text', () => {
    expect(load(textOf('manifest.yaml'))).toEqual({
      bases: [{ name: 'ubuntu', channel: '24.04', architectures: ['amd64'] }],
    });
  });

  test('has name, summary and description in metadata.yaml, and no key that rules containers out', () => {
    const metadata = load(textOf('metadata.yaml')) as Record<string, unknown>;
    expect(metadata).toMatchObject({
      name,
      summary: expect.any(String),
      description: expect.any(String),
      assumes: ['k8s-api', 'juju >= 3.6'],
    });
    for (const key of ['series', 'min-juju-version', 'deployment']) expect(metadata).not.toHaveProperty(key);
  });

  test('has an OCI image for each container', () => {
    const { containers, resources } = load(textOf('metadata.yaml')) as {
      containers: Record<string, { resource: string }>;
      resources: Record<string, { type: string }>;
    };
    for (const { resource } of Object.values(containers)) expect(resources[resource]?.type).toBe('oci-image');
  });

  test('has an entry point as the last word of dispatch, executable', () => {
    const [last = ''] = textOf('dispatch').trim().split(/\s+/).slice(-1);
    expect(entries.find((entry) => `./${entry.name}` === last)?.mode).toBe(0o755);
  });

  test('has a type for each option and no underscores in names', () => {
    const { options } = load(textOf('config.yaml')) as { options: Record<string, { type?: string }> };
    for (const [option, { type }] of Object.entries(options)) {
      expect(option).not.toContain('_');
      expect(['string', 'int', 'boolean', 'secret']).toContain(type);
    }
  });

  test('loads the Kubernetes client from its own file, and only from there', () => {
    expect(textOf('src/charm.cjs')).toContain('import("./k8s.cjs")');
    expect(textOf('src/charm.cjs')).not.toContain('@charm-ts/ops/kubernetes")');
    expect(textOf('src/k8s.cjs')).toContain('connectInCluster');
  });

  test('has the notices of all packages in the bundles', () => {
    expect(textOf('THIRD_PARTY_LICENSES')).toMatch(/^js-yaml \d/m);
    expect(textOf('THIRD_PARTY_LICENSES')).toMatch(/^@kubernetes\/client-node \d/m);
  });

  test('tells nothing of the machine that built it', () => {
    expect(textOf('src/charm.cjs')).not.toContain(root);
    expect(textOf('src/k8s.cjs')).not.toContain(root);
  });
});
