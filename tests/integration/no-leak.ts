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
 * Reads the journal from the beginning and lists every breach of the main promise: sabnzbd never runs before its pod is
 * protected and verified, not longer than one event after it ceased to be, and for as long as it is.
 */
export function leaks(entries: readonly JournalEntry[]): readonly string[] {
  const found: string[] = [];
  let seen = nothingYet;
  entries.forEach((entry, index) => {
    const next = after(seen, entry);
    const complain = (what: string): void => void found.push(`${index}: ${what} (${entry.kind} ${entry.detail})`);
    if (next.running && !seen.running) {
      if (!next.policy) complain('started without the policy');
      if (!next.overlay) complain('started in a pod without the overlay');
      if (!verifiedCases.has(next.network)) complain(`started while the pod is ${next.network}`);
    }
    if (next.running && seen.policy && !next.policy) complain('the policy went first');
    if (next.running && entry.kind === 'hook-end' && entry.actor === client && next.unverifiedHooks > 0) {
      complain(`runs on after an event in a pod that is ${next.network}`);
    }
    if (entry.kind === 'pebble-service' && seen.running && !next.running && isSafe(seen) && !mayStop(entry)) {
      complain('stopped although the path was verified');
    }
    seen = next;
  });
  return found;
}

const isSafe = ({ network, policy, overlay }: Seen): boolean => policy && overlay && verifiedCases.has(network);

/** Without a hook it is the pod that ends, and its programs with it; without a relation nothing may run. */
const mayStop = ({ hook }: JournalEntry): boolean => hook === undefined || hook === 'vpn-gateway-relation-broken';

function after(seen: Seen, { actor, kind, detail }: JournalEntry): Seen {
  if (kind === 'kubernetes-delete' && detail.startsWith('NetworkPolicy media/sabnzbd-vpn-killswitch')) {
    return { ...seen, policy: false };
  }
  if (kind === 'kubernetes-apply' && detail.startsWith('NetworkPolicy media/sabnzbd-vpn-killswitch')) {
    return { ...seen, policy: true };
  }
  if (actor !== client) return seen;
  switch (kind) {
    // The old pod's programs end with it.
    case 'pod-started':
      return { ...seen, running: false };
    case 'pod-replaced':
      return { ...seen, running: false, overlay: detail.includes('vpn-route-sidecar') };
    case 'pod-network':
      return { ...seen, network: detail, unverifiedHooks: verifiedCases.has(detail) ? 0 : seen.unverifiedHooks };
    case 'hook-start':
      // `stop` is a pod's last hook: its programs end with it.
      if (detail === 'stop') return seen;
      return { ...seen, unverifiedHooks: verifiedCases.has(seen.network) ? 0 : seen.unverifiedHooks + 1 };
    case 'pebble-service':
      return { ...seen, running: / sabnzbd active$/.test(detail) };
    default:
      return seen;
  }
}
