import { describe, expect, test } from '@jest/globals';
import { providerData } from '@charm-ts/vpn-gateway/testing';
import { client, Deployment } from './deployment.js';
import { RawProviderCharm } from './raw-provider.js';
import { deploymentForEachTest, patience } from './suite.js';

const hostile = '"; rm -rf /';
const good = providerData({ mtu: 1320, cluster_domain: 'cluster.local' });

/** A client of the raw provider, with data that are good. */
const here = deploymentForEachTest(async (cluster) => {
  const deployment = await Deployment.empty(cluster);
  const { sandbox } = deployment;
  await sandbox.deploy(RawProviderCharm, 'raw');
  await deployment.deploySabnzbd();
  sandbox.integrate('raw', 'sabnzbd');
  return deployment;
});

const tell = async (config: string): Promise<void> => {
  here.deployment.sandbox.configure('raw', { config });
  await here.deployment.settle();
};

/** The objects as they are, without what counts changes. */
const objects = (): string =>
  JSON.stringify(
    here.deployment.sandbox.cluster
      .list()
      .filter(({ kind }) => ['NetworkPolicy', 'ConfigMap', 'StatefulSet'].includes(kind)),
  );

/** The pod's overlay works; there is no gateway in this model that could make it. */
const verified = async (): Promise<void> => {
  await tell(JSON.stringify(good));
  here.deployment.sandbox.pod(client).force('protected');
  await here.deployment.updateStatus();
  expect(here.deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
  expect(here.deployment.service(client)).toBe('active');
};

test(
  'a provider without data: nothing is started, the status waits for data',
  async () => {
    await tell('');
    expect(here.deployment.status(client)).toBe('waiting: VPN: waiting for data of the gateway');
    expect(here.deployment.service(client)).not.toBe('active');
    expect(here.deployment.ours).toEqual([]);
  },
  patience,
);

const bad: readonly (readonly [string, string])[] = [
  ['no JSON', 'rm -rf /'],
  ['a list', '[]'],
  ['null', 'null'],
  ['without fields', '{}'],
  ...Object.keys(good).map((field) => [`a hostile ${field}`, JSON.stringify({ ...good, [field]: hostile })] as const),
  ['the whole world as the cluster', JSON.stringify({ ...good, cluster_cidrs: '0.0.0.0/0' })],
  ['a public range as the cluster', JSON.stringify({ ...good, cluster_cidrs: '10.1.0.0/16,8.8.8.0/24' })],
  ['a newline in a name', JSON.stringify({ ...good, instance_name: 'a\nPOLICY=open' })],
];

describe.each(bad)('%s', (_what, config) => {
  test(
    'is refused with a reason, nothing of it reaches an object, nothing is started',
    async () => {
      await tell(config);
      expect(here.deployment.status(client)).toMatch(/^blocked: VPN: the gateway sent bad data: ./);
      expect(here.deployment.service(client)).not.toBe('active');
      expect(objects()).not.toContain('rm -rf');
      expect(here.deployment.ours).toEqual([]);
    },
    patience,
  );

  test(
    'keeps a running client protected and running, and good data end it',
    async () => {
      await verified();
      const before = objects();
      const { sandbox } = here.deployment;
      const mark = sandbox.journal.length;
      await tell(config);
      await here.deployment.updateStatus();
      expect(here.deployment.status(client)).toMatch(/^blocked: VPN: the gateway sent bad data: ./);
      expect(objects()).toBe(before);
      expect(here.deployment.service(client)).toBe('active');
      expect(sandbox.journal.since(mark).filter(({ kind }) => kind.startsWith('pebble-s'))).toEqual([]);
      await tell('');
      expect(here.deployment.status(client)).toBe('waiting: VPN: waiting for data of the gateway');
      expect(here.deployment.service(client)).toBe('active');
      expect(objects()).toBe(before);
      await tell(JSON.stringify(good));
      expect(here.deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
    },
    patience,
  );
});

test(
  'with bad data a path that is no longer verified stops the workload and keeps the protection',
  async () => {
    await verified();
    const before = objects();
    await tell('{}');
    here.deployment.sandbox.pod(client).force('eth0-default-returned');
    await here.deployment.settle();
    expect(here.deployment.service(client)).toBe('inactive');
    expect(objects()).toBe(before);
  },
  patience,
);
