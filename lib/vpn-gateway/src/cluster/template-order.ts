import type { KubeApi, KubeObject } from '@charm-ts/ops';
import { at, records } from './json.js';
import { statefulSetOf } from './juju-objects.js';
import { takeover } from './predecessor.js';

/** Who has to be first: Juju takes `containers[0]` and `initContainers[0]` for its own. */
const first: Readonly<Record<string, string>> = { containers: 'charm', initContainers: 'charm-init' };

function namesIn(live: KubeObject, list: string): readonly unknown[] {
  return records(at(live, 'spec', 'template', 'spec', list)).map(({ name }) => name);
}

/** Lists in which Juju's container is not first, with their names in the right order. A strategic merge patch puts new items first; a server-side apply leaves them where they are. */
function misplaced(live: KubeObject): readonly (readonly [string, readonly unknown[]])[] {
  return Object.entries(first).flatMap(([list, name]) => {
    const names = namesIn(live, list);
    if (!names.includes(name) || names[0] === name) return [];
    return [[list, [name, ...names.filter((other) => other !== name)]] as const];
  });
}

/** True when Juju's containers are where Juju looks for them. */
export function isOrdered(live: KubeObject): boolean {
  return misplaced(live).length === 0;
}

/** Puts Juju's containers first again; owns nothing by it. */
export async function repairOrder(api: KubeApi, live: KubeObject): Promise<void> {
  const lists = misplaced(live);
  if (lists.length === 0) return;
  const orders = new Map(lists.map(([list, names]) => [`$setElementOrder/${list}`, names.map((name) => ({ name }))]));
  const body = { spec: { template: { spec: Object.fromEntries(orders) } } };
  await api.patch(statefulSetOf(live.metadata.name), body, { type: 'strategic', fieldManager: takeover });
}
