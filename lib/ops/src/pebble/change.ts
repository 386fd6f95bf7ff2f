/** One step of a {@link Change}. */
export interface ChangeTask {
  readonly id: string;
  readonly kind: string;
  readonly summary: string;
  readonly status: string;
  /** Lines of `<time> <INFO|ERROR> <text>`, oldest first; a text may run over several lines. */
  readonly log: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
}

/** Something Pebble does in the background: `start`, `stop`, `replan`, `exec`, `perform-check`, `recover-check` … */
export interface Change {
  readonly id: string;
  readonly kind: string;
  readonly summary: string;
  /** `Do`, `Doing`, `Done`, `Error`, `Abort` …; newer Pebbles may know others. */
  readonly status: string;
  readonly ready: boolean;
  readonly err?: string;
  readonly tasks: readonly ChangeTask[];
}

const errorLine = /^\S+ ERROR /;

/** The text of the last error that a change logged, without its time. */
export function lastErrorOf(change: Change): string | undefined {
  const last = change.tasks.flatMap((task) => task.log).findLast((line) => errorLine.test(line));
  return last?.replace(errorLine, '').trim();
}
