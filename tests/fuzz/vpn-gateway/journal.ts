/** What happened, in order. The oracle reads nothing else. */
export type Entry =
  /** The world around the unit; a change by somebody else than the charm. */
  | { readonly what: 'relation'; readonly data: 'none' | 'empty' | 'invalid' | 'down' | 'up'; readonly overlay: number }
  | { readonly what: 'unsafe'; readonly set: boolean }
  | { readonly what: 'path'; readonly good: boolean }
  | { readonly what: 'pod'; readonly overlay: number | undefined }
  | { readonly what: 'container'; readonly up: boolean }
  /** Objects, whoever wrote them. */
  | { readonly what: 'policy'; readonly exists: boolean; readonly by: Actor }
  | { readonly what: 'config-map'; readonly exists: boolean; readonly by: Actor }
  | { readonly what: 'template'; readonly ours: boolean; readonly by: Actor }
  /** The workload, when its state changes. */
  | { readonly what: 'workload'; readonly runs: boolean }
  | { readonly what: 'hook'; readonly event: string }
  | { readonly what: 'hook-end'; readonly status: string }
  | { readonly what: 'hook-failed'; readonly message: string }
  /** From here on all inputs are good (or the relation is gone for good): the unit has to arrive. */
  | { readonly what: 'settled'; readonly related: boolean };

export type Actor = 'charm' | 'somebody';

export const describeEntry = ({ what, ...rest }: Entry): string => `${what} ${Object.values(rest).join(' ')}`;
