import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkClusterCidrs,
  clientProtection,
  type ClientSpec,
  clientSettings,
  ContractError,
  gatewayProtection,
  type GatewaySpec,
  gatewaySettings,
  overlayPrefix,
  parseExtraPeers,
  type Protection,
} from '@charm-ts/vpn-gateway';
import { dump } from 'js-yaml';
import fc from 'fast-check';
import { clusterFacts as cluster } from '../fakes/cluster-facts.js';
import { gatewayData } from '../fakes/gateway-data.js';

const checked = checkClusterCidrs(['10.1.0.0/16', '10.152.183.0/24'], { overlay: overlayPrefix('172.16.0') });
const clusterCidrs = checked.kind === 'ok' ? checked.prefixes : [];

const client = (changes: Partial<ClientSpec> = {}): ClientSpec => ({
  app: 'sabnzbd',
  namespace: 'media',
  gateway: gatewayData(),
  cluster,
  webPorts: [8080],
  ...changes,
});
const gateway = (changes: Partial<GatewaySpec> = {}): GatewaySpec => ({
  app: 'gluetun',
  namespace: 'media',
  workload: 'gluetun',
  overlay: { id: 42, port: 4790, network: '172.16.0' },
  mtu: 1320,
  tunnel: 'tun0',
  clusterCidrs,
  cluster,
  ...changes,
});

/** The objects without the scripts, which have tests of their own; digests follow the scripts, so they are left out as well. */
const readable = ({ policies, configMap, statefulSet }: Protection): string => {
  const { settings } = configMap['data'] as Record<string, string>;
  return [...policies, { ...configMap, data: { settings } }, statefulSet]
    .map((object) =>
      JSON.stringify(object).replaceAll(/("vpn-gateway\/[a-z-]+digest":)"[0-9a-f]{16}"/g, '$1"<digest>"'),
    )
    .map((text) => dump(JSON.parse(text)))
    .join('---\n');
};

const golden = (name: string, text: string): void => {
  const path = join('tests/unit/vpn-gateway/golden', `${name}.yaml`);
  // A golden file that is missing is written, and makes the test fail once: somebody has to read it.
  if (!existsSync(path)) {
    writeFileSync(path, text);
    throw new Error(`${path} was written: read it and run the test again`);
  }
  expect(text).toBe(readFileSync(path, 'utf8'));
};

describe('golden files', () => {
  test('client', () => {
    golden('client', readable(clientProtection(client())));
  });
  test('A22: client on Cilium, gateway in another model', () => {
    const data = gatewayData({ gateway_dns_name: 'vpn-endpoints.infra.svc.cluster.local', mtu: 1280 });
    golden(
      'client-cilium',
      readable(clientProtection(client({ gateway: data, cluster: { ...cluster, cilium: true } }))),
    );
  });
  test('client with extra peers on Cilium', () => {
    const text = '192.168.9.40:32400 192.168.9.64/26 [fd00:9::40]:514/udp monitoring metrics:9090';
    const extra = parseExtraPeers(text, { overlay: overlayPrefix('172.16.0') });
    const extraPeers = extra.kind === 'ok' ? extra.peers : [];
    golden(
      'client-extra-peers',
      readable(clientProtection(client({ extraPeers, cluster: { ...cluster, cilium: true } }))),
    );
  });
  test('gateway that knows the models of its clients', () => {
    const clients = [
      { namespace: 'shop', app: 'prowlarr' },
      { namespace: 'media', app: 'sabnzbd' },
    ];
    golden('gateway-clients', readable(gatewayProtection(gateway({ clients }))));
  });
  test('gateway with a named server', () => {
    golden(
      'gateway-endpoint',
      readable(gatewayProtection(gateway({ endpoint: { address: '198.51.100.7', port: 51820 } }))),
    );
  });
  test('gateway of a provider with many servers, with clients of the Python library', () => {
    golden('gateway', readable(gatewayProtection(gateway({ legacyClients: true }))));
  });
});

interface Rule {
  readonly to?: readonly Readonly<Record<string, unknown>>[];
  readonly ports?: readonly { readonly protocol: string; readonly port?: number }[];
}
const egressOf = (protection: Protection): readonly Rule[] =>
  (protection.policies[0]?.['spec'] as { egress: readonly Rule[] }).egress;

describe('policies', () => {
  test('a gateway without clients opens the overlay to nobody', () => {
    const text = JSON.stringify(gatewayProtection(gateway({ clients: [] })).policies);
    expect(text).not.toContain('"namespaceSelector":{}');
    expect(text).not.toContain('4790');
  });

  test('nothing has an owner reference, everything has labels', () => {
    for (const protection of [clientProtection(client()), gatewayProtection(gateway())]) {
      for (const { metadata } of [...protection.policies, protection.configMap]) {
        expect(metadata).not.toHaveProperty('ownerReferences');
        expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'vpn-gateway' });
      }
    }
  });

  test('A7, A10: a client reaches no address range, only single addresses and selected pods', () => {
    for (const rule of egressOf(clientProtection(client()))) {
      for (const peer of rule.to ?? []) {
        const block = peer['ipBlock'] as { cidr: string } | undefined;
        if (block === undefined) expect(Object.keys(peer).every((key) => key.endsWith('Selector'))).toBe(true);
        else expect(block.cidr).toMatch(/\/(32|128)$/);
      }
    }
  });

  test('every rule has peers: a rule without them is for everybody', () => {
    for (const protection of [clientProtection(client()), gatewayProtection(gateway())]) {
      for (const rule of egressOf(protection)) expect(rule.to?.length).toBeGreaterThan(0);
    }
  });

  test('A11: a gateway sends no TCP outside the cluster and no UDP into private ranges', () => {
    for (const spec of [gateway(), gateway({ endpoint: { address: '198.51.100.7', port: 51820 } })]) {
      const outside = egressOf(gatewayProtection(spec)).filter((rule) =>
        (rule.to ?? []).some((peer) => {
          const cidr = (peer['ipBlock'] as { cidr: string } | undefined)?.cidr ?? '10.0.0.0/8';
          return !/^(10|192\.168)\./.test(cidr);
        }),
      );
      expect(outside).toHaveLength(1);
      expect(outside[0]?.ports?.every(({ protocol }) => protocol === 'UDP')).toBe(true);
    }
    const open = JSON.stringify(egressOf(gatewayProtection(gateway())));
    for (const range of ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'])
      expect(open).toContain(range);
  });

  test('a cluster in public addresses is left out of "outside"', () => {
    const confirmed = [...clusterCidrs];
    const own = checkClusterCidrs(['203.0.113.0/24'], {
      overlay: undefined,
      confirmed: [{ family: 4, network: 0xcb007100n, length: 24, text: '203.0.113.0/24' }],
    });
    const protection = gatewayProtection(
      gateway({ clusterCidrs: [...confirmed, ...(own.kind === 'ok' ? own.prefixes : [])] }),
    );
    expect(JSON.stringify(egressOf(protection))).toContain('203.0.113.0/24');
  });
});

describe('the digest that restarts the pod', () => {
  const digest = (changes: Partial<ReturnType<typeof gatewayData>>, more: Partial<ClientSpec> = {}): string =>
    clientProtection(client({ gateway: gatewayData(changes), ...more })).overlayDigest;

  test.each([{ vxlan_id: 43 }, { vxlan_port: 8472 }, { vxlan_ip_network: '172.16.9' }])(
    'changes with %j',
    (changes) => {
      expect(digest(changes)).not.toBe(digest({}));
    },
  );

  test.each([
    { cluster_cidrs: '10.1.0.0/16' },
    { mtu: 1280 },
    { external_ip: null },
    { gateway_dns_name: 'x-endpoints.y.svc.cluster.local' },
  ])('does not change with %j', (changes) => {
    expect(digest(changes)).toBe(digest({}));
    expect(digest({}, { webPorts: [1] })).toBe(digest({}));
  });
});

describe('the settings file', () => {
  test('is plain data: KEY=value lines of safe characters', () => {
    for (const text of [clientSettings(client()), gatewaySettings(gateway())]) {
      expect(text).toMatch(/^([A-Z_]+=[A-Za-z0-9 .:/_-]*\n)+$/);
    }
  });

  test('A5: a gateway cannot send names around the tunnel by calling their domain the cluster’s', () => {
    const settings = clientSettings(
      client({ gateway: gatewayData({ cluster_domain: 'com', cluster_dns_ip: '10.1.0.66' }) }),
    );
    expect(settings).toContain('CLUSTER_DOMAIN=cluster.local\n');
    expect(settings).toContain('CLUSTER_DNS=10.152.183.10\n');
  });

  test('A15: refuses what a script must never see', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^[A-Za-z0-9 .:/_-]*$/.test(text));
        expect(() => gatewaySettings(gateway({ tunnel: text }))).toThrow(ContractError);
      }),
    );
  });
});

describe('the pod', () => {
  test('A16: only the gateway’s init container is privileged', () => {
    expect(JSON.stringify(clientProtection(client()))).not.toContain('privileged');
    expect(JSON.stringify(gatewayProtection(gateway()).statefulSet).match(/"privileged":true/g)).toHaveLength(1);
  });

  test('both sides carry all of their scripts', () => {
    const names = (protection: Protection): string[] => Object.keys(protection.configMap['data'] as object);
    expect(names(clientProtection(client()))).toEqual(
      expect.arrayContaining(['settings', 'common', 'vpn-route-init', 'vpn-route-sidecar']),
    );
    expect(names(gatewayProtection(gateway()))).toEqual(
      expect.arrayContaining(['settings', 'common', 'gateway-init', 'gateway-sidecar']),
    );
  });
});
