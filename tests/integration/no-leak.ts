import type { JournalEntry } from '@charm-ts/testing';
import { client } from './deployment.js';

/** What the pod looks like when its path is verified: the VPN's state does not matter, traffic can go nowhere else. */
const verifiedCases = new Set(['protected', 'tunnel-down']);

interface Seen {
  readonly running: boolean;
  readonly policy: boolean;
  readonly overlay: boolean;
  readonly network: string;
  /** Hooks of the client that began since its network ceased to be verified. */
  readonly unverifiedHooks: number;
}

const nothingYet: Seen = { running: false, policy: false, overlay: false, network: 'no-overlay', unverifiedHooks: 0 };

/**
 * Reads the journal from the beginning and lists every breach of the main promise: a client never runs before its pod is
 * protected and verified, not longer than one event after it ceased to be, and for as long as it is.
 */
export function leaks(entries: readonly JournalEntry[], unit = client): readonly string[] {
  const found: string[] = [];
  let seen = nothingYet;
  entries.forEach((entry, index) => {
    const next = after(seen, entry, unit);
    const breaches = [...startBreaches(seen, next), ...runBreaches(seen, next, entry, unit)];
    found.push(...breaches.map((what) => `${index}: ${what} (${entry.kind} ${entry.detail})`));
    seen = next;
  });
  return found;
}

function startBreaches(seen: Seen, next: Seen): readonly string[] {
  if (!next.running || seen.running) return [];
  return [
    ...(next.policy ? [] : ['started without the policy']),
    ...(next.overlay ? [] : ['started in a pod without the overlay']),
    ...(verifiedCases.has(next.network) ? [] : [`started while the pod is ${next.network}`]),
  ];
}

function runBreaches(seen: Seen, next: Seen, entry: JournalEntry, unit: string): readonly string[] {
  const isEndOfHook = entry.kind === 'hook-end' && entry.actor === unit;
  const isStop = entry.kind === 'pebble-service' && seen.running && !next.running;
  return [
    ...(next.running && seen.policy && !next.policy ? ['the policy went first'] : []),
    ...(next.running && isEndOfHook && next.unverifiedHooks > 0
      ? [`runs on after an event in a pod that is ${next.network}`]
      : []),
    ...(isStop && isSafe(seen) && !mayStop(entry) ? ['stopped although the path was verified'] : []),
  ];
}

const isSafe = ({ network, policy, overlay }: Seen): boolean => policy && overlay && verifiedCases.has(network);

/** Without a hook it is the pod that ends, and its programs with it; without a relation nothing may run. */
const mayStop = ({ hook }: JournalEntry): boolean => hook === undefined || hook === 'vpn-gateway-relation-broken';

function after(seen: Seen, { actor, kind, detail }: JournalEntry, unit: string): Seen {
  const [app = ''] = unit.split('/');
  const isPolicy = detail.startsWith(`NetworkPolicy media/${app}-vpn-killswitch`);
  if (kind === 'kubernetes-delete' && isPolicy) {
    return { ...seen, policy: false };
  }
  if (kind === 'kubernetes-apply' && isPolicy) {
    return { ...seen, policy: true };
  }
  if (actor !== unit) return seen;
  switch (kind) {
    // The old pod's programs end with it.
    case 'pod-started':
      return { ...seen, running: false, overlay: detail.includes('vpn-route-sidecar') };
    case 'pod-network':
      return { ...seen, network: detail, unverifiedHooks: verifiedCases.has(detail) ? 0 : seen.unverifiedHooks };
    case 'hook-start':
      // `stop` is a pod's last hook: its programs end with it.
      if (detail === 'stop') return seen;
      return { ...seen, unverifiedHooks: verifiedCases.has(seen.network) ? 0 : seen.unverifiedHooks + 1 };
    case 'pebble-service':
      return { ...seen, running: detail.endsWith(` ${app} active`) };
    default:
      return seen;
  }
}
