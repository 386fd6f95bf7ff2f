import type { ActionOutcome, LogLine } from '../hook-tools/hook-context.js';
import type { HookToolInvocation } from '../hook-tools/hook-tool.js';
import type { JournalEntry } from '../journal/journal.js';
import type { PlainObject } from '../juju-objects/plain-object.js';
import type { Status } from '../model/status.js';
import type { CheckState, PebbleDaemon } from '../pebble/index.js';
import type { ClusterWrite } from '../pod/cluster.js';
import type { RelationState } from './relation-state.js';
import type { ContainerState, SecretState, State } from './state.js';

/** A workload container after an event. */
export interface ContainerOutcome {
  /** Service → `active`, `inactive`, `backoff` or `error`. */
  readonly services: Readonly<Record<string, string>>;
  readonly checks: readonly CheckState[];
  readonly plan: PebbleDaemon['plan'];
  /** The text of a file, undefined when there is none. */
  read(path: string): string | undefined;
  /** The mode of a file, `0o600`. */
  mode(path: string): number | undefined;
}

/** Everything that one event has brought about. */
export interface Outcome<C extends Readonly<Record<string, ContainerState>>> {
  readonly exitCode: number;
  /** What the charm threw; only with `allowFailure`. */
  readonly error?: unknown;
  readonly unitStatus: Status;
  readonly applicationStatus: Status;
  readonly workloadVersion: string;
  readonly ports: readonly string[];
  readonly containers: { readonly [K in keyof C]: ContainerOutcome };
  readonly relations: readonly RelationState[];
  /** The same relation after the event. */
  relation(before: RelationState): RelationState;
  readonly storedState: Readonly<Record<string, string>>;
  /** The secrets that the charm owns, with their latest content. */
  readonly secrets: readonly SecretState[];
  readonly kubernetes: {
    /** Accepted writes, in order. */
    readonly writes: readonly ClusterWrite[];
    readonly objects: readonly PlainObject[];
    /** An object of the model's namespace, or one without a namespace. */
    get(kind: string, name: string): PlainObject | undefined;
  };
  readonly action: ActionOutcome | undefined;
  readonly logs: readonly LogLine[];
  /** Command lines of the hook tools, in order. */
  readonly hookTools: readonly HookToolInvocation[];
  readonly journal: readonly JournalEntry[];
  /** The state to give to the next `run`: databags, stored state, objects, files; layers and running services are kept too. */
  readonly state: State<C>;
}
