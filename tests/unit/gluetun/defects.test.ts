import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KubeObject } from '@charm-ts/ops';
import { readProviderData } from '@charm-ts/vpn-gateway';
import { imageEnvironment } from '../../real/gluetun/image-environment.js';
import { meshOf, meshRemark } from '../../../src/gateway/service-mesh.js';
import { GatewayWorld } from './gateway-world.js';
import { options } from './options.js';

// Defects of the Python charm by their numbers; docs/reference/defects.md lists them all.

const relation = { JUJU_RELATION: 'vpn-gateway', JUJU_RELATION_ID: 'vpn-gateway:7', JUJU_REMOTE_APP: 'sabnzbd' };

let world: GatewayWorld;

beforeEach(async () => {
  world = new GatewayWorld();
  await world.start();
});

afterEach(() => world.stop());

interface PodSpec {
  readonly initContainers: readonly ContainerSpec[];
  readonly containers: readonly ContainerSpec[];
}

interface ContainerSpec {
  readonly name: string;
  readonly image?: string;
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
}

const addedContainers = (): readonly ContainerSpec[] => {
  const set = world.kube.applied.find(({ kind }) => kind === 'StatefulSet') as
    (KubeObject & { readonly spec: { readonly template: { readonly spec: PodSpec } } }) | undefined;
  const { initContainers = [], containers = [] } = set?.spec.template.spec ?? {};
  return [...initContainers, ...containers].filter(({ image }) => image !== undefined);
};

/** Settings that Gluetun reads although its image has no default for them, or an empty one. */
const withoutDefault = ['WIREGUARD_ADDRESSES', 'SERVER_COUNTRIES', 'FIREWALL_OUTBOUND_SUBNETS', 'FIREWALL_INPUT_PORTS'];

describe('settings of Gluetun', () => {
  test('D1, D3: every setting is one that Gluetun reads, by its current name', async () => {
    world.config = options({ 'server-countries': 'Sweden', 'port-forwarding': false });
    await world.bringUp();
    const names = world.pebble.files
      .paths()
      .flatMap((path) => /^\/gluetun\/([a-z_]+)$/.exec(path)?.[1]?.toUpperCase() ?? [])
      .filter((name) => world.pebble.files.read(`/gluetun/${name.toLowerCase()}`) !== undefined);
    expect(names.length).toBeGreaterThan(12);
    expect(names.filter((name) => !(name in imageEnvironment) && !withoutDefault.includes(name))).toEqual([]);
  });

  test('D2: the control server is on loopback, and what it can change needs a key that nobody has', async () => {
    await world.bringUp();
    expect(world.pebble.files.read('/gluetun/http_control_server_address')).toBe('127.0.0.1:8000');
    expect(world.pebble.files.read('/gluetun/auth/config.toml')).toMatch(/^auth = "apikey"$/m);
    expect(world.pebble.files.read('/gluetun/dns_server')).toBe('on');
  });

  test('D8: port forwarding is an option, and its port is written to a file', async () => {
    world.config = options({ 'vpn-provider': 'protonvpn', 'port-forwarding': true });
    await world.bringUp();
    expect(world.pebble.files.read('/gluetun/vpn_port_forwarding')).toBe('on');
    expect(world.pebble.files.read('/gluetun/vpn_port_forwarding_status_file')).toBe('/tmp/gluetun/forwarded_port');
  });

  test("D8, B2: a cluster range that has ProtonVPN's gateway in it is not taken with port forwarding", async () => {
    world.config = options({ 'vpn-provider': 'protonvpn', 'port-forwarding': true, 'cluster-cidrs': '10.0.0.0/8' });
    await world.hook('config-changed');
    expect(world.status).toBe(
      'blocked: port-forwarding: ProtonVPN is asked for the port at 10.2.0.1, which is in 10.0.0.0/8 of cluster-cidrs',
    );
  });
});

describe('containers that are added', () => {
  test('D12: have the image that the operator names', async () => {
    const image = 'registry.example.org/pod-gateway:v1.13.0';
    world.config = options({ 'pod-gateway-image': image });
    await world.hook('config-changed');
    expect(addedContainers().map((container) => container.image)).toEqual([image, image]);
  });

  test('D13: ask for what they need', async () => {
    await world.hook('config-changed');
    expect(addedContainers().map(({ name }) => name)).toEqual(['gateway-init', 'gateway-sidecar']);
    for (const { resources } of addedContainers()) {
      expect(resources?.requests).toEqual({ cpu: '10m', memory: '32Mi' });
    }
  });
});

test('D15: clients read the way in which the gateway routes, and refuse another one', async () => {
  await world.bringUp();
  const published = JSON.parse(world.databag['config'] ?? '') as object;
  const read = (changes: object) => readProviderData({ config: JSON.stringify({ ...published, ...changes }) }).kind;
  expect([read({}), read({ routing_method: 'wireguard' })]).toEqual(['ok', 'invalid']);
});

describe('a service mesh', () => {
  const labelled = (labels: Readonly<Record<string, string>>) => {
    world.kube.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'media', labels } });
  };

  test('E13: that takes the namespace is seen, named with its remedy, and forgotten with its label', async () => {
    labelled({ 'istio.io/dataplane-mode': 'ambient' });
    await world.bringUp();
    const remark =
      "; a service mesh takes this pod's packets first (istio.io/dataplane-mode=ambient), run: kubectl label namespace media istio.io/dataplane-mode-";
    expect(world.status).toBe(`active: VPN connected (185.213.154.66), 1 client${remark}`);
    await world.hook('vpn-gateway-relation-changed', relation);
    expect(world.status).toContain(remark);
    labelled({});
    await world.hook('update-status');
    expect(world.status).toBe('active: VPN connected (185.213.154.66), 1 client');
  });

  test.each([
    [{ 'istio-injection': 'enabled' }, 'istio-injection=enabled'],
    [{ 'istio.io/rev': 'stable' }, 'istio.io/rev=stable'],
    [{ 'istio-injection': 'disabled', 'istio.io/dataplane-mode': 'none' }, undefined],
  ])('E13: %j', (labels, mesh) => {
    expect(meshOf({ metadata: { name: 'media', labels } })).toBe(mesh);
  });

  test.each([
    ['enabled', 'run: kubectl annotate namespace media linkerd.io/inject-'],
    ['disabled', undefined],
  ])('E13: the annotation of Linkerd, %s', (value, remedy) => {
    const mesh = meshOf({ metadata: { name: 'media', annotations: { 'linkerd.io/inject': value } } });
    const remark = meshRemark(mesh, 'media');
    if (remedy === undefined) expect(remark).toBeUndefined();
    else expect(remark).toContain(remedy);
  });
});
