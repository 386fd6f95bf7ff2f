import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  checkClusterCidrs,
  clientProtection,
  clientRemoval,
  type ClusterFacts,
  type ExtraPeer,
  gatewayProtection,
  overlayPrefix,
  type Prefix,
  verdictPort,
} from '@charm-ts/vpn-gateway';
import { RealApiServer } from '../real/kube/api/real-api-server.js';
import { JujuApplication } from '../real/kube/juju/juju-application.js';
import { Controller, controllerNamespace } from './arrangement/controller.js';
import { startGluetun } from './arrangement/gluetun.js';
import { imageRepository, otherUserland, userland, withTestImage } from './arrangement/images.js';
import { applyObjects, deleteNamespaces, inContainer, kubectlDone, typedFrom } from './arrangement/kubectl.js';
import { ClusterUnit, type PodReport } from './arrangement/unit.js';
import { until } from './arrangement/until.js';
import { tunnelAddress, vpnServer, web, webName, World } from './arrangement/world.js';

const namespace = 'gluetun-cluster-test';
const peerNamespace = 'gluetun-cluster-test-peer';
/** Outside the world with the meter; a cluster of `CLUSTER_TOOL` has a web server there. */
const elsewhere = '198.51.100.10';
const overlay = { id: 42, port: 4790, network: '172.16.0' };
const revision = (container: string, image = userland, charmModifiedVersion = 0) => ({
  charmModifiedVersion,
  agentVersion: '3.6.9',
  imageRepository,
  images: { [container]: image },
});

const api = new RealApiServer();
const world = new World();
const controller = new Controller();
const gatewayApp = new JujuApplication(api, namespace, 'gluetun');
const clientApp = new JujuApplication(api, namespace, 'sabnzbd');

describe("an application's pods on a real node", () => {
  const units: ClusterUnit[] = [];
  let controllerAddresses: readonly string[];
  let client: ClusterUnit;
  let gateway: ClusterUnit;
  let cluster: ClusterFacts;
  let clusterCidrs: readonly Prefix[];
  let pod: PodReport;

  const clientObjects = (extraPeers: readonly ExtraPeer[] = []) =>
    withTestImage(
      clientProtection({
        app: 'sabnzbd',
        namespace,
        webPorts: [8080],
        extraPeers,
        cluster,
        gateway: {
          routing_method: 'pod-gateway',
          gateway_dns_name: `gluetun-endpoints.${namespace}.svc.${cluster.domain}`,
          vxlan_id: overlay.id,
          vxlan_port: overlay.port,
          vxlan_ip_network: overlay.network,
          cluster_cidrs: clusterCidrs.map(({ text }) => text).join(','),
          cluster_dns_ip: cluster.dnsAddress ?? '',
          cluster_domain: cluster.domain,
          vpn_connected: true,
          external_ip: vpnServer.address,
          instance_name: 'gluetun',
        },
      }),
    );
  const gatewayObjects = () =>
    withTestImage(
      gatewayProtection({
        app: 'gluetun',
        namespace,
        workload: 'gluetun',
        overlay,
        tunnel: 'tun0',
        endpoint: vpnServer,
        clusterCidrs,
        cluster,
        clients: [{ namespace, app: 'sabnzbd' }],
      }),
    );
  /** The asker's address as the web server sees it; empty when it is not reached. */
  const askedAs = (unit: ClusterUnit, container: string, address = web) =>
    unit.run(container, 'curl', '-s', '-m', '3', `http://${address}/`);
  const verdictIs = async (expected: RegExp) => {
    const seen = () => client.run('charm', 'curl', '-s', '-m', '3', `http://127.0.0.1:${String(verdictPort)}/`);
    expect(await until(seen, (text) => expected.test(text))).toMatch(expected);
  };
  const provoke = () => client.run('sabnzbd', 'bash', '/opt/provoke', web, vpnServer.address, elsewhere);
  const create = async (app: JujuApplication, container: string): Promise<ClusterUnit> => {
    await app.createAccount({ trust: true });
    await app.createServices(controllerAddresses);
    await app.create(revision(container));
    const unit = await ClusterUnit.of(api, app);
    units.push(unit);
    return unit;
  };

  beforeAll(async () => {
    await deleteNamespaces(namespace, controllerNamespace, peerNamespace);
    await world.start();
    controllerAddresses = await controller.start();
  });
  afterAll(async () => {
    for (const unit of units) unit.close();
    if (process.env['CLUSTER_KEEP'] === 'yes') return;
    await deleteNamespaces(namespace, peerNamespace);
    await world.remove();
    await controller.remove();
    const roles = [`${namespace}-gluetun`, `${namespace}-sabnzbd`];
    await kubectlDone(['delete', 'clusterrole,clusterrolebinding', ...roles, '--ignore-not-found']);
  });

  test('come up as Juju makes them, open', async () => {
    client = await create(clientApp, 'sabnzbd');
    pod = await client.ready();
    expect(pod).toMatchObject({ ended: ['charm-init 0'], containers: ['charm', 'sabnzbd'], restarts: 0 });
    await world.reset();
    expect(await askedAs(client, 'sabnzbd')).not.toBe('');
    expect((await world.metered()).beside).toBeGreaterThan(0);
  });

  test("the cluster's facts are discovered", async () => {
    cluster = await client.discover(controllerAddresses);
    expect(cluster).toMatchObject({ unreadable: [], controllerNamespaces: [controllerNamespace] });
    expect(cluster.dnsAddress).toBeDefined();
    const ranges = [...cluster.podCidrs, ...cluster.serviceCidrs];
    const checked = checkClusterCidrs(ranges, { overlay: overlayPrefix(overlay.network) });
    if (checked.kind === 'invalid') throw new Error(checked.faults.join(', '));
    clusterCidrs = checked.prefixes;
  });

  describe('without a gateway', () => {
    test('the extended pod comes up: init containers in order, probes pass, nothing restarts', async () => {
      expect(await client.reconcile(clientObjects())).toBe('restarting');
      pod = await client.ready(pod.uid);
      expect(pod).toMatchObject({
        ended: ['charm-init 0', 'vpn-route-init 0'],
        containers: ['charm', 'sabnzbd', 'vpn-route-sidecar'],
        restarts: 0,
      });
    });

    test('the next hook finds everything live', async () => {
      expect(await client.reconcile(clientObjects())).toBe('live');
    });

    test('the charm reaches the API server by name and the controller by both its addresses', async () => {
      const url = `https://kubernetes.default.svc.${cluster.domain}/version`;
      const apiStatus = () =>
        client.run('charm', 'curl', '-s', '-k', '-m', '5', '-w', '%{http_code}', '-o', '/dev/null', url);
      expect(await until(apiStatus, (status) => status !== '', 30)).toMatch(/^(200|401|403)$/);
      for (const address of controllerAddresses) {
        const answer = () => client.run('charm', 'curl', '-s', '-m', '5', `http://${address}/v1/health`);
        expect(await until(answer, (text) => text !== '', 30)).toContain('healthy');
      }
    });

    test('the workload reaches nothing outside', async () => {
      await world.reset();
      await provoke();
      expect(await askedAs(client, 'sabnzbd')).toBe('');
      expect(await askedAs(client, 'sabnzbd', webName)).toBe('');
      expect(await askedAs(client, 'sabnzbd', elsewhere)).toBe('');
      expect(await world.metered()).toEqual({ tunnel: 0, beside: 0 });
      await verdictIs(/^gateway: /);
    });

    test('another pod reaches its web page, and the workload may answer', async () => {
      const serve = 'setsid busybox httpd -p 8080 -h /run/pebble && echo started';
      expect(await client.run('sabnzbd', 'bash', '-c', serve)).toBe('started');
      const visitor = { name: 'visitor', image: userland, imagePullPolicy: 'Never', command: ['/opt/pebble', 'run'] };
      const spec = { terminationGracePeriodSeconds: 1, containers: [visitor] };
      await applyObjects({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'visitor', namespace }, spec });
      const url = `http://${pod.address}:8080/v1/health`;
      const page = () => inContainer(namespace, 'visitor', 'visitor', 'curl', '-s', '-m', '3', url);
      expect(await until(page, (text) => text !== '', 60)).toContain('healthy');
    });
  });

  describe('with the gateway', () => {
    test('its pod comes up in one replacement, closed until Gluetun runs', async () => {
      gateway = await create(gatewayApp, 'gluetun');
      const first = await gateway.ready();
      expect(await gateway.reconcile(gatewayObjects())).toBe('restarting');
      const report = await gateway.ready(first.uid);
      expect(report).toMatchObject({
        ended: ['charm-init 0', 'gateway-init 0'],
        containers: ['charm', 'gateway-sidecar', 'gluetun'],
        restarts: 0,
      });
      expect(await askedAs(gateway, 'gluetun')).toBe('');
    });

    test("the client's traffic leaves through the tunnel, names too, and nothing beside it", async () => {
      await startGluetun(gateway, world, { clusterCidrs, cluster, vxlanPort: overlay.port });
      await verdictIs(/^ok: /);
      await world.reset();
      const page = () => askedAs(client, 'sabnzbd');
      expect(await until(page, (text) => text !== '', 30)).toBe(tunnelAddress);
      expect(await askedAs(client, 'sabnzbd', webName)).toBe(tunnelAddress);
      await provoke();
      const metered = await world.metered();
      expect(metered.beside).toBe(0);
      expect(metered.tunnel).toBeGreaterThan(0);
    });

    test('both pods stay ready, and the charms reach API server and controller', async () => {
      expect(await client.report()).toMatchObject({ isReady: true, restarts: 0 });
      expect(await gateway.report()).toMatchObject({ isReady: true, restarts: 0 });
      for (const unit of [client, gateway]) {
        const url = `http://${controllerAddresses[1] ?? ''}/v1/health`;
        const answer = () => unit.run('charm', 'curl', '-s', '-m', '5', url);
        expect(await until(answer, (text) => text !== '', 30)).toContain('healthy');
      }
    });

    test('a namespace that is named as a peer is reached without another pod, on its port, and not any more when it is not', async () => {
      const serve =
        'mkdir /tmp/www && echo peer >/tmp/www/index.html && for p in 8080 8081; do busybox httpd -p $p -h /tmp/www; done; sleep 10000';
      const peer = { name: 'peer', image: userland, imagePullPolicy: 'Never', command: ['sh', '-c', serve] };
      await applyObjects(
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: peerNamespace } },
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'peer', namespace: peerNamespace },
          spec: { terminationGracePeriodSeconds: 1, containers: [peer] },
        },
      );
      const inPeer = (...command: readonly string[]) => inContainer(peerNamespace, 'peer', 'peer', ...command);
      expect(
        await until(
          () => inPeer('curl', '-s', '-m', '2', 'http://127.0.0.1:8081/'),
          (text) => text !== '',
        ),
      ).toBe('peer');
      const address = (await inPeer('hostname', '-i')).split(' ')[0] ?? '';
      const ask = (port = 8080) => askedAs(client, 'sabnzbd', `${address}:${String(port)}`);
      expect(await ask()).toBe('');
      const named: ExtraPeer = { kind: 'namespace', namespace: peerNamespace, port: { protocol: 'TCP', number: 8080 } };
      expect(await client.reconcile(clientObjects([named]))).toBe('live');
      expect(await until(ask, (text) => text !== '', 30)).toBe('peer');
      expect(await ask(8081)).toBe('');
      expect(await client.reconcile(clientObjects())).toBe('live');
      expect(await until(ask, (text) => text === '', 30)).toBe('');
      expect(await client.report()).toMatchObject({ uid: pod.uid, restarts: 0 });
      await verdictIs(/^ok: /);
    });

    test('without its pod, not one packet of the client is outside; back when it is', async () => {
      const before = await gateway.ready();
      await world.reset();
      await kubectlDone(['-n', namespace, 'delete', 'pod', gateway.pod, '--wait=false']);
      // The client is with the new pod sooner than a slow question for its verdict; the tunnel is down until Gluetun runs there.
      const isReplaced = async (): Promise<boolean> => {
        await provoke();
        return (await gateway.report())?.uid !== before.uid;
      };
      expect(await until(isReplaced, (is) => is, 90)).toBe(true);
      await gateway.ready(before.uid);
      await provoke();
      expect(await askedAs(client, 'sabnzbd')).toBe('');
      expect((await world.metered()).beside).toBe(0);

      await startGluetun(gateway, world, { clusterCidrs, cluster, vxlanPort: overlay.port });
      await verdictIs(/^ok: /);
      const page = () => askedAs(client, 'sabnzbd');
      expect(await until(page, (text) => text !== '', 60)).toBe(tunnelAddress);
      expect((await world.metered()).beside).toBe(0);
      expect(await client.report()).toMatchObject({ uid: pod.uid, restarts: 0 });
    });

    test("Juju's refresh replaces the client's pod, closed from its first packet on", async () => {
      await world.reset();
      await clientApp.reapply(revision('sabnzbd', otherUserland, 1));
      pod = await client.ready(pod.uid);
      expect(pod).toMatchObject({ ended: ['charm-init 0', 'vpn-route-init 0'], restarts: 0 });
      await verdictIs(/^ok: /);
      const page = () => askedAs(client, 'sabnzbd');
      expect(await until(page, (text) => text !== '', 60)).toBe(tunnelAddress);
      expect((await world.metered()).beside).toBe(0);
      expect(await client.reconcile(clientObjects())).toBe('live');
    });
  });

  test('a locked pod is freed by one line, without its charm, and closed again by the next hook', async () => {
    const page = 'docs/explanation/packet-path.md';
    await typedFrom(page, 'kubectl -n <model> apply --server-side', { model: namespace, app: 'sabnzbd' });
    pod = await client.ready(pod.uid);
    expect(pod).toMatchObject({ ended: ['charm-init 0'], containers: ['charm', 'sabnzbd'], restarts: 0 });
    // The second layer is still there.
    await world.reset();
    await provoke();
    expect((await world.metered()).beside).toBe(0);
    await typedFrom(page, 'kubectl -n <model> delete networkpolicy', { model: namespace, app: 'sabnzbd' });
    expect(
      await until(
        () => askedAs(client, 'sabnzbd'),
        (text) => text !== '',
        60,
      ),
    ).not.toBe('');

    expect(await client.reconcile(clientObjects())).toBe('restarting');
    pod = await client.ready(pod.uid);
    await verdictIs(/^ok: /);
  });

  test("after the removal the pod is Juju's again, and free", async () => {
    expect(await client.takeBack(clientRemoval('sabnzbd'))).toBe('leaving');
    pod = await client.ready(pod.uid);
    expect(pod).toMatchObject({ ended: ['charm-init 0'], containers: ['charm', 'sabnzbd'], restarts: 0 });
    expect(await client.takeBack(clientRemoval('sabnzbd'))).toBe('gone');
    const page = () => askedAs(client, 'sabnzbd');
    const address = await until(page, (text) => text !== '', 60);
    expect(address).not.toBe('');
    expect(address).not.toBe(tunnelAddress);
    const left = ['-n', namespace, 'get', 'networkpolicy,configmap', '-o', 'name'];
    expect(await kubectlDone(left)).not.toContain('sabnzbd');
  });
});
