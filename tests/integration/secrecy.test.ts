import { expect, test } from '@jest/globals';
import { client, Deployment, gateway, privateKey } from './deployment.js';
import { clusterForSuite, patience } from './suite.js';

const presharedKey = Buffer.from('another one, shared with servers').toString('base64');
const newKey = Buffer.from('the next key, after a rotation!!').toString('base64');
const keyFile = '/run/secrets/wireguard_private_key';
const here = clusterForSuite();

/** Every form in which a key could stand somewhere. */
const formsOf = (key: string): readonly string[] => [
  key,
  Buffer.from(key).toString('base64'),
  Buffer.from(key, 'base64').toString('hex'),
  Buffer.from(key, 'base64').toString('latin1'),
  encodeURIComponent(key),
];

test(
  'the keys are in Juju’s secret and in files of one container, and nowhere else',
  async () => {
    const deployment = await Deployment.empty(here.cluster);
    const { sandbox } = deployment;
    deployment.addSecret({ 'private-key': privateKey, 'preshared-key': presharedKey });
    await deployment.deployGluetun();
    await deployment.deploySabnzbd();
    deployment.integrate();
    deployment.setOptions();
    await deployment.settle();
    deployment.grantSecret();
    await deployment.updateStatus();
    expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
    const gluetun = sandbox.pod(gateway).container('gluetun');
    expect(gluetun.files.read(keyFile)).toBe(privateKey);
    sandbox.updateSecret('vpn-key', { 'private-key': newKey, 'preshared-key': presharedKey });
    await deployment.settle();
    expect(gluetun.files.read(keyFile)).toBe(newKey);
    const proof = await sandbox.run(client, 'verify-vpn');
    sandbox.model.revokeSecret('vpn-key', 'gluetun');
    await deployment.updateStatus();
    expect(gluetun.files.read(keyFile)).toBeUndefined();

    const { model, journal, logs } = sandbox;
    const places: Readonly<Record<string, unknown>> = {
      journal: journal.entries,
      logs,
      objects: here.cluster.list(),
      databags: [...model.relations.values()].flatMap((relation) =>
        ['gluetun', 'sabnzbd', gateway, client].map((owner) => relation.bag(owner).read()),
      ),
      statuses: model.units.map(({ status }) => status),
      states: model.units.map(({ state }) => [...state]),
      plans: model.units.flatMap(({ name }) =>
        [...sandbox.pod(name).containers.values()].map(({ plan, checks, services }) => ({ plan, checks, services })),
      ),
      actions: proof,
    };
    for (const [place, content] of Object.entries(places)) {
      const text = JSON.stringify(content);
      expect(text.length).toBeGreaterThan(100);
      const found = [privateKey, presharedKey, newKey].flatMap(formsOf).filter((form) => text.includes(form));
      expect({ place, found }).toEqual({ place, found: [] });
    }
    await deployment.close();
  },
  patience,
);
