import type { JournalEntry } from '@charm-ts/testing';

/** An effect that has to be in the journal: its kind, who caused it, and what its line says. */
export interface Effect {
  readonly kind: string;
  readonly actor: string;
  readonly detail: RegExp;
}

export const effect = (kind: string, actor: string, detail: RegExp): Effect => ({ kind, actor, detail });

/** Thrown when the journal does not tell what the main job promises. */
export class BrokenPromiseError extends Error {
  override readonly name = 'BrokenPromiseError';
}

const matches = (entry: JournalEntry, { kind, actor, detail }: Effect): boolean =>
  entry.kind === kind && entry.actor === actor && detail.test(entry.detail);

/** Throws unless every effect happened, each first one after the one before. */
export const expectInOrder = (entries: readonly JournalEntry[], effects: readonly Effect[]): void => {
  let from = 0;
  for (const [index, wanted] of effects.entries()) {
    const at = entries.findIndex((entry, position) => position >= from && matches(entry, wanted));
    if (at < 0) {
      const before =
        index === 0 ? 'did not happen' : `did not happen after "${effects[index - 1]?.detail.source ?? ''}"`;
      throw new BrokenPromiseError(`${wanted.actor}: ${wanted.kind} ${wanted.detail.source} ${before}`);
    }
    from = at + 1;
  }
};

/** Throws when an effect happened more, or less, often than promised. */
export const expectCount = (entries: readonly JournalEntry[], wanted: Effect, count: number): void => {
  const found = entries.filter((entry) => matches(entry, wanted)).length;
  if (found === count) return;
  throw new BrokenPromiseError(
    `${wanted.actor}: ${wanted.kind} ${wanted.detail.source} happened ${found} times, not ${count}`,
  );
};
