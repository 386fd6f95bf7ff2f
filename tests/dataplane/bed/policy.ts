import { readFileSync } from 'node:fs';

// NetworkPolicies as an nftables table of the node: `policy.ts [--cilium] [--gone=ADDRESS] OBJECTS.json…` reads the policies of the charm's objects and prints the table.
// It covers what those policies use. Like Calico's it sees addresses after the translation, and ranges match pods as well; Cilium's match neither pods nor nodes.

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
    readonly podSelector?: Selector;
    readonly endpointSelector?: Selector;
    readonly policyTypes?: readonly string[];
    readonly egress?: readonly Rule[];
    readonly ingress?: readonly Rule[];
  };
}

/** `--gone=ADDRESS`: a pod that the network has forgotten; its address may be another one's. */
const gone = process.argv.flatMap((word) => (word.startsWith('--gone=') ? [word.slice('--gone='.length)] : []));

const pods = [
  { address: '10.1.0.10', app: 'gluetun', namespace: 'media' },
  { address: '10.1.0.11', app: 'gluetun', namespace: 'media' },
  { address: '10.1.0.21', app: 'sabnzbd', namespace: 'media' },
  { address: '10.1.0.22', app: 'prowlarr', namespace: 'media' },
  { address: '10.1.0.53', app: 'coredns', namespace: 'kube-system' },
  { address: '10.1.0.61', app: 'controller', namespace: 'controller-home' },
].filter(({ address }) => !gone.includes(address));

const cilium = process.argv.includes('--cilium');
/** Where Cilium's ranges match nothing: the pods and the node. */
const known = ['10.1.0.0/16', '192.168.7.9/32', '203.0.113.10/32'];
/** What Cilium calls `kube-apiserver`. */
const apiServer: Rule = { to: [{ ipBlock: { cidr: '192.168.7.9/32' } }], ports: [{ protocol: 'TCP', port: 16443 }] };

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
  const except = [...(ipBlock.except ?? []), ...(cilium && peer !== apiServer.to?.[0] ? known : [])].filter(
    (range) => range.includes(':') === (family === 'ip6'),
  );
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

/** Every policy of a pod allows something; what none allows is dropped. */
const allowed = (policies: readonly Policy[], address: string): readonly Piece[] => {
  const own = policies.filter(({ spec }) =>
    selected({ podSelector: spec.podSelector ?? spec.endpointSelector ?? {} }).includes(address),
  );
  const rules = (type: 'Egress' | 'Ingress'): readonly Piece[] => {
    const sided = own.filter(({ spec }) => (spec.policyTypes ?? ['Egress']).includes(type));
    const all = sided.flatMap(({ kind, spec }) =>
      kind === 'CiliumNetworkPolicy' ? [apiServer] : ((type === 'Egress' ? spec.egress : spec.ingress) ?? []),
    );
    return sided.length === 0 ? [] : [piece(address, type, all)];
  };
  return [...rules('Egress'), ...rules('Ingress')];
};

const policiesOf = (file: string): readonly Policy[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { readonly policies: readonly Policy[] }).policies;

const policies = process.argv
  .slice(2)
  .filter((word) => !word.startsWith('--'))
  .flatMap(policiesOf);
for (const { kind } of policies)
  if (kind !== 'NetworkPolicy' && kind !== 'CiliumNetworkPolicy') throw new Error(`${kind} is not known`);
const all = pods.flatMap(({ address }) => allowed(policies, address));

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
