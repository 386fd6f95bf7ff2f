import fc from 'fast-check';

/** A value for a field, and whether a gateway could mean it. */
export interface Sample {
  readonly value: unknown;
  readonly sound: boolean;
}

/** Values for some fields of provider data; a field may be missing. */
export type Samples = Readonly<Record<string, Sample>>;

const sound = (values: fc.Arbitrary<unknown>): fc.Arbitrary<Sample> => values.map((value) => ({ value, sound: true }));
const unsound = (...values: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<Sample> =>
  fc.oneof(...values).map((value) => ({ value, sound: false }));

/** Mostly sound, so that whole documents often are. */
const mostly = (good: fc.Arbitrary<Sample>, bad: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> =>
  fc.oneof({ arbitrary: good, weight: 14 }, { arbitrary: bad, weight: 1 });

const octet = fc.integer({ min: 0, max: 255 });
const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
const text = fc.constantFrom('', ' ', '"; rm -rf /', '$(reboot)', 'a\nVXLAN_ID=7', '`id`', '../../etc', 'é', '\u0000');

/** Inside ranges that a cluster may have, with host bits as they come; none touches an overlay below. */
const clusterPrefix = fc.oneof(
  fc.tuple(octet, octet, octet, fc.integer({ min: 8, max: 32 })).map(([b, c, d, n]) => `10.${b}.${c}.${d}/${n}`),
  fc.tuple(octet, octet, fc.integer({ min: 16, max: 32 })).map(([c, d, n]) => `192.168.${c}.${d}/${n}`),
  fc
    .tuple(octet, fc.integer({ min: 48, max: 128 }))
    .map(([h, n]) => `fd00:10:${h.toString(16)}::${h.toString(16)}/${n}`),
);
const separator = fc.constantFrom(',', ', ', ' , ', ' ', ',,');
const clusterCidrs = fc
  .tuple(fc.array(fc.tuple(separator, clusterPrefix), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([list, mesh]) => [...list, ...(mesh ? [[',', '169.254.7.127/32']] : [])])
  .map((list) => list.flat().slice(1).join(''));
const wrongCidrs = fc.constantFrom(
  '0.0.0.0/0',
  '::/0',
  '10.0.0.0/7',
  '8.8.8.0/24',
  '10.1.0.0/16,9.9.9.9',
  '10.1.0.0/33',
  '172.16.0.0/12',
  '10.1.0.0/16;ls',
);

const fields = {
  routing_method: mostly(sound(fc.constant('pod-gateway')), unsound(text, fc.constant('wireguard'))),
  gateway_dns_name: mostly(
    sound(fc.tuple(label, label).map(([app, model]) => `${app}-endpoints.${model}.svc.cluster.local`)),
    unsound(text, fc.constantFrom('8.8.8.8', 'example.org', 'a.b.svc.')),
  ),
  vxlan_id: mostly(
    sound(fc.integer({ min: 1, max: 16777215 })),
    unsound(fc.constantFrom(0, -1, 16777216, 1.5, 2 ** 53, null, [], {}, 'many')),
  ),
  vxlan_ip_network: mostly(
    sound(fc.tuple(fc.integer({ min: 16, max: 31 }), octet).map(([b, c]) => `172.${b}.${c}`)),
    unsound(text, fc.constantFrom('8.8.8', '172.16', '172.16.0.0', '256.1.1')),
  ),
  vxlan_port: mostly(sound(fc.integer({ min: 1, max: 65535 })), unsound(fc.constantFrom(0, 65536, -1, 0.5, {}))),
  cluster_cidrs: mostly(sound(clusterCidrs), unsound(text, wrongCidrs)),
  cluster_dns_ip: mostly(
    sound(fc.tuple(octet, octet).map(([c, d]) => `10.152.${c}.${d}`)),
    unsound(text, fc.constantFrom('8.8.8.8', '10.152.183.10/32', '169.254.169.254', 'localhost')),
  ),
  vpn_connected: mostly(sound(fc.boolean()), unsound(fc.constantFrom(2, 'perhaps', null, []))),
  external_ip: mostly(sound(fc.option(fc.ipV4())), unsound(fc.constantFrom('', ' ', 'unknown', '1.2.3'))),
  instance_name: mostly(sound(label), unsound(text, fc.constant('x'.repeat(64)))),
};

const required = ['gateway_dns_name', 'cluster_cidrs', 'cluster_dns_ip', 'instance_name'] as const;

/** Fields of a provider by the Python library, some of them bad; those that have defaults may be missing. */
export const providerSamples: fc.Arbitrary<Samples> = fc.record(fields, { requiredKeys: [...required] });

/** The same values as a document; additions of a newer release may be among them. */
export const valuesOf = (samples: Samples): Record<string, unknown> =>
  Object.fromEntries(Object.entries(samples).map(([name, { value }]) => [name, value]));

/** True when a gateway could mean every value. */
export const isSound = (samples: Samples): boolean => Object.values(samples).every((sample) => sample.sound);

/** A JSON text that is nearly a document of a provider: fields changed, missing, twice, unknown, or the text cut. */
export const nearlyDocuments: fc.Arbitrary<string> = fc
  .tuple(
    providerSamples.map(valuesOf),
    fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(fields)), fc.string()), fc.jsonValue(), { maxKeys: 2 }),
    fc.subarray([...required], { maxLength: 1 }),
    fc.oneof({ arbitrary: fc.constant(0), weight: 9 }, { arbitrary: fc.integer({ min: 1, max: 60 }), weight: 1 }),
  )
  .map(([values, changes, missing, cut]) => {
    const document = { ...values, ...changes };
    const kept = Object.entries(document).filter(([name]) => !missing.some((field) => field === name));
    const json = JSON.stringify(Object.fromEntries(kept));
    return json.slice(0, json.length - cut);
  });
