import type { Application } from './application.js';
import type { DueHook } from './due-hook.js';
import type { HookEvent } from './hook-event.js';
import type { JujuModel } from './juju-model.js';
import { networkSettings } from './network-settings.js';
import { nextRelationHook } from './next-relation-hook.js';
import type { Unit } from './unit.js';

/** When a container's pebble-ready comes; Juju gives no order between it and `start`. */
export type PebbleReadyOrder = 'after-start' | 'before-config-changed';

/**
 * What the unit's agent would run next, in the order of Juju's resolver
 * (install → relation-created → leader-elected → config-changed → start; a new pod begins with upgrade-charm).
 * Computed from the state alone: asking twice changes nothing.
 */
export function nextHook(
  model: JujuModel,
  unit: Unit,
  pebbleReady: PebbleReadyOrder = 'after-start',
): DueHook | undefined {
  const { memory } = unit;
  const application = model.applications.get(unit.app);
  if (application === undefined || unit.life === 'dead') return undefined;
  if (memory.replacing) return stopBeforeReplacement(unit);
  if (memory.failed !== undefined || unit.address === '') return undefined;
  return (
    setUp(model, unit, application, pebbleReady) ??
    (unit.life === 'dying' ? tearDown(model, unit) : undefined) ??
    workload(unit) ??
    changes(model, unit)
  );
}

function stopBeforeReplacement(unit: Unit): DueHook | undefined {
  const { memory } = unit;
  if (!memory.started || memory.stopped || memory.failed !== undefined) return undefined;
  return due({ kind: 'stop' }, () => (memory.stopped = true));
}

function setUp(
  model: JujuModel,
  unit: Unit,
  application: Application,
  pebbleReady: PebbleReadyOrder,
): DueHook | undefined {
  const { memory } = unit;
  if (!memory.installed) {
    return due({ kind: 'install' }, () => {
      memory.installed = true;
      memory.charmPresent = true;
    });
  }
  if (!memory.charmPresent) {
    return due({ kind: 'upgrade-charm' }, () => {
      memory.charmPresent = true;
      memory.configVersion = undefined;
    });
  }
  if (unit.life === 'dying') return undefined;
  return (
    (pebbleReady === 'before-config-changed' ? workload(unit) : undefined) ??
    relationCreated(model, unit) ??
    leadership(unit, application) ??
    configuration(model, unit, application) ??
    (memory.started ? undefined : due({ kind: 'start' }, () => (memory.started = true)))
  );
}

function relationCreated(model: JujuModel, unit: Unit): DueHook | undefined {
  for (const relation of model.relationsOf(unit.app)) {
    if (relation.life !== 'alive' || unit.memory.relations.has(relation.id)) continue;
    const hook = nextRelationHook(relation, unit);
    if (hook !== undefined) return hook;
  }
  return undefined;
}

function leadership(unit: Unit, application: Application): DueHook | undefined {
  const { memory } = unit;
  const leads = application.leader === unit.name;
  if (!leads) memory.leader = false;
  return leads && !memory.leader ? due({ kind: 'leader-elected' }, () => (memory.leader = true)) : undefined;
}

function configuration(model: JujuModel, unit: Unit, application: Application): DueHook | undefined {
  const { memory } = unit;
  const { configVersion, trustVersion } = application;
  const { address } = unit;
  if (memory.configVersion === configVersion && memory.trustVersion === trustVersion && memory.address === address) {
    return undefined;
  }
  return due({ kind: 'config-changed' }, () => {
    memory.configVersion = configVersion;
    memory.trustVersion = trustVersion;
    if (memory.address !== address) publishAddress(model, unit);
    memory.address = address;
  });
}

/** A new pod has a new address; the other side sees it as a change of the unit's databag. */
function publishAddress(model: JujuModel, unit: Unit): void {
  for (const relation of model.relationsOf(unit.app)) {
    if (relation.scope.has(unit.name)) relation.bag(unit.name).update(networkSettings(unit));
  }
}

function tearDown(model: JujuModel, unit: Unit): DueHook | undefined {
  const { memory } = unit;
  for (const relation of model.relationsOf(unit.app)) {
    const hook = nextRelationHook(relation, unit);
    if (hook !== undefined) return hook;
  }
  if (memory.started && !memory.stopped) return due({ kind: 'stop' }, () => (memory.stopped = true));
  return due({ kind: 'remove' }, () => {
    unit.life = 'dead';
    model.reap();
  });
}

function workload(unit: Unit): DueHook | undefined {
  const { memory } = unit;
  const [container] = [...memory.readyContainers].sort();
  if (container !== undefined) {
    return due({ kind: 'pebble-ready', container }, () => memory.readyContainers.delete(container));
  }
  return first(memory.workloadEvents);
}

function changes(model: JujuModel, unit: Unit): DueHook | undefined {
  return (
    first(unit.memory.actions) ??
    secretChanged(model, unit) ??
    secretRemove(model, unit) ??
    model
      .relationsOf(unit.app)
      .map((relation) => nextRelationHook(relation, unit))
      .find((hook) => hook !== undefined) ??
    first(unit.memory.requested)
  );
}

function secretChanged(model: JujuModel, unit: Unit): DueHook | undefined {
  for (const [id, consumer] of unit.consumes) {
    const secret = model.secrets.get(id);
    const latest = secret?.latest ?? 0;
    if (latest <= consumer.revision || unit.memory.notifiedSecrets.get(id) === latest) continue;
    // Units of the owner know the secret by the owner's label.
    const label = secret?.owner === unit.app || secret?.owner === unit.name ? secret.label : consumer.label;
    const event = {
      kind: 'secret-changed',
      secretId: `secret:${id}`,
      ...(label === undefined ? {} : { label }),
    } as const;
    return due(event, () => unit.memory.notifiedSecrets.set(id, latest));
  }
  return undefined;
}

/** A revision that no unit tracks any more is the owner's to remove, for an application's secret the leader's. */
function secretRemove(model: JujuModel, unit: Unit): DueHook | undefined {
  const isLeader = model.applications.get(unit.app)?.leader === unit.name;
  const own = [...model.secrets.values()].filter(
    ({ owner }) => owner === unit.name || (owner === unit.app && isLeader),
  );
  for (const { id, uri: secretId, label, olderRevisions } of own) {
    const tracked = new Set(model.units.map(({ consumes }) => consumes.get(id)?.revision));
    const key = (revision: number): string => `${id}/${revision}`;
    const revision = olderRevisions.find((each) => !tracked.has(each) && !unit.memory.notifiedRevisions.has(key(each)));
    if (revision === undefined) continue;
    return due({ kind: 'secret-remove', secretId, label, revision }, () => {
      unit.memory.notifiedRevisions.add(key(revision));
    });
  }
  return undefined;
}

function first(queue: HookEvent[]): DueHook | undefined {
  const [event] = queue;
  return event === undefined ? undefined : due(event, () => queue.splice(queue.indexOf(event), 1));
}

function due(event: HookEvent, commit: () => unknown): DueHook {
  return { event, commit: () => void commit() };
}
