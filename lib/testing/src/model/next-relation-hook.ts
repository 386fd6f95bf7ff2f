import type { DueHook } from './due-hook.js';
import type { RelationEvent } from './hook-event.js';
import { networkSettings } from './network-settings.js';
import type { Relation } from './relation.js';
import type { RelationMemory, Unit } from './unit.js';

/**
 * The hook that one relation owes to a unit: created, then departed for members that left, joined and changed for new ones,
 * changed for new data; broken at the end.
 */
export function nextRelationHook(relation: Relation, unit: Unit): DueHook | undefined {
  const side = relation.sideOf(unit.app);
  if (side === undefined) return undefined;
  const describe = (
    kind: RelationEvent['kind'],
    more: Partial<Pick<RelationEvent, 'remoteUnit' | 'departingUnit'>> = {},
  ): RelationEvent => ({
    kind,
    endpoint: side.endpoint,
    relationId: relation.id,
    remoteApp: relation.remoteAppOf(unit.app),
    ...more,
  });
  const ends = relation.life !== 'alive' || unit.life !== 'alive';
  const memory = unit.memory.relations.get(relation.id);
  if (memory === undefined) return ends ? undefined : created(relation, unit, describe('relation-created'));
  if (memory.broken) return undefined;
  return ends ? ending(relation, unit, memory, describe) : living(relation, unit, memory, describe);
}

type Describe = (
  kind: RelationEvent['kind'],
  more?: Partial<Pick<RelationEvent, 'remoteUnit' | 'departingUnit'>>,
) => RelationEvent;

/** The leader of a peer relation wrote the application's databag itself. */
const writesItself = (relation: Relation, unit: Unit): boolean => relation.isPeer && unit.memory.leader;

function created(relation: Relation, unit: Unit, event: RelationEvent): DueHook {
  return {
    event,
    commit: () => {
      unit.memory.relations.set(relation.id, { members: new Map(), appVersion: 0, broken: false });
      relation.bag(unit.name).update(networkSettings(unit));
      relation.scope.add(unit.name);
    },
  };
}

function ending(relation: Relation, unit: Unit, memory: RelationMemory, describe: Describe): DueHook {
  const [member] = [...memory.members.keys()].sort();
  if (member !== undefined) {
    const departingUnit = unit.life === 'alive' ? member : unit.name;
    return {
      event: describe('relation-departed', { remoteUnit: member, departingUnit }),
      commit: () => memory.members.delete(member),
    };
  }
  return {
    event: describe('relation-broken'),
    commit: () => {
      memory.broken = true;
      relation.scope.delete(unit.name);
    },
  };
}

function living(relation: Relation, unit: Unit, memory: RelationMemory, describe: Describe): DueHook | undefined {
  const present = relation.membersFor(unit.name);
  const changed = (remoteUnit: string): DueHook => {
    const { version } = relation.bag(remoteUnit);
    return {
      event: describe('relation-changed', { remoteUnit }),
      commit: () => {
        if (memory.changedPending === remoteUnit) delete memory.changedPending;
        memory.members.set(remoteUnit, version);
      },
    };
  };
  if (memory.changedPending !== undefined) return changed(memory.changedPending);

  const left = [...memory.members.keys()].sort().find((member) => !present.includes(member));
  if (left !== undefined) {
    return {
      event: describe('relation-departed', { remoteUnit: left, departingUnit: left }),
      commit: () => memory.members.delete(left),
    };
  }
  const joining = present.find((member) => !memory.members.has(member));
  if (joining !== undefined) {
    return {
      event: describe('relation-joined', { remoteUnit: joining }),
      commit: () => {
        memory.members.set(joining, 0);
        memory.changedPending = joining;
      },
    };
  }
  const appVersion = relation.bag(relation.remoteAppOf(unit.app)).version;
  if (appVersion > memory.appVersion && present.length > 0 && !writesItself(relation, unit)) {
    return { event: describe('relation-changed'), commit: () => (memory.appVersion = appVersion) };
  }
  const newer = present.find((member) => relation.bag(member).version > (memory.members.get(member) ?? 0));
  return newer === undefined ? undefined : changed(newer);
}
