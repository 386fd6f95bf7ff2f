import { type Fault, wrong } from './fault.js';
import type { Options } from './options.js';
import { didYouMean } from './suggestion.js';

/** How Gluetun's resolver, which answers the clients, asks the resolvers behind the tunnel. */
export type DnsUpstream = 'plain' | 'dot' | 'doh';

const choices: ReadonlyMap<string, DnsUpstream> = new Map([
  ['plain', 'plain'],
  ['off', 'plain'],
  ['dot', 'dot'],
  ['doh', 'doh'],
]);

/** Reads `dns-upstream`; empty means that the older option `dns-over-tls` decides. */
export const readDnsUpstream = (
  options: Options,
): { readonly faults: readonly Fault[]; readonly dnsUpstream: DnsUpstream } => {
  const given = options['dns-upstream'].trim().toLowerCase();
  const dnsUpstream = given === '' ? (options['dns-over-tls'] ? 'dot' : 'plain') : choices.get(given);
  if (dnsUpstream !== undefined) return { faults: [], dnsUpstream };
  const hint = didYouMean(given, [...choices.keys()]);
  return { faults: [wrong('dns-upstream', `must be plain, dot or doh (is "${given}")${hint}`)], dnsUpstream: 'plain' };
};
