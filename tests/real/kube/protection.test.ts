import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KubeApi, KubeObject } from '@charm-ts/ops';
import {
  clientProtection,
  clientRemoval,
  gatewayProtection,
  gatewayRemoval,
  ObjectApplier,
  type Protection,
  type Removal,
} from '@charm-ts/vpn-gateway';
import { AuditLog } from './api/audit-log.js';
import { RealApiServer } from './api/real-api-server.js';
import { ApplierHooks } from './juju/applier-hook.js';
import { JujuApplication } from './juju/juju-application.js';
import type { JujuRevision } from './juju/juju-stateful-set.js';
import { namesOf, type PodTemplate, templateOf } from './juju/pod-template.js';
import { PodRoot } from './juju/pod-root.js';
import { clientSpec, gatewaySpec } from './juju/specs.js';

interface Side {
  readonly title: string;
  readonly app: string;
  /** Workload containers, in Juju's order. */
  readonly workloads: readonly string[];
  /** Storage that the last workload mounts. */
  readonly storage?: string;
  readonly protection: (namespace: string) => Protection;
  readonly removal: (app: string) => Removal;
}

const sides: readonly Side[] = [
  {
    title: 'gateway',
    app: 'gluetun',
    workloads: ['gluetun'],
    protection: (namespace) => gatewayProtection(gatewaySpec(namespace)),
    removal: gatewayRemoval,
  },
  {
    title: 'gateway with a named server and old clients',
    app: 'gluetun',
    workloads: ['gluetun'],
    protection: (namespace) =>
      gatewayProtection(
        gatewaySpec(namespace, { endpoint: { address: '203.0.113.7', port: 51820 }, mtu: 1320, legacyClients: true }),
      ),
    removal: gatewayRemoval,
  },
  {
    title: 'client',
    app: 'sabnzbd',
    workloads: ['sabnzbd'],
    protection: (namespace) => clientProtection(clientSpec(namespace)),
    removal: clientRemoval,
  },
  {
    title: 'client with two workload containers',
    app: 'sabnzbd',
    workloads: ['exporter', 'sabnzbd'],
    protection: (namespace) => clientProtection(clientSpec(namespace)),
    removal: clientRemoval,
  },
  {
    title: 'client with storage',
    app: 'sabnzbd',
    workloads: ['sabnzbd'],
    storage: 'config',
    protection: (namespace) => clientProtection(clientSpec(namespace)),
    removal: clientRemoval,
  },
  {
    title: 'gateway with two workload containers and storage',
    app: 'gluetun',
    workloads: ['exporter', 'gluetun'],
    storage: 'cache',
    protection: (namespace) => gatewayProtection(gatewaySpec(namespace)),
    removal: gatewayRemoval,
  },
];

const api = new RealApiServer();
const audit = new AuditLog(api);

describe.each(sides.map((side, index) => [side.title, side, `protection-${String(index)}`] as const))(
  'the objects of a %s',
  (_title, { app, workloads, storage, protection, removal }, namespace) => {
    const juju = new JujuApplication(api, namespace, app);
    const username = `system:serviceaccount:${namespace}:${app}`;
    const desired = protection(namespace);
    const { init, sidecar } = desired.containers;
    const applier = { fieldManager: `${app}-vpn` };
    const revision = (charmModifiedVersion: number): JujuRevision => ({
      charmModifiedVersion,
      agentVersion: charmModifiedVersion < 2 ? '3.6.9' : '3.6.11',
      images: Object.fromEntries(
        workloads.map((name, index) => [
          name,
          {
            image: `registry.example/${name}:${charmModifiedVersion}`,
            ...(storage === undefined || index < workloads.length - 1 ? {} : { mounts: { [storage]: '/data' } }),
          },
        ]),
      ),
      ...(storage === undefined ? {} : { storage: [storage] }),
    });
    let pod: PodRoot;
    let kube: KubeApi;
    let hooks: ApplierHooks;
    let original: KubeObject;

    const reconcile = () => hooks.run((charm) => new ObjectApplier(charm, applier).reconcile(desired, { look: true }));
    const remove = () => hooks.run((charm) => new ObjectApplier(charm, applier).remove(removal(app), { write: true }));
    const own = () =>
      Promise.all(
        [...desired.policies, desired.configMap].map(({ apiVersion, kind, metadata }) =>
          kube.get({ apiVersion, kind, name: metadata.name }),
        ),
      );

    beforeAll(async () => {
      await juju.createAccount({ trust: true });
      original = await juju.create(revision(0));
      pod = new PodRoot(api, { namespace, token: await juju.token() });
      kube = await pod.connect();
      hooks = new ApplierHooks(kube, app);
    });
    afterAll(() => {
      pod.remove();
    });

    test('are accepted in one hook, the StatefulSet last', async () => {
      const written = await audit.writesOf(username, async () => {
        expect(await reconcile()).toEqual({ outcome: { kind: 'restarting' }, statuses: [] });
      });
      expect(written.map((line) => line.replace(/^(\w+) .*\/(\w+)\/[^/]+$/, '$1 $2'))).toEqual([
        ...desired.policies.map(() => 'patch networkpolicies'),
        'patch configmaps',
        'patch statefulsets',
      ]);
      expect((await own()).map((object) => object?.metadata.labels?.['app.kubernetes.io/name'])).toEqual(
        [...desired.policies, desired.configMap].map(() => app),
      );
    });

    test("stand after Juju's: charm stays first", async () => {
      const { spec } = templateOf(await juju.read());
      expect(namesOf(spec.initContainers)).toEqual(['charm-init', init]);
      expect(namesOf(spec.containers)).toEqual(['charm', ...workloads, sidecar]);
      expect(namesOf(spec.volumes)[0]).toBe('charm-data');
    });

    test('are not written again by a second hook, nor by a second apply', async () => {
      await juju.replacePod();
      const before = await juju.read();
      const written = await audit.writesOf(username, async () => {
        expect(await reconcile()).toEqual({ outcome: { kind: 'live' }, statuses: [] });
      });
      expect(written).toEqual([]);
      await kube.apply(desired.statefulSet, applier);
      expect((await juju.read()).metadata).toEqual(before.metadata);
    });

    /** All that Juju wrote is there, and all that is ours beside it, as it was before. */
    const expectBoth = async (before: PodTemplate, version: number) => {
      const { spec, metadata } = templateOf(await juju.read());
      expect(namesOf(spec.initContainers)).toEqual(namesOf(before.spec.initContainers));
      expect(namesOf(spec.containers)).toEqual(namesOf(before.spec.containers));
      expect(spec.volumes).toEqual(before.spec.volumes);
      expect(metadata.annotations).toMatchObject({ 'vpn-gateway/overlay-digest': desired.overlayDigest });
      expect(spec.containers.slice(1, 1 + workloads.length).map(({ image }) => image)).toEqual(
        workloads.map((name) => `registry.example/${name}:${version}`),
      );
      expect(spec.initContainers[0]?.args).toContain(String(version));
    };
    const refreshes: readonly (readonly [string, number, (to: JujuRevision) => Promise<unknown>])[] = [
      ['the whole object with a new image', 1, (to) => juju.reapply(to)],
      ['its template alone with a new agent', 2, (to) => juju.patchTemplate(to)],
      ['the whole object once more', 2, (to) => juju.reapply(to)],
    ];
    test.each(refreshes)(
      'survive a refresh by Juju (%s), and the hook after it writes nothing',
      async (_way, to, send) => {
        const before = templateOf(await juju.read());
        await send(revision(to));
        await expectBoth(before, to);
        expect(await audit.writesOf(username, reconcile)).toEqual([]);
      },
    );

    test('come back at once when the whole object is replaced without them', async () => {
      const before = templateOf(await juju.read());
      await juju.replace(revision(2));
      expect(namesOf(templateOf(await juju.read()).spec.containers)).toEqual(['charm', ...workloads]);
      const written = await audit.writesOf(username, async () => {
        expect((await reconcile()).outcome).toEqual({ kind: 'restarting' });
      });
      expect(written).toEqual([`patch ${juju.path()}`]);
      await expectBoth(before, 2);
      await juju.replacePod();
      expect(await audit.writesOf(username, reconcile)).toEqual([]);
    });

    test('come back when somebody takes them away', async () => {
      const [policy] = desired.policies;
      if (policy === undefined) throw new Error('no policy');
      await kube.delete({ apiVersion: policy.apiVersion, kind: policy.kind, name: policy.metadata.name });
      const written = await audit.writesOf(username, reconcile);
      expect(written).toEqual([expect.stringMatching(`^patch .*/networkpolicies/${policy.metadata.name}$`)]);
    });

    test("are taken back so that the template is Juju's again, the policies last", async () => {
      const refreshed = revision(2);
      await juju.reapply(refreshed);
      expect((await remove()).outcome).toEqual({ kind: 'leaving' });
      await juju.replacePod();
      const written = await audit.writesOf(username, async () => {
        expect((await remove()).outcome).toEqual({ kind: 'gone' });
      });
      expect(written.at(-1)).toMatch(/^delete .*\/networkpolicies\//);
      expect(await own()).toEqual([...desired.policies, desired.configMap].map(() => undefined));

      await juju.reapply(revision(0));
      expect(templateOf(await juju.read())).toEqual(templateOf(original));
    });
  },
);
