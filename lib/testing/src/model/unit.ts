import type { ActionEvent, HookEvent } from './hook-event.js';
import type { Life } from './life.js';
import type { Status } from './status.js';

/** What a unit's agent remembers of one relation. */
export interface RelationMemory {
  /** Remote members that have joined, with the databag version that the last hook saw. */
  readonly members: Map<string, number>;
  appVersion: number;
  changedPending?: string;
  broken: boolean;
}

/** What a unit's agent (the uniter) remembers; it survives a failed or killed hook unchanged, so the hook is due again. */
export class UniterMemory {
  installed = false;
  /** False in a new pod: the charm folder is an emptyDir. */
  charmPresent = false;
  started = false;
  stopped = false;
  configVersion: number | undefined;
  trustVersion: number | undefined;
  address: string | undefined;
  leader = false;
  /** The pod is to be replaced: `stop` is the last hook in it. */
  replacing = false;
  failed: HookEvent | undefined;
  readonly relations = new Map<number, RelationMemory>();
  readonly notifiedSecrets = new Map<string, number>();
  /** `<secret id>/<revision>` of revisions that the owner has been told to remove. */
  readonly notifiedRevisions = new Set<string>();
  /** Containers whose Pebble has come up and whose pebble-ready is due. */
  readonly readyContainers = new Set<string>();
  /** Check and notice events, in order. */
  readonly workloadEvents: HookEvent[] = [];
  readonly actions: ActionEvent[] = [];
  /** Hooks asked for by hand (`update-status`). */
  readonly requested: HookEvent[] = [];

  /** A new pod has come up in the place of the old one. */
  podReplaced(): void {
    this.replacing = false;
    this.charmPresent = false;
    this.started = false;
    this.stopped = false;
    this.readyContainers.clear();
    this.workloadEvents.length = 0;
  }
}

/** A secret that a unit reads, with the revision that it tracks. */
export interface SecretConsumer {
  revision: number;
  label?: string;
}

/** A unit as the controller sees it. */
export class Unit {
  readonly name: string;
  readonly app: string;
  readonly number: number;
  life: Life = 'alive';
  status: Status = { name: 'waiting', message: 'installing agent' };
  workloadVersion = '';
  /** Of its pod; '' while there is none. */
  address = '';
  /** Open ports as Juju writes them, `8080/tcp`. */
  readonly ports = new Set<string>();
  /** `state-get` and `state-set`: survives the pod. */
  readonly state = new Map<string, string>();
  readonly consumes = new Map<string, SecretConsumer>();
  readonly memory = new UniterMemory();

  constructor(app: string, number: number) {
    this.app = app;
    this.number = number;
    this.name = `${app}/${number}`;
  }
}
