import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { client, Deployment, gateway, privateKey, secretOption } from './deployment.js';
import { clusterForSuite, patience } from './suite.js';

let deployment: Deployment;
const here = clusterForSuite();
const close = async (): Promise<void> => {
  const { failures } = deployment.sandbox;
  await deployment.close();
  expect(failures).toEqual([]);
};

describe('without trust', () => {
  afterEach(close);
  test(
    'both charms say the command, and recover by themselves',
    async () => {
      deployment = await Deployment.empty(here.cluster);
      const { sandbox } = deployment;
      deployment.addSecret();
      await deployment.deployGluetun({ trust: false });
      await deployment.deploySabnzbd({ trust: false });
      deployment.grantSecret();
      deployment.setOptions();
      deployment.integrate();
      await deployment.settle();
      expect(deployment.status(gateway)).toBe('blocked: run: juju trust gluetun --scope=cluster');
      expect(deployment.service(gateway)).not.toBe('active');
      sandbox.trust('gluetun');
      await deployment.settle();
      expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
      expect(deployment.status(client)).toBe('blocked: run: juju trust sabnzbd --scope=cluster');
      expect(deployment.service(client)).not.toBe('active');
      sandbox.trust('sabnzbd');
      await deployment.settle();
      expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
    },
    patience,
  );
});

describe('an option that is missing or wrong', () => {
  beforeAll(async () => {
    deployment = await Deployment.complete(here.cluster);
  }, patience);
  afterAll(close);
  test.each([
    ['vpn-provider', '', /^blocked: set vpn-provider$/],
    ['vpn-provider', 'privatevpn', /^blocked: vpn-provider: "privatevpn" does not work .*use one of airvpn, custom/],
    ['vpn-type', 'openvpn', /^blocked: vpn-type: OpenVPN needs custom-overrides/],
    [
      'server-countries',
      'Swizerland',
      /^blocked: server-countries: "Swizerland" is not a Mullvad country, did you mean Switzerland\?$/,
    ],
    ['wireguard-addresses', '', /^blocked: set wireguard-addresses \(provider mullvad needs it\)$/],
    ['wireguard-addresses', '10.64.12.999', /^blocked: wireguard-addresses: "10\.64\.12\.999" is not an address/],
    ['cluster-cidrs', '0.0.0.0/0', /^blocked: cluster-cidrs: /],
    ['vxlan-id', 0, /^blocked: vxlan-id: must be 1 to 16777215 \(is 0\)$/],
    ['vxlan-network', '8.8.8.0/24', /^blocked: vxlan-network: must be a private network/],
    ['vxlan-port', 4789, /^blocked: vxlan-port: 4789 is .*use 4790$/],
    ['custom-overrides', '{', /^blocked: custom-overrides: is not a JSON object/],
    [secretOption, '', new RegExp(`^blocked: set ${secretOption}$`)],
    [secretOption, 'secret:d0erdgfmp25c762i8np0', new RegExp(`^blocked: ${secretOption}: there is no such secret`)],
  ])(
    '%s = %j: gluetun stops, names it and its remedy, the client is told; it recovers with the option',
    async (option, value, status) => {
      const { sandbox } = deployment;
      const good = sandbox.model.application('gluetun').config[option];
      sandbox.configure('gluetun', { [option]: value === '' ? undefined : value });
      await deployment.settle();
      expect(deployment.status(gateway)).toMatch(status);
      expect(deployment.service(gateway)).toBe('inactive');
      expect(deployment.published()).toMatchObject({ vpn_connected: false, external_ip: null });
      expect(deployment.status(client)).toMatch(/^waiting: VPN/);
      sandbox.configure('gluetun', { [option]: good });
      await deployment.settle();
      expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
      expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
    },
    patience,
  );
});

describe('a secret that cannot be used', () => {
  afterEach(close);
  test.each(['3.6.9', '4.0.1'])(
    'says how to grant it, on Juju %s, and starts with the next update-status',
    async (jujuVersion) => {
      deployment = await Deployment.empty(here.cluster, { jujuVersion });
      deployment.addSecret();
      await deployment.deployGluetun();
      deployment.setOptions();
      await deployment.settle();
      expect(deployment.status(gateway)).toMatch(/^blocked: run: juju grant-secret secret:[0-9a-z]{20} gluetun$/);
      deployment.grantSecret();
      await deployment.updateStatus();
      expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 0 clients');
    },
    patience,
  );

  test.each([
    ['another attribute', { key: privateKey }, /has no attribute private-key, run: juju update-secret/],
    ['31 bytes', { 'private-key': Buffer.alloc(31, 7).toString('base64') }, /private-key .*run: juju update-secret/],
    ['no base64', { 'private-key': 'not/a+key!' }, /private-key .*run: juju update-secret/],
    ['two lines', { 'private-key': `${privateKey}\n${privateKey}` }, /private-key .*run: juju update-secret/],
  ])(
    'says what is wrong with %s, without a word of it, and starts with a good one',
    async (_what, content: Record<string, string>, status) => {
      deployment = await Deployment.empty(here.cluster);
      const { sandbox } = deployment;
      deployment.addSecret(content);
      await deployment.deployGluetun();
      deployment.grantSecret();
      deployment.setOptions();
      await deployment.settle();
      expect(deployment.status(gateway)).toMatch(/^blocked: wireguard-private-key-secret: /);
      expect(deployment.status(gateway)).toMatch(status);
      for (const value of Object.values(content)) {
        expect(JSON.stringify([sandbox.journal.entries, sandbox.logs])).not.toContain(
          JSON.stringify(value).slice(1, -1),
        );
      }
      sandbox.updateSecret('vpn-key', { 'private-key': privateKey });
      await deployment.settle();
      expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 0 clients');
    },
    patience,
  );
});
