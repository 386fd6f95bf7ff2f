import { quote } from '../text/quote.js';
import { type Prefix, contains, overlaps, parsePrefix } from './prefix.js';
import { containsAny, forbiddenRange, isPrivate } from './special-ranges.js';

/** Against what a cluster prefix is checked. */
export interface ClusterCidrRules {
  /** The overlay network; nothing that overlaps it can stay outside the tunnel. */
  readonly overlay: Prefix | undefined;
  /** Prefixes that the API server confirms as this cluster's; a public prefix must lie inside one. */
  readonly confirmed?: readonly Prefix[];
}

/** Normalised, sorted prefixes without those that another one contains, or one sentence for each refused value. */
export type ClusterCidrs =
  | { readonly kind: 'ok'; readonly prefixes: readonly Prefix[] }
  | { readonly kind: 'invalid'; readonly faults: readonly string[] };

/** Splits a list at commas and at blanks: the Python library's clients read both. */
export function splitCidrs(list: string): readonly string[] {
  return list.split(/[\s,]+/).filter((item) => item !== '');
}

/**
 * Checks prefixes that traffic may take outside the tunnel. Every one of them is a hole in the kill switch, so what is not certainly the cluster's is refused.
 *
 * @example
 * ```ts
 * checkClusterCidrs(['10.1.2.3/16'], { overlay: overlayPrefix('172.16.0') }); // { kind: 'ok', prefixes: [10.1.0.0/16] }
 * checkClusterCidrs(['0.0.0.0/0'], { overlay: undefined }); // { kind: 'invalid', faults: ['"0.0.0.0/0" is wider than /8'] }
 * ```
 */
export function checkClusterCidrs(texts: readonly string[], rules: ClusterCidrRules): ClusterCidrs {
  const faults: string[] = [];
  const prefixes: Prefix[] = [];
  for (const text of texts) {
    const prefix = parsePrefix(text);
    const fault = prefix === undefined ? 'is not a prefix such as 10.1.0.0/16' : rangeRefusal(prefix, rules);
    if (fault !== undefined) faults.push(`${quote(text)} ${fault}`);
    else if (prefix !== undefined) prefixes.push(prefix);
  }
  if (faults.length > 0) return { kind: 'invalid', faults };
  if (prefixes.length === 0) return { kind: 'invalid', faults: ['is empty'] };
  return { kind: 'ok', prefixes: normalise(prefixes) };
}

/** Why traffic to the prefix may not leave beside the tunnel, as the end of a sentence; `undefined` where it may. */
export function rangeRefusal(prefix: Prefix, { overlay, confirmed = [] }: ClusterCidrRules): string | undefined {
  const shortest = prefix.family === 4 ? 8 : 16;
  if (prefix.length < shortest) return `is wider than /${shortest}`;
  const special = forbiddenRange(prefix);
  if (special !== undefined) return `is ${special}`;
  if (overlay !== undefined && overlaps(overlay, prefix)) return `overlaps the overlay network ${overlay.text}`;
  if (!isPrivate(prefix) && !containsAny(confirmed, prefix))
    return 'is public and not known as a range of this cluster';
  return undefined;
}

/** Sorted, without duplicates and without prefixes inside another one. */
export function normalise(prefixes: readonly Prefix[]): readonly Prefix[] {
  const unique = [...new Map(prefixes.map((prefix) => [prefix.text, prefix])).values()];
  return unique
    .filter((prefix) => !unique.some((other) => other !== prefix && contains(other, prefix)))
    .sort(
      (left, right) =>
        left.family - right.family ||
        (left.network < right.network ? -1 : left.network > right.network ? 1 : 0) ||
        left.length - right.length,
    );
}
