import {
  checkClusterCidrs,
  type ClusterCidrs,
  type ClusterFacts,
  clusterRanges,
  confirmedPrefixes,
  overlaps,
  parsePrefixes,
  type Prefix,
  splitCidrs,
} from '@charm-ts/vpn-gateway';
import { type Fault, wrong } from './fault.js';

/** Where the ranges come from: the option, or the cluster itself where the option is empty. */
export interface RangesInput {
  readonly option: string;
  readonly facts: ClusterFacts | undefined;
  readonly overlay: Prefix | undefined;
  /** True while clients are related whose kill switch knows no addresses but these. */
  readonly legacyClients: boolean;
}

export interface RangesReading {
  readonly faults: readonly Fault[];
  /** `undefined` with a fault, and while nothing is known of the cluster. */
  readonly prefixes: readonly Prefix[] | undefined;
}

const checked = (texts: readonly string[], { facts, overlay }: RangesInput): ClusterCidrs =>
  checkClusterCidrs(texts, { overlay, confirmed: confirmedPrefixes(facts) });

const given = (input: RangesInput, texts: readonly string[]): RangesReading => {
  const cidrs = checked(texts, input);
  return cidrs.kind === 'ok'
    ? { faults: [], prefixes: cidrs.prefixes }
    : { faults: cidrs.faults.map((fault) => wrong('cluster-cidrs', fault)), prefixes: undefined };
};

const discovered = (input: RangesInput, facts: ClusterFacts): RangesReading => {
  const refuse = (fault: Fault): RangesReading => ({ faults: [fault], prefixes: undefined });
  const { overlay, legacyClients } = input;
  const own = parsePrefixes([...facts.podCidrs, ...facts.serviceCidrs]);
  const taken = overlay === undefined ? undefined : own.find((range) => overlaps(range, overlay));
  if (taken !== undefined) {
    return refuse(wrong('vxlan-network', `overlaps ${taken.text} of this cluster, choose another private network`));
  }
  const ranges = clusterRanges(facts, overlay);
  if (ranges.kind === 'uncertain') return refuse({ kind: 'cluster', problem: `set cluster-cidrs: ${ranges.reason}` });
  return given(input, [...ranges.prefixes.map(({ text }) => text), ...(legacyClients ? facts.nodes : [])]);
};

/** Reads `cluster-cidrs`; empty means the ranges that the cluster has, where that is certain. */
export const readClusterRanges = (input: RangesInput): RangesReading => {
  const texts = splitCidrs(input.option);
  if (texts.length > 0) return given(input, texts);
  return input.facts === undefined ? { faults: [], prefixes: undefined } : discovered(input, input.facts);
};
