import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { gatewayProtection, ObjectApplier } from '@charm-ts/vpn-gateway';
import { ApiServerProcess } from './api/api-server-process.js';
import { contentTypes } from './api/api-request.js';
import { AuditLog } from './api/audit-log.js';
import { expired } from './api/expired-token.js';
import { RealApiServer } from './api/real-api-server.js';
import { SlowLink } from './api/slow-link.js';
import { ApplierHooks } from './juju/applier-hook.js';
import { JujuApplication } from './juju/juju-application.js';
import { namesOf, templateOf } from './juju/pod-template.js';
import { PodRoot } from './juju/pod-root.js';
import { gatewaySpec } from './juju/specs.js';

const api = new RealApiServer();
const revision = { charmModifiedVersion: 0, agentVersion: '3.6.9', images: { gluetun: 'registry.example/gluetun:1' } };
const unanswered = { name: 'waiting', message: 'Kubernetes does not answer, will try again' };

/** A trusted gateway whose charm finds the API server at `server`; each hook is a process of its own, with a connection of its own. */
class Gateway {
  readonly juju: JujuApplication;
  readonly pod: PodRoot;
  readonly #state = new Map<string, string>();

  private constructor(juju: JujuApplication, pod: PodRoot) {
    this.juju = juju;
    this.pod = pod;
  }

  static async in(namespace: string, server = api.url): Promise<Gateway> {
    const juju = new JujuApplication(api, namespace, 'gluetun');
    await juju.createAccount({ trust: true });
    await juju.create(revision);
    return new Gateway(juju, new PodRoot(api, { namespace, token: await juju.token() }, server));
  }

  get username(): string {
    return `system:serviceaccount:${this.juju.namespace}:gluetun`;
  }

  /** The outcome, or the status of what was left for the commit. */
  async reconcile(): Promise<unknown> {
    const hooks = new ApplierHooks(await this.pod.connect(), 'gluetun', this.#state);
    const desired = gatewayProtection(gatewaySpec(this.juju.namespace));
    const { outcome, statuses } = await hooks.run((charm) =>
      new ObjectApplier(charm, { fieldManager: 'gluetun-k8s' }).reconcile(desired, { look: true }),
    );
    return outcome.kind === 'refused' ? outcome.status : (statuses[0] ?? outcome.kind);
  }

  /** Everything is live, and a further hook writes nothing. */
  async expectLive(): Promise<void> {
    expect(namesOf(templateOf(await this.juju.read()).spec.containers)).toEqual([
      'charm',
      'gluetun',
      'gateway-sidecar',
    ]);
    await this.juju.replacePod();
    const written = await new AuditLog(api).writesOf(this.username, async () => {
      expect(await this.reconcile()).toBe('live');
    });
    expect(written).toEqual([]);
  }
}

describe('what goes wrong with the API server ends in a status, and is made good by the next hook', () => {
  const pods: PodRoot[] = [];
  const links: SlowLink[] = [];
  const gatewayIn = async (namespace: string, server?: URL): Promise<Gateway> => {
    const gateway = await Gateway.in(namespace, server);
    pods.push(gateway.pod);
    return gateway;
  };
  let link: SlowLink;

  beforeAll(async () => {
    link = await SlowLink.to(api.url);
    links.push(link);
  });
  afterAll(async () => {
    for (const pod of pods) pod.remove();
    for (const open of links) await open.close();
  });

  test('a field that somebody else owns is named, with its owner', async () => {
    const gateway = await gatewayIn('outage-field');
    const path = gateway.juju.path();
    const capabilities = (add: readonly string[]) => ({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'gluetun', namespace: gateway.juju.namespace },
      spec: {
        template: {
          spec: {
            containers: add.length === 0 ? [] : [{ name: 'gluetun', securityContext: { capabilities: { add } } }],
          },
        },
      },
    });
    const applyAsSomebody = (body: object) =>
      api.expectSuccess({
        verb: 'PATCH',
        path,
        query: { fieldManager: 'somebody' },
        contentType: contentTypes.apply,
        body,
        user: 'juju',
      });
    await applyAsSomebody(capabilities(['SYS_TIME']));
    expect(await gateway.reconcile()).toEqual({
      name: 'blocked',
      message:
        'Kubernetes: somebody owns .spec.template.spec.containers[name="gluetun"].securityContext.capabilities.add; give it back',
    });
    await applyAsSomebody(capabilities([]));
    expect(await gateway.reconcile()).toBe('restarting');
    await gateway.expectLive();
  });

  test('a token that has expired; the kubelet has written another one by the next hook', async () => {
    const gateway = await gatewayIn('outage-token');
    const token = await gateway.juju.token();
    gateway.pod.useToken(expired(token));
    expect(await gateway.reconcile()).toEqual(unanswered);
    gateway.pod.useToken(token);
    expect(await gateway.reconcile()).toBe('restarting');
    await gateway.expectLive();
  });

  test('an API server that is down and comes back', async () => {
    const gateway = await gatewayIn('outage-restart');
    const server = new ApiServerProcess(api);
    await server.crash();
    expect(await gateway.reconcile()).toEqual(unanswered);
    await server.start();
    expect(await gateway.reconcile()).toBe('restarting');
    await gateway.expectLive();
  });

  test('an API server that ends between the reads and the apply of the commit', async () => {
    const gateway = await gatewayIn('outage-commit', link.url);
    const server = new ApiServerProcess(api);
    const hooks = new ApplierHooks(await gateway.pod.connect(), 'gluetun');
    const desired = gatewayProtection(gatewaySpec(gateway.juju.namespace));
    const { outcome, statuses } = await hooks.run(async (charm) => {
      const applier = new ObjectApplier(charm, { fieldManager: 'gluetun-k8s' });
      const result = await applier.reconcile(desired, { look: true });
      await server.crash();
      return result;
    });
    expect(outcome).toEqual({ kind: 'restarting' });
    expect(statuses).toEqual([unanswered]);
    await server.start();
    expect(await gateway.reconcile()).toBe('restarting');
    await gateway.expectLive();
  });

  test('an API server whose answers take 30 s: the hook ends within 20 s', async () => {
    const gateway = await gatewayIn('outage-slow', link.url);
    link.delay = 30_000;
    const started = Date.now();
    expect(await gateway.reconcile()).toEqual(unanswered);
    expect(Date.now() - started).toBeLessThan(20_000);
    link.delay = 0;
    expect(await gateway.reconcile()).toBe('restarting');
    await gateway.expectLive();
  });
});
