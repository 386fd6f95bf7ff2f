import type { HookContext, HookOutcome } from '../hook-tools/hook-context.js';
import type { Journal, JournalEntry } from '../journal/journal.js';
import type { JujuModel } from '../model/juju-model.js';
import type { Unit } from '../model/unit.js';
import type { PebbleDaemon } from '../pebble/index.js';
import type { Cluster, ClusterWrite } from '../pod/cluster.js';
import type { Pod } from '../pod/pod.js';
import type { ContainerOutcome, Outcome } from './outcome.js';
import type { RelationState } from './relation-state.js';
import type { ContainerState, SecretState, State } from './state.js';

export interface OutcomeParts<C extends Readonly<Record<string, ContainerState>>> {
  readonly before: State<C>;
  readonly model: JujuModel;
  readonly unit: Unit;
  readonly context: HookContext;
  readonly result: HookOutcome;
  readonly pod: Pod;
  readonly cluster: Cluster;
  readonly writes: readonly ClusterWrite[];
  readonly journal: Journal;
}

/** Reads what is left of a run before its pod is taken away. */
export function describeOutcome<C extends Readonly<Record<string, ContainerState>>>(
  parts: OutcomeParts<C>,
): Outcome<C> {
  const { before, model, unit, context, result, pod, cluster } = parts;
  const relations = before.relations.map((described) => relationAfter(described, model, unit));
  const objects = cluster.list();
  const secrets = ownedSecrets(model, unit);
  const storedState = Object.fromEntries(unit.state);
  const containers = mapValues(before.containers, (_state, name) => containerAfter(pod.container(name)));
  return {
    exitCode: result.kind === 'exited' ? result.exitCode : 1,
    ...(result.kind === 'exited' && result.error !== undefined ? { error: result.error } : {}),
    unitStatus: unit.status,
    applicationStatus: context.app.status,
    workloadVersion: unit.workloadVersion,
    ports: [...unit.ports].sort(),
    containers,
    relations,
    relation: (described) => relations.find(({ id }) => id === described.id) ?? described,
    storedState,
    secrets,
    kubernetes: {
      writes: [...parts.writes],
      objects,
      get: (kind, name) =>
        objects.find(
          (object) =>
            object.kind === kind &&
            object.metadata.name === name &&
            (object.metadata.namespace === undefined || object.metadata.namespace === model.name),
        ),
    },
    action: context.actionOutcome(result),
    logs: [...context.log],
    hookTools: [...context.calls],
    journal: duringHook(parts.journal.entries),
    state: {
      ...before,
      relations,
      storedState,
      secrets: [...before.secrets.filter(({ owner }) => owner === undefined), ...secrets],
      unitStatus: unit.status,
      kubernetes: { objects },
      // The same containers, each as it is now.
      containers: mapValues(before.containers, (container, name) =>
        nextContainer(container, pod.container(name)),
      ) as unknown as C,
    },
  };
}

function ownedSecrets(model: JujuModel, unit: Unit): readonly SecretState[] {
  return [...model.secrets.values()]
    .filter(({ owner }) => owner === unit.app || owner === unit.name)
    .map((each) => ({
      id: each.uri,
      content: each.content(each.latest) ?? {},
      granted: false,
      owner: each.owner === unit.app ? ('application' as const) : ('unit' as const),
      label: each.label,
      rotation: each.rotation,
    }));
}

/** Without what was prepared before the hook. */
function duringHook(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  return entries.slice(entries.findIndex(({ kind }) => kind === 'hook-start'));
}

function containerAfter(daemon: PebbleDaemon): ContainerOutcome {
  const { services, checks, plan, files } = daemon;
  return {
    services: Object.fromEntries(services.map(({ name, current }) => [name, current])),
    checks,
    plan,
    read: (path) => files.read(path),
    mode: (path) => files.entry(path)?.mode,
  };
}

function nextContainer(before: ContainerState, { plan, files, services }: PebbleDaemon): ContainerState {
  const paths = files.paths().filter((path) => files.entry(path)?.kind === 'file');
  const layer = { services: override(plan.services), checks: override(plan.checks) };
  return {
    canConnect: before.canConnect,
    files: Object.fromEntries(paths.map((path) => [path, files.read(path) ?? ''])),
    layers: { state: layer },
    running: services.filter(({ current }) => current === 'active').map(({ name }) => name),
  };
}

function override(items: Readonly<Record<string, object>>): Readonly<Record<string, object>> {
  return mapValues(items, (item) => ({ ...item, override: 'replace' }));
}

function relationAfter(described: RelationState, model: JujuModel, unit: Unit): RelationState {
  const relation = model.relations.get(described.id);
  if (relation === undefined) return described;
  return {
    ...described,
    localAppData: relation.bag(unit.app).read(),
    localUnitData: Object.fromEntries(
      Object.entries(relation.bag(unit.name).read()).filter(
        ([key]) => !['egress-subnets', 'ingress-address', 'private-address'].includes(key),
      ),
    ),
  };
}

function mapValues<T extends Readonly<Record<string, unknown>>, R>(
  items: T,
  convert: (item: T[keyof T & string], name: string) => R,
): { readonly [K in keyof T]: R } {
  // Every key of T is mapped, which Object.fromEntries cannot express.
  return Object.fromEntries(
    Object.entries(items).map(([name, item]) => [name, convert(item as T[keyof T & string], name)]),
  ) as { readonly [K in keyof T]: R };
}
