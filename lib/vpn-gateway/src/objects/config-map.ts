import type { KubeObject } from '@charm-ts/ops';
import { podScripts } from '../scripts/generated/pod-scripts.js';
import { ownObject } from './own-object.js';

/** The scripts of one side, which share a prefix (`gateway-…`, `vpn-route-…`), and those that both sides source (`common…`). */
export function scriptsOf(side: { readonly init: string; readonly sidecar: string }): Record<string, string> {
  const prefix = side.init.replace(/init$/, '');
  const found = Object.entries(podScripts).filter(([name]) => name.startsWith('common') || name.startsWith(prefix));
  const needed = [side.init, side.sidecar, 'common'].map((name) => [name, missingScript(name)] as const);
  return { ...Object.fromEntries(needed), ...Object.fromEntries(found) };
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
