import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonOf, type Release } from './python-peer.js';

const definitions = {
  client: {
    metadata: {
      name: 'python-client',
      containers: { workload: { resource: 'workload-image' } },
      resources: { 'workload-image': { type: 'oci-image' } },
      requires: { 'vpn-gateway': { interface: 'vpn-gateway', limit: 1 } },
    },
    options: {},
  },
  gateway: {
    metadata: {
      name: 'python-gateway',
      containers: { gluetun: { resource: 'gluetun-image' } },
      resources: { 'gluetun-image': { type: 'oci-image' } },
      provides: { 'vpn-gateway': { interface: 'vpn-gateway' } },
    },
    options: {
      fields: { type: 'string', default: '{"cluster_cidrs":"10.1.0.0/16,10.152.183.0/24,169.254.7.127/32"}' },
    },
  },
};

/** The folder of a charm whose `dispatch` runs Python's `ops` with a release of the library, as a packed charm's would. */
export function pythonCharm(kind: keyof typeof definitions, release: Release): string {
  const folder = mkdtempSync(join(tmpdir(), 'py-'));
  const { metadata, options } = definitions[kind];
  const program = fileURLToPath(new URL(`peer/${kind}_charm.py`, import.meta.url));
  // JSON is YAML.
  writeFileSync(join(folder, 'metadata.yaml'), JSON.stringify(metadata));
  writeFileSync(join(folder, 'config.yaml'), JSON.stringify({ options }));
  writeFileSync(join(folder, 'dispatch'), `#!/bin/sh\nexec ${pythonOf(release)} ${program}\n`, { mode: 0o755 });
  return folder;
}
