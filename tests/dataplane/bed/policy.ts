import { readFileSync } from 'node:fs';

// NetworkPolicies as an nftables table of the node: `policy.ts OBJECTS.json…` reads the policies of the charm's objects and prints the table.
// It covers what those policies use. Like Calico's it sees addresses after the translation, and ranges match pods as well.

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}
interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface Port {
  readonly protocol: string;
  readonly port: number;
  readonly endPort?: number;
}
interface Rule {
  readonly to?: readonly Peer[];
  readonly from?: readonly Peer[];
  readonly ports?: readonly Port[];
}
interface Policy {
  readonly kind: string;
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly string[];
    readonly egress?: readonly Rule[];
    readonly ingress?: readonly Rule[];
  };
}

const pods = [
  { address: '10.1.0.10', app: 'gluetun', namespace: 'media' },
  { address: '10.1.0.11', app: 'gluetun', namespace: 'media' },
  { address: '10.1.0.21', app: 'sabnzbd', namespace: 'media' },
  { address: '10.1.0.22', app: 'prowlarr', namespace: 'media' },
  { address: '10.1.0.53', app: 'coredns', namespace: 'kube-system' },
  { address: '10.1.0.61', app: 'controller', namespace: 'controller-home' },
];

const matches = (selector: Selector | undefined, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);

const selected = (peer: Peer): readonly string[] =>
  pods
    .filter(
      ({ app, namespace }) =>
        matches(peer.podSelector, { 'app.kubernetes.io/name': app }) &&
        (peer.namespaceSelector === undefined
          ? namespace === 'media'
          : matches(peer.namespaceSelector, { 'kubernetes.io/metadata.name': namespace })),
    )
    .map(({ address }) => address);

const peerMatches = (peer: Peer, side: 'saddr' | 'daddr'): readonly string[] => {
  const { ipBlock } = peer;
  if (ipBlock === undefined) return selected(peer).map((address) => `ip ${side} ${address}`);
  const family = ipBlock.cidr.includes(':') ? 'ip6' : 'ip';
  const except = (ipBlock.except ?? []).filter((range) => range.includes(':') === (family === 'ip6'));
  const without = except.length === 0 ? '' : ` ${family} ${side} != { ${except.join(', ')} }`;
  const within = ipBlock.cidr.endsWith('/0')
    ? `meta nfproto ${family === 'ip' ? 'ipv4' : 'ipv6'}`
    : `${family} ${side} ${ipBlock.cidr}`;
  return [`${within}${without}`];
};

const portMatches = (ports: readonly Port[] | undefined): readonly string[] =>
  ports === undefined || ports.length === 0
    ? ['']
    : ports.map(
        ({ protocol, port, endPort }) =>
          `${protocol.toLowerCase()} dport ${port}${endPort === undefined ? '' : `-${endPort}`}`,
      );

const ruleLines = (rules: readonly Rule[], side: 'saddr' | 'daddr'): readonly string[] =>
  rules.flatMap((rule) =>
    (rule.to ?? rule.from ?? []).flatMap((peer) =>
      peerMatches(peer, side).flatMap((match) => portMatches(rule.ports).map((port) => `    ${match} ${port} return`)),
    ),
  );

interface Piece {
  readonly chain: readonly string[];
  readonly jumps: readonly string[];
}

/** Chain and jumps of one direction of one pod. */
const piece = (address: string, type: 'Egress' | 'Ingress', rules: readonly Rule[]): Piece => {
  const [own, other] = type === 'Egress' ? (['saddr', 'daddr'] as const) : (['daddr', 'saddr'] as const);
  const name = `${type.toLowerCase()}_${address.replaceAll('.', '_')}`;
  const ipv6 = `fd00:10:1::${address.split('.')[3] ?? ''}`;
  return {
    chain: [`  chain ${name} {`, ...ruleLines(rules, other), '    counter drop', '  }'],
    jumps: [`    ip ${own} ${address} jump ${name}`, `    ip6 ${own} ${ipv6} jump ${name}`],
  };
};

const pieces = (policy: Policy): readonly Piece[] => {
  const { podSelector, policyTypes, egress = [], ingress = [] } = policy.spec;
  if (policy.kind !== 'NetworkPolicy') throw new Error(`${policy.kind} is not known`);
  return selected({ podSelector }).flatMap((address) => [
    ...(policyTypes.includes('Egress') ? [piece(address, 'Egress', egress)] : []),
    ...(policyTypes.includes('Ingress') ? [piece(address, 'Ingress', ingress)] : []),
  ]);
};

const policiesOf = (file: string): readonly Policy[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { readonly policies: readonly Policy[] }).policies;

const all = process.argv.slice(2).flatMap(policiesOf).flatMap(pieces);

process.stdout.write(
  [
    'table inet netpol',
    'delete table inet netpol',
    'table inet netpol {',
    ...all.flatMap(({ chain }) => chain),
    '  chain forward {',
    '    type filter hook forward priority 0; policy accept;',
    '    ct state established,related accept',
    ...all.flatMap(({ jumps }) => jumps),
    '  }',
    '}',
    '',
  ].join('\n'),
);
