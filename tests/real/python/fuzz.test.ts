import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeProviderData, type ProviderData, readProviderData, readRequirerData } from '@charm-ts/vpn-gateway';
import fc from 'fast-check';
import { gatewayData } from '../../unit/vpn-gateway/fakes/gateway-data.js';
import { isSound, nearlyDocuments, providerSamples, valuesOf } from './arbitrary-data.js';
import { PythonPeer, type Release, releases } from './python-peer.js';

const runs = { seed: 20261124, numRuns: 400 } as const;

/** The fields that the release knows, without `cluster_cidrs`, which is normalised on reading. */
const known = (data: object, release: Release): Record<string, unknown> => {
  const skipped = ['cluster_cidrs', 'mtu', 'cluster_domain', ...(release === '0.5.0' ? ['vxlan_port'] : [])];
  return Object.fromEntries(Object.entries(data).filter(([name]) => !skipped.includes(name)));
};

describe.each(releases)('charmarr-lib-vpn %s and ours', (release) => {
  let python: PythonPeer;
  beforeAll(() => {
    python = PythonPeer.start(release);
  });
  afterAll(() => python.close());

  test('what its provider writes and a gateway can mean is read with the same values; what nobody can mean is refused', async () => {
    const seen = { ok: 0, invalid: 0, unwritten: 0 };
    await fc.assert(
      fc.asyncProperty(providerSamples, async (samples) => {
        const fields = valuesOf(samples);
        const written = await python.provider({ fields });
        if ('refused' in written) {
          // Its own model refuses types and bounds; nothing that is sound.
          seen.unwritten += 1;
          expect(isSound(samples)).toBe(false);
          return;
        }
        const [databag = {}] = written.databags;
        const reading = readProviderData(databag);
        const { vxlan_port, ...older } = samples;
        const meant = isSound(release === '0.5.0' ? older : samples);
        expect([reading.kind, reading]).toEqual([meant ? 'ok' : 'invalid', reading]);
        seen[meant ? 'ok' : 'invalid'] += 1;
        if (reading.kind !== 'ok') return;
        const { gateway } = await python.requirer({ remote: databag });
        expect(known(reading.data, release)).toEqual(known(gateway ?? {}, release));
        expect(reading.data.cluster_cidrs.split(',')).toEqual(
          await python.call('prefixes', { list: String(gateway?.['cluster_cidrs']) }),
        );
        const expected = release === '0.5.0' ? 8472 : (vxlan_port?.value ?? 4790);
        expect(reading.data.vxlan_port).toBe(expected);
      }),
      runs,
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
  });

  test('everything that ours can write is read by its requirer with the same values, ready exactly when connected', async () => {
    let written = 0;
    await fc.assert(
      fc.asyncProperty(providerSamples, fc.option(fc.integer({ min: 576, max: 9000 })), async (samples, mtu) => {
        const additions = mtu === null ? {} : { mtu, cluster_domain: 'cluster.local' };
        const fields = { ...gatewayData(), ...valuesOf(samples), ...additions };
        const databag = encoded(fields);
        if (databag === undefined) return;
        written += 1;
        const { gateway, ready } = await python.requirer({ remote: databag });
        expect(known(gateway ?? {}, release)).toEqual(known(fields, release));
        expect(ready).toBe(fields.vpn_connected);
      }),
      runs,
    );
    expect(written).toBeGreaterThan(100);
  });

  test('whatever stands in the databag: what ours takes, its requirer takes with the same values', async () => {
    const seen = { both: 0, onlyIts: 0, none: 0 };
    await fc.assert(
      fc.asyncProperty(nearlyDocuments, async (config) => {
        const { gateway } = await python.requirer({ remote: { config } });
        const reading = readProviderData({ config });
        seen[reading.kind === 'ok' ? 'both' : gateway === null ? 'none' : 'onlyIts'] += 1;
        if (reading.kind !== 'ok') return;
        expect(gateway).not.toBeNull();
        const port = 'vxlan_port' in (JSON.parse(config) as object) ? {} : { vxlan_port: 4790 };
        expect(known({ ...reading.data, ...port }, release)).toEqual(known(gateway ?? {}, release));
      }),
      runs,
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
  });

  test('names of clients: what ours counts as one, its provider counts under the same name', async () => {
    const name = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), fc.string(), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 5 }), async (names) => {
        const remotes = names.map((instance_name) => ({ config: JSON.stringify({ instance_name, agent: 'a' }) }));
        const counted = await python.provider({ fields: { ...gatewayData() }, remotes });
        if ('refused' in counted) throw new Error(counted.refused.join());
        for (const remote of remotes) {
          const reading = readRequirerData(remote);
          if (reading.kind === 'ok') expect(counted.clients).toContain(reading.data.instance_name);
        }
      }),
      { ...runs, numRuns: 150 },
    );
  });
});

function encoded(data: ProviderData): Record<string, string> | undefined {
  try {
    return encodeProviderData(data);
  } catch {
    return undefined;
  }
}
