import { setTimeout as wait } from 'node:timers/promises';
import { goTime } from './go-time.js';

type TaskStatus = 'Do' | 'Doing' | 'Done' | 'Error' | 'Hold' | 'Abort';

/** One step of a change. */
export interface Task {
  readonly id: string;
  readonly kind: string;
  readonly summary: string;
  readonly spawned: Date;
  status: TaskStatus;
  log: readonly string[];
  ended?: Date;
  data?: Readonly<Record<string, unknown>>;
}

/** A piece of background work with the tasks that make it up. */
export interface ChangeRecord {
  readonly id: string;
  readonly kind: string;
  readonly summary: string;
  readonly services: readonly string[];
  readonly spawned: Date;
  readonly tasks: readonly Task[];
}

const unfinished: ReadonlySet<TaskStatus> = new Set(['Do', 'Doing', 'Abort']);
/** A task keeps its last ten log lines. */
const logLines = 10;

/** Changes and tasks, numbered from 1 as in Pebble; numbers go on after a restart of the container. */
export class ChangeLog {
  readonly #now: () => Date;
  readonly #waiting = new Set<() => void>();
  #changes = new Map<string, ChangeRecord>();
  #lastChange = 0;
  #lastTask = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  add(
    kind: string,
    summary: string,
    tasks: readonly { readonly kind: string; readonly summary: string }[],
    services: readonly string[] = [],
  ): ChangeRecord {
    const spawned = this.#now();
    const change: ChangeRecord = {
      id: String(++this.#lastChange),
      kind,
      summary,
      services,
      spawned,
      tasks: tasks.map((task) => ({ ...task, id: String(++this.#lastTask), spawned, status: 'Doing', log: [] })),
    };
    this.#changes.set(change.id, change);
    return change;
  }

  get(id: string): ChangeRecord | undefined {
    return this.#changes.get(id);
  }

  task(id: string): Task | undefined {
    return this.all()
      .flatMap(({ tasks }) => tasks)
      .find((task) => task.id === id);
  }

  all(): readonly ChangeRecord[] {
    return [...this.#changes.values()];
  }

  log(task: Task, level: 'INFO' | 'ERROR', text: string): void {
    task.log = [...task.log, `${goTime(this.#now(), 'seconds')} ${level} ${text}`].slice(-logLines);
  }

  end(task: Task, status: 'Done' | 'Error' | 'Hold', error?: string): void {
    if (error !== undefined) this.log(task, 'ERROR', error);
    task.status = status;
    task.ended = this.#now();
    for (const wake of this.#waiting) wake();
  }

  /** Waits in real time until a change has ended; false when it has not by then. */
  async ended(change: ChangeRecord, milliseconds: number, signal: AbortSignal): Promise<boolean> {
    if (isReady(change)) return true;
    const late = new AbortController();
    const stop = AbortSignal.any([signal, late.signal]);
    let wake = (): void => undefined;
    const ready = new Promise<void>((resolve) => {
      wake = (): void => {
        if (isReady(change)) resolve();
      };
    });
    this.#waiting.add(wake);
    try {
      await Promise.race([ready, wait(milliseconds, undefined, { signal: stop }).catch(() => undefined)]);
      return isReady(change);
    } finally {
      this.#waiting.delete(wake);
      late.abort();
    }
  }

  forget(): void {
    this.#changes = new Map();
  }
}

export function isReady({ tasks }: ChangeRecord): boolean {
  return tasks.every(({ status }) => !unfinished.has(status));
}

function statusOf({ tasks }: ChangeRecord): TaskStatus {
  const order: readonly TaskStatus[] = ['Abort', 'Error', 'Doing', 'Do', 'Hold'];
  return order.find((status) => tasks.some((task) => task.status === status)) ?? 'Done';
}

function errorOf({ tasks }: ChangeRecord): string | undefined {
  const failed = tasks
    .filter(({ status }) => status === 'Error')
    .flatMap(({ summary, log }) =>
      log.flatMap((line) => {
        const text = /^\S+ ERROR ([^]*)$/.exec(line)?.[1];
        return text === undefined ? [] : [`\n- ${summary} (${text})`];
      }),
    );
  return failed.length === 0 ? undefined : `cannot perform the following tasks:${failed.join('')}`;
}

/** The change as JSON of the API. */
export function changeJson(change: ChangeRecord): Readonly<Record<string, unknown>> {
  const ready = isReady(change);
  const status = statusOf(change);
  const ends = change.tasks.flatMap(({ ended }) => (ended === undefined ? [] : [ended.getTime()]));
  return {
    id: change.id,
    kind: change.kind,
    summary: change.summary,
    status,
    ...(change.tasks.length > 0 && { tasks: change.tasks.map(taskJson) }),
    ready,
    ...(status === 'Error' && { err: errorOf(change) }),
    'spawn-time': goTime(change.spawned),
    ...(ready && { 'ready-time': goTime(new Date(Math.max(change.spawned.getTime(), ...ends))) }),
  };
}

function taskJson(task: Task): Readonly<Record<string, unknown>> {
  return {
    id: task.id,
    kind: task.kind,
    summary: task.summary,
    status: task.status,
    ...(task.log.length > 0 && { log: task.log }),
    progress: { label: '', done: 1, total: 1 },
    'spawn-time': goTime(task.spawned),
    ...(task.ended !== undefined && { 'ready-time': goTime(task.ended) }),
    data: task.data,
  };
}
