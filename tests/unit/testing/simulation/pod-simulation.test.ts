import { describe, expect, test } from '@jest/globals';
import { podCaseNames } from '@charm-ts/testing';
import { podFixture } from '../../../../lib/testing/src/simulation/pod-fixtures.js';
import { joiningTime, PodSimulation } from '../../../../lib/testing/src/simulation/pod-simulation.js';
import { readPodTemplate, readSettings } from '../../../../lib/testing/src/simulation/pod-template.js';

const client = {
  initContainers: ['charm-init', 'vpn-route-init'],
  containers: ['charm', 'vpn-route-sidecar'],
  configMaps: {},
  claims: {},
};
const settings = { GATEWAY: 'gw.media.svc', VXLAN_ID: '42', VXLAN_PORT: '4790', VXLAN_NETWORK: '172.16.0' };
const gatewayWith = (tunnel: 'up' | 'down', other: object = {}) => ({
  gateway: (name: string) => (name === 'gw.media.svc' ? { settings: { ...settings, ...other }, tunnel } : undefined),
});
const nowhere = { gateway: () => undefined };

describe('a pod', () => {
  test('without the overlay stays as the cluster made it', () => {
    expect(new PodSimulation().next({ ...client, initContainers: [] }, settings, gatewayWith('up'), 0)).toBe(
      'no-overlay',
    );
  });

  test('is closed until its sidecar has joined, then protected', () => {
    const pod = new PodSimulation();
    expect(pod.next(client, settings, gatewayWith('up'), 0)).toBe('closed');
    expect(pod.next(client, settings, gatewayWith('up'), joiningTime - 1)).toBe('closed');
    expect(pod.next(client, settings, gatewayWith('up'), joiningTime)).toBe('protected');
  });

  test('remembers that it has joined when the gateway goes, and needs to join again', () => {
    const pod = new PodSimulation();
    pod.next(client, settings, gatewayWith('up'), 0);
    pod.next(client, settings, gatewayWith('up'), joiningTime);
    expect(pod.next(client, settings, nowhere, joiningTime + 1)).toBe('gateway-gone');
    expect(pod.next(client, settings, gatewayWith('up'), joiningTime + 2)).toBe('gateway-gone');
    expect(pod.next(client, settings, gatewayWith('down'), 3 * joiningTime)).toBe('tunnel-down');
  });

  test.each([{ VXLAN_ID: '43' }, { VXLAN_PORT: '8472' }, { VXLAN_NETWORK: '172.17.0' }])(
    'never hears a gateway with %j',
    (other) => {
      const pod = new PodSimulation();
      pod.next(client, settings, gatewayWith('up', other), 0);
      expect(pod.next(client, settings, gatewayWith('up', other), 60_000)).toBe('closed');
    },
  );
});

test('a template is read from the StatefulSet as it is stored', () => {
  const stored = {
    spec: {
      volumeClaimTemplates: [{ metadata: { name: 'app-data' } }],
      template: {
        spec: {
          initContainers: [{ name: 'charm-init' }],
          containers: [
            { name: 'charm' },
            {
              name: 'app',
              volumeMounts: [
                { name: 'app-data', mountPath: '/data' },
                { name: 'charm-data', mountPath: '/charm' },
              ],
            },
          ],
          volumes: [
            { name: 'charm-data', emptyDir: {} },
            { name: 'gateway-config', configMap: { name: 'settings' } },
          ],
        },
      },
    },
  };
  expect(readPodTemplate(stored)).toEqual({
    initContainers: ['charm-init'],
    containers: ['charm', 'app'],
    configMaps: { 'gateway-config': 'settings' },
    claims: { charm: {}, app: { '/data': 'app-data' } },
  });
});

test('settings are lines with a key', () => {
  expect(readSettings({ data: { settings: '# no\nGATEWAY=a=b\nEMPTY=\nnonsense\n' } })).toEqual({
    GATEWAY: 'a=b',
    EMPTY: '',
  });
});

describe.each(podCaseNames)('the recorded case %s', (name) => {
  const { routes, ipv6Routes, verdict } = podFixture(name);

  test('has the routes in the format of the kernel', () => {
    const [header = '', ...lines] = routes.trimEnd().split('\n');
    expect(header.trim().split(/\s+/)).toEqual(
      'Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT'.split(' '),
    );
    for (const line of lines)
      expect(line).toMatch(/^\S+\t[0-9A-F]{8}\t[0-9A-F]{8}\t[0-9A-F]{4}\t\d+\t\d+\t\d+\t[0-9A-F]{8}(\t\d+){3} *$/);
    for (const line of ipv6Routes
      .trimEnd()
      .split('\n')
      .filter((text) => text !== '')) {
      expect(line).toMatch(/^([0-9a-f]{32} [0-9a-f]{2} ){2}[0-9a-f]{32}( [0-9a-f]{8}){4} +\S+$/);
    }
  });

  test('has a verdict unless there is no overlay', () => {
    if (name === 'no-overlay') expect(verdict).toBeUndefined();
    else expect([200, 503]).toContain(verdict?.status);
  });
});
