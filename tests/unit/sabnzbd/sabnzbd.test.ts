import { describe, expect, test } from '@jest/globals';
import type { ActionEvent } from '@charm-ts/ops';
import { clusterNames, firstSettings } from '../../../charms/sabnzbd-k8s/src/first-settings.js';
import { optionFaults } from '../../../charms/sabnzbd-k8s/src/option-faults.js';
import { sabnzbdLayer } from '../../../charms/sabnzbd-k8s/src/sabnzbd-layer.js';
import { answerVerifyVpn } from '../../../charms/sabnzbd-k8s/src/verify-vpn.js';

const options = { 'unsafe-mode': false, timezone: 'Europe/Zurich', puid: 1000, pgid: 1001 };

describe('the layer of SABnzbd', () => {
  const layer = sabnzbdLayer(options);
  const service = layer.services?.['sabnzbd'];

  test('serves the page on all addresses of the pod', () => {
    expect(service?.command).toContain('--server 0.0.0.0:8080');
  });

  test('runs as the user of the options and gives that user the volume', () => {
    expect(service?.command).toContain('chown -R 1000:1001 /config');
    expect(service?.command).toContain('s6-setuidgid 1000:1001 ');
  });

  test('checks the page and leaves the kubelet out of it', () => {
    expect(layer.checks?.['web']?.http?.url).toBe('http://127.0.0.1:8080/api?mode=version');
    expect(layer.checks?.['web']?.level).toBeUndefined();
  });

  test('takes the time zone', () => {
    expect(service?.environment).toMatchObject({ TZ: 'Europe/Zurich' });
  });
});

describe('first settings', () => {
  test('let the page be asked for by every name that the cluster gives it', () => {
    expect(firstSettings(clusterNames('sab', 'media'))).toContain(
      'host_whitelist = sab, sab.media, sab.media.svc, sab.media.svc.cluster.local,',
    );
  });
});

describe('options', () => {
  test('are fine by default', () => {
    expect(optionFaults(options)).toEqual([]);
  });

  test.each([
    [{ puid: -1 }, 'puid: must be 0 to 2147483647 (is -1)'],
    [{ pgid: 2 ** 32 }, 'pgid: must be 0 to 2147483647 (is 4294967296)'],
    [{ timezone: 'x y' }, 'timezone: "x y" is no name such as Europe/Zurich'],
  ])('%j is a fault', (changes, fault) => {
    expect(optionFaults({ ...options, ...changes })).toEqual([fault]);
  });
});

describe('verify-vpn', () => {
  const run = async (passed: boolean) => {
    const said: unknown[] = [];
    const event: Pick<ActionEvent, 'setResults' | 'fail'> = {
      setResults: (results) => Promise.resolve(void said.push(results)),
      fail: (message) => Promise.resolve(void said.push(message)),
    };
    const line = { name: 'ipv6: closed', passed, detail: passed ? '' : 'a default route by eth0' };
    await answerVerifyVpn(event as ActionEvent, [line]);
    return said;
  };

  test('shows each layer that holds', async () => {
    expect(await run(true)).toEqual([{ ipv6: 'closed, pass' }]);
  });

  test('fails with the layer that does not', async () => {
    expect(await run(false)).toEqual([
      { ipv6: 'closed, FAIL: a default route by eth0' },
      'ipv6: closed: a default route by eth0',
    ]);
  });
});
