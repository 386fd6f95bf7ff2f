import { checkClusterCidrs } from '../cidr/cluster-cidrs.js';
import { type Prefix, parsePrefix, parsePrefixes } from '../cidr/prefix.js';
import { containsAny } from '../cidr/special-ranges.js';
import type { ClusterFacts } from './cluster-facts.js';

/** The ranges that may stay outside the tunnel, or why nobody should rely on what was found. */
export type ClusterRanges =
  | { readonly kind: 'certain'; readonly prefixes: readonly Prefix[] }
  /** A part of a sentence: `the pod range of this cluster cannot be read (found services 10.152.183.0/24)`. */
  | { readonly kind: 'uncertain'; readonly reason: string };

/**
 * Pod and service ranges as discovered. They are certain when both were read, no address is in use outside them, and they pass the same checks as an operator's.
 *
 * @example
 * ```ts
 * const ranges = clusterRanges(facts, overlayPrefix('172.16.0'));
 * if (ranges.kind === 'uncertain') unit.addStatus(new BlockedStatus(`set cluster-cidrs: ${ranges.reason}`));
 * ```
 */
export function clusterRanges(facts: ClusterFacts, overlay: Prefix | undefined): ClusterRanges {
  const { podCidrs, serviceCidrs, strays } = facts;
  const missing = [...(podCidrs.length === 0 ? ['pod'] : []), ...(serviceCidrs.length === 0 ? ['service'] : [])];
  const found = describeRanges(facts);
  if (missing.length > 0) {
    const what = `${missing.join(' and ')} ${missing.length === 1 ? 'range' : 'ranges'}`;
    return {
      kind: 'uncertain',
      reason: `the ${what} of this cluster cannot be read${found === '' ? '' : ` (found ${found})`}`,
    };
  }
  if (strays.length > 0) {
    return { kind: 'uncertain', reason: `this cluster uses ${strays.join(', ')} besides ${found}` };
  }
  const confirmed = parsePrefixes([...podCidrs, ...serviceCidrs]);
  const checked = checkClusterCidrs([...podCidrs, ...serviceCidrs], { overlay, confirmed });
  return checked.kind === 'ok'
    ? { kind: 'certain', prefixes: checked.prefixes }
    : { kind: 'uncertain', reason: `of ${found}, ${checked.faults.join('; ')}` };
}

/** `pods 10.1.0.0/16 and services 10.152.183.0/24`, or less. */
export function describeRanges({ podCidrs, serviceCidrs }: ClusterFacts): string {
  return [
    ...(podCidrs.length > 0 ? [`pods ${podCidrs.join(',')}`] : []),
    ...(serviceCidrs.length > 0 ? [`services ${serviceCidrs.join(',')}`] : []),
  ].join(' and ');
}

/**
 * What an operator's ranges leave out although it is certainly the cluster's, as a part of a sentence: `leaves out pods 10.1.0.0/16`. `undefined` where both agree.
 * Wider ranges are not disagreement: routers and hosts of the LAN can be wanted.
 */
export function disagreement(prefixes: readonly Prefix[], facts: ClusterFacts): string | undefined {
  if (facts.strays.length > 0) return undefined;
  const leftOut = (texts: readonly string[]): readonly string[] =>
    texts.filter((text) => {
      const range = parsePrefix(text);
      return range !== undefined && !containsAny(prefixes, range);
    });
  const missing = describeRanges({
    ...facts,
    podCidrs: leftOut(facts.podCidrs),
    serviceCidrs: leftOut(facts.serviceCidrs),
  });
  return missing === '' ? undefined : `leaves out ${missing}`;
}

/** Prefixes that the API server says are this cluster's: its ranges, its nodes and its DNS service. */
export function confirmedPrefixes(facts: ClusterFacts | undefined): readonly Prefix[] {
  if (facts === undefined) return [];
  const { podCidrs, serviceCidrs, nodes, dnsAddress } = facts;
  return parsePrefixes([...podCidrs, ...serviceCidrs, ...nodes, ...(dnsAddress === undefined ? [] : [dnsAddress])]);
}
