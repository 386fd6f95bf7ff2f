import type { TunnelHealth } from './tunnel-health.js';

/** What has to be remembered from hook to hook to tell a lost tunnel from one that never was up. */
export type LossMemory =
  { readonly kind: 'never-up' } | { readonly kind: 'up' } | { readonly kind: 'lost'; readonly since: Date };

export const neverUp: LossMemory = { kind: 'never-up' };

/** Reads the text that {@link formatLossMemory} made; anything else counts as never up. */
export const parseLossMemory = (text: string | undefined): LossMemory => {
  if (text === undefined) return neverUp;
  if (text === 'up') return { kind: 'up' };
  const since = new Date(text);
  return Number.isNaN(since.getTime()) ? neverUp : { kind: 'lost', since };
};

/** The text for the state store; nothing is kept for a tunnel that never was up. */
export const formatLossMemory = (memory: LossMemory): string | undefined => {
  switch (memory.kind) {
    case 'never-up':
      return undefined;
    case 'up':
      return 'up';
    case 'lost':
      return memory.since.toISOString();
    default:
      return memory satisfies never;
  }
};

/** The memory after this observation. A loss keeps the time at which it was first seen. */
export const remember = (before: LossMemory, health: TunnelHealth, now: Date): LossMemory => {
  if (health.kind === 'connected') return { kind: 'up' };
  return before.kind === 'up' ? { kind: 'lost', since: now } : before;
};
