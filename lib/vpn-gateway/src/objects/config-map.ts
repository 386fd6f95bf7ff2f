import type { KubeObject } from '@charm-ts/ops';
import { podScripts } from '../scripts/generated/pod-scripts.js';
import { ownObject } from './own-object.js';

/** The scripts of one side and `common`, which both source. */
export function scriptsOf(side: { readonly init: string; readonly sidecar: string }): Record<string, string> {
  return Object.fromEntries(
    [side.init, side.sidecar, 'common'].map((name) => [name, podScripts[name] ?? missingScript(name)]),
  );
}

/** A pod without its script must not come up half protected: the container ends at once. */
function missingScript(name: string): string {
  return `#!/bin/bash\necho "${name} is not part of this build" >&2\nexit 1\n`;
}

/** The ConfigMap that is mounted at `/vpn`: settings and scripts. */
export function podConfigMap(
  name: string,
  owner: { readonly app: string; readonly namespace: string },
  settings: string,
  scripts: Readonly<Record<string, string>>,
): KubeObject {
  return ownObject({ apiVersion: 'v1', kind: 'ConfigMap' }, name, owner, { data: { settings, ...scripts } });
}
