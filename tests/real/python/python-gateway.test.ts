import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RealClock } from '@charm-ts/testing';
import { client, Deployment } from '../../integration/deployment.js';
import { leaks } from '../../integration/no-leak.js';
import { clusterForSuite } from '../../integration/suite.js';
import { packed, pythonGateway } from './python-charm.js';
import { releases } from './python-peer.js';
import { configMapOf, settingsIn, templateIn } from './stored-objects.js';
import { longPatience, within } from './waiting.js';

const here = clusterForSuite();
const common = { cluster_cidrs: '10.152.183.0/24,10.1.3.4/16,169.254.7.127/32' };
const connected = { ...common, vpn_connected: true, external_ip: '185.213.154.66' };

describe.each(releases)('our client behind a gateway of charmarr-lib-vpn %s', (release) => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await Deployment.empty(here.cluster, { clock: new RealClock() });
    await deployment.sandbox.deploy(packed(pythonGateway, release), 'gluetun', { trust: true });
    await deployment.deploySabnzbd();
    await deployment.settle();
  }, longPatience);
  afterAll(async () => {
    const { failures, journal } = deployment.sandbox;
    await deployment.close();
    expect(failures.filter(({ unit }) => unit === client)).toEqual([]);
    expect(leaks(journal.entries)).toEqual([]);
  });

  const tell = (fields: object): void => {
    deployment.sandbox.configure('gluetun', { fields: JSON.stringify(fields) });
  };
  const until = async (status: RegExp): Promise<void> => {
    const { sandbox } = deployment;
    const reached = (): boolean => sandbox.due.length === 0 && status.test(deployment.status(client));
    await sandbox.waitFor(reached, `${client} ${status.source}, which is ${deployment.status(client)}`, {
      within,
    });
  };

  test(
    'closes its pod first, with the settings that the other gateway has',
    async () => {
      deployment.sandbox.integrate('gluetun', 'sabnzbd');
      await until(/^waiting: VPN: verifying the path \(2 of 3\)/);
      expect(deployment.service(client)).not.toBe('active');
      const settings = settingsIn(configMapOf(here.cluster, 'sabnzbd-gateway-client-config'), 'settings');
      const theirs = settingsIn(configMapOf(here.cluster, 'gluetun-gateway-settings'), 'settings.sh');
      expect(settings).toMatchObject({
        GATEWAY: 'gluetun-endpoints.media.svc.cluster.local',
        VXLAN_ID: theirs['VXLAN_ID'],
        VXLAN_NETWORK: theirs['VXLAN_IP_NETWORK'],
        // Port 0 of the image's scripts is the kernel's 8472.
        VXLAN_PORT: theirs['VXLAN_PORT'] ?? '8472',
        CLUSTER_CIDRS: '10.1.0.0/16 10.152.183.0/24',
        CLUSTER_DNS: '10.152.183.10',
      });
      expect(templateIn(here.cluster, 'gluetun').containers.map(({ name }) => name)).toContain('gateway-sidecar');
    },
    longPatience,
  );

  test(
    'waits for the tunnel, and is protected when the other gateway says so',
    async () => {
      deployment.sandbox.pod(client).force('tunnel-down');
      await until(/^waiting: VPN: waiting for the tunnel \(3 of 3\)/);
      expect(deployment.service(client)).not.toBe('active');
      tell(connected);
      deployment.sandbox.pod(client).force('protected');
      await until(/^active: VPN on \(185\.213\.154\.66\)$/);
      expect(deployment.service(client)).toBe('active');
    },
    longPatience,
  );

  test('is counted by the other gateway under its name', () => {
    expect(deployment.status('gluetun/0')).toBe('active: 1 clients');
  });

  test(
    'a tunnel that is lost leaves the workload running and blocked, until it is back',
    async () => {
      deployment.sandbox.pod(client).force('tunnel-down');
      tell(common);
      await until(/^waiting: VPN lost: traffic is blocked/);
      expect(deployment.service(client)).toBe('active');
      deployment.sandbox.pod(client).force('protected');
      tell(connected);
      await until(/^active: VPN on/);
    },
    longPatience,
  );

  test(
    'data that only the other library would write are bad data: protected and running all the same',
    async () => {
      tell({ ...connected, cluster_cidrs: '0.0.0.0/0' });
      await until(/^blocked: VPN: the gateway sent bad data: cluster_cidrs: "0\.0\.0\.0\/0" is wider than \/8/);
      expect(deployment.service(client)).toBe('active');
      tell(connected);
      await until(/^active: VPN on/);
    },
    longPatience,
  );

  test(
    "when the relation goes, the workload stops first and the pod is Juju's again",
    async () => {
      deployment.sandbox.removeRelation('gluetun', 'sabnzbd');
      await until(/^blocked: integrate with a vpn-gateway/);
      expect(deployment.service(client)).not.toBe('active');
      expect(templateIn(here.cluster, 'sabnzbd').containers.map(({ name }) => name)).toEqual(['charm', 'sabnzbd']);
      expect(configMapOf(here.cluster, 'sabnzbd-gateway-client-config')).toEqual({});
    },
    longPatience,
  );
});
