import type { Cluster, Sandbox } from '@charm-ts/testing';

/** What differs from run to run without meaning anything. */
const volatile = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'time',
  'clusterIP',
  'clusterIPs',
  'controller-revision-hash',
  'JUJU_K8S_MODEL',
]);

/**
 * How often a policy was written depends on what its gateway knew of the clients at which time; how often a pod template was,
 * does not: every change of one is a pod less.
 */
const comparable = (object: ReturnType<Cluster['list']>[number]): object =>
  object.kind === 'StatefulSet' ? object : { ...object, metadata: { ...object.metadata, generation: undefined } };

/** Databags, objects, plans and statuses, in a form in which two deployments can be compared. */
export function endState({ sandbox }: { readonly sandbox: Sandbox }): Readonly<Record<string, unknown>> {
  const { model, cluster } = sandbox;
  const names = new Map([
    ...model.units.flatMap(({ name, address }): [string, string][] => [
      [address, `<address of ${name}>`],
      [`${address}/32`, `<address of ${name}>/32`],
    ]),
    [model.uuid, '<model>'],
    [model.controllerUuid, '<controller>'],
  ]);
  const relations = [...model.relations.values()].filter(({ isPeer }) => !isPeer);
  const raw = {
    databags: relations
      .map((relation) => {
        const apps = [...model.applications.keys()].filter((app) => relation.sideOf(app) !== undefined);
        const units = model.units.filter(({ app }) => apps.includes(app)).map(({ name }) => name);
        return Object.fromEntries([...apps, ...units].sort().map((owner) => [owner, relation.bag(owner).read()]));
      })
      .sort((one, other) => (Object.keys(one).join() < Object.keys(other).join() ? -1 : 1)),
    objects: Object.fromEntries(
      cluster
        .list()
        .map((object) => [
          `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`,
          comparable(object),
        ]),
    ),
    units: Object.fromEntries(
      model.units.map(({ name, ports, workloadVersion }) => [
        name,
        {
          status: sandbox.status(name),
          ports: [...ports].sort(),
          workloadVersion,
          containers: [...sandbox.pod(name).containers].map(([container, daemon]) => ({
            container,
            plan: daemon.plan,
            services: daemon.services.map(({ name: service, current }) => `${service} ${current}`),
            checks: daemon.checks.map(({ name: check, status }) => `${check} ${status}`),
          })),
        },
      ]),
    ),
  };
  return normalised(raw, names) as Readonly<Record<string, unknown>>;
}

function normalised(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => normalised(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !volatile.has(name))
      .map(([name, member]) => [name, normalised(member, names)]),
  );
}
