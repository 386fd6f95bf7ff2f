import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonOf, type Release } from './python-peer.js';

/** What the files of a charm say. */
export interface PythonCharm {
  /** The program in `peer/`. */
  readonly program: string;
  readonly metadata: object;
  readonly options?: object;
  readonly actions?: object;
}

/** A client by the library. */
export const pythonClient: PythonCharm = {
  program: 'client_charm.py',
  metadata: {
    name: 'python-client',
    containers: { workload: { resource: 'workload-image' } },
    resources: { 'workload-image': { type: 'oci-image' } },
    requires: { 'vpn-gateway': { interface: 'vpn-gateway', limit: 1 } },
  },
};

/** A gateway by the library. */
export const pythonGateway: PythonCharm = {
  program: 'gateway_charm.py',
  metadata: {
    name: 'python-gateway',
    containers: { gluetun: { resource: 'gluetun-image' } },
    resources: { 'gluetun-image': { type: 'oci-image' } },
    provides: { 'vpn-gateway': { interface: 'vpn-gateway' } },
  },
  options: {
    fields: { type: 'string', default: '{"cluster_cidrs":"10.1.0.0/16,10.152.183.0/24,169.254.7.127/32"}' },
  },
};

/** The folder of a charm whose `dispatch` runs Python's `ops` with a release of the library, as a packed charm's would. */
export function packed({ program, metadata, options = {}, actions = {} }: PythonCharm, release: Release): string {
  const folder = mkdtempSync(join(tmpdir(), 'py-'));
  const path = fileURLToPath(new URL(`peer/${program}`, import.meta.url));
  // JSON is YAML.
  writeFileSync(join(folder, 'metadata.yaml'), JSON.stringify(metadata));
  writeFileSync(join(folder, 'config.yaml'), JSON.stringify({ options }));
  writeFileSync(join(folder, 'actions.yaml'), JSON.stringify(actions));
  writeFileSync(join(folder, 'dispatch'), `#!/bin/sh\nexec ${pythonOf(release)} ${path}\n`, { mode: 0o755 });
  return folder;
}
