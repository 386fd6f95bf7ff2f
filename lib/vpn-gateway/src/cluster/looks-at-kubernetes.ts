import type { HookEvent } from '@charm-ts/ops';

const kinds: readonly HookEvent['kind'][] = [
  'install',
  'start',
  'upgrade-charm',
  'update-status',
  'config-changed',
  'leader-elected',
];

/** Hooks that look at the live objects even when nothing of ours changed: a new pod, a changed trust (`config-changed`), a new leader, and the regular look for drift. */
export function looksAtKubernetes(event: HookEvent): boolean {
  return kinds.includes(event.kind);
}
