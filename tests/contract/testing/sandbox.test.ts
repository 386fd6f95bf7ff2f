import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Cluster, Sandbox, type SandboxOptions } from '@charm-ts/testing';
import { GreeterCharm } from './greeter-charm.js';
import { OverlayCharm } from './overlay-charm.js';

// The first hook that reaches Kubernetes loads its client, which takes seconds on a busy machine.
jest.setTimeout(30_000);

let cluster: Cluster;
let sandbox: Sandbox | undefined;

beforeAll(async () => {
  cluster = await Cluster.start();
});
afterEach(async () => {
  await sandbox?.close();
});
afterAll(async () => {
  await cluster.close();
});

async function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  sandbox = await Sandbox.create({ cluster, ...options });
  return sandbox;
}

describe('a changed pod template', () => {
  test('replaces the pods after the hook has ended, the highest unit first and one at a time', async () => {
    const model = await start();
    await model.deploy(OverlayCharm, 'app', { trust: true, units: 2 });
    await model.settle();
    const mark = model.journal.length;
    model.configure('app', { digest: 'one' });
    await model.settle();
    const kinds = ['kubernetes-apply', 'hook-end', 'pod-replaced'];
    const order = model.journal
      .since(mark)
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ actor, kind, hook }) => [actor, kind, ...(hook === undefined ? [] : [hook])].join(' '));
    expect(order.indexOf('app/0 hook-end config-changed')).toBeGreaterThan(
      order.indexOf('app/0 kubernetes-apply config-changed'),
    );
    expect(order.filter((line) => line.endsWith('pod-replaced'))).toEqual(['app/1 pod-replaced', 'app/0 pod-replaced']);
    expect(order.indexOf('app/0 pod-replaced')).toBeGreaterThan(order.indexOf('app/0 hook-end stop'));
    expect(
      cluster.get({ apiVersion: 'v1', kind: 'Pod', namespace: 'media', name: 'app-0' })?.metadata.annotations,
    ).toHaveProperty('digest', 'one');
  });
});

describe('a Pebble check', () => {
  test('becomes a hook in both directions when the pod changes', async () => {
    const model = await start();
    await model.deploy(OverlayCharm, 'app', { trust: true });
    await model.settle();
    expect(model.status('app/0').message).toBe('route down');
    model.pod('app/0').force('protected');
    await model.settle();
    expect(model.status('app/0').message).toBe('route up');
    model.pod('app/0').force('eth0-default-returned');
    await model.settle();
    expect(model.status('app/0').message).toBe('route down');
    expect(model.journal.of('hook-end').at(-1)?.detail).toBe('app-pebble-check-failed: ok');
  });
});

describe('faults', () => {
  test('a hook tool that fails puts the unit in error until the hook is retried', async () => {
    const model = await start();
    await model.deploy(GreeterCharm, 'greeter', { trust: true });
    model.failTool('is-leader', 'ERROR connection is shut down\n');
    await model.settle();
    expect(model.status('greeter/0').name).toBe('error');
    expect(model.failures.map(({ unit, hook }) => [unit, hook])).toEqual([['greeter/0', 'install']]);
    model.retry('greeter/0');
    await model.settle();
    expect(model.status('greeter/0').name).toBe('active');
  });

  test('a workload container that restarts has its pebble-ready again', async () => {
    const model = await start();
    await model.deploy(GreeterCharm, 'greeter', { trust: true });
    await model.settle();
    const web = model.pod('greeter/0').container('web');
    await web.restart();
    expect(web.services).toEqual([]);
    await model.settle();
    expect(web.services.map(({ current }) => current)).toEqual(['active']);
    expect(model.journal.of('hook-end').at(-1)?.detail).toBe('web-pebble-ready: ok');
  });

  test('trust that is given later reaches the cluster and fires config-changed', async () => {
    const model = await start();
    await model.deploy(GreeterCharm, 'greeter');
    await model.settle();
    expect(model.status('greeter/0').name).toBe('error');
    model.trust('greeter');
    model.retry('greeter/0');
    await model.settle();
    expect(model.status('greeter/0').name).toBe('active');
  });
});

describe('order and ending', () => {
  test('a test may choose which of the due hooks comes next', async () => {
    const model = await start({ choose: (candidates) => candidates.length - 1 });
    await model.deploy(GreeterCharm, 'a', { trust: true });
    await model.deploy(GreeterCharm, 'b', { trust: true });
    await model.settle();
    const actors = model.journal.of('hook-start').map(({ actor }) => actor);
    expect(actors.lastIndexOf('b/0')).toBeLessThan(actors.indexOf('a/0'));
  });

  test('a model that never rests is an error that names the hooks', async () => {
    const model = await start();
    await model.deploy(GreeterCharm, 'greeter', { trust: true });
    await expect(model.settle({ limit: 2 })).rejects.toMatchObject({
      code: 'never-idle',
      message:
        'still busy after 3 hooks; the last were: greeter/0 install → greeter/0 leader-elected → greeter/0 config-changed',
    });
  });

  test("an application's objects of Juju go with it", async () => {
    const model = await start();
    await model.deploy(GreeterCharm, 'greeter', { trust: true });
    await model.settle();
    model.removeApplication('greeter');
    await model.settle();
    expect(model.failures).toEqual([]);
    const left = cluster.list().filter(({ metadata }) => metadata.name.includes('greeter'));
    expect(left.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([]);
  });
});
