import { randomBytes } from 'node:crypto';
import type { ConfigValue } from '../charm/charm-definition.js';
import type { PlainObject } from '../juju-objects/plain-object.js';
import type { Status } from '../model/status.js';
import type { PodCase, PodCaseName } from '../simulation/pod-case.js';
import type { RelationState } from './relation-state.js';

/** A workload container before an event. */
export interface ContainerState {
  /** Whether its Pebble answers. */
  readonly canConnect: boolean;
  /** Text of files by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Layers of its plan, by label, as Pebble's YAML has them. */
  readonly layers?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Services of the plan that run. */
  readonly running?: readonly string[];
}

/** A secret: the user's, or one that the charm owns. */
export interface SecretState {
  readonly id: string;
  readonly content: Readonly<Record<string, string>>;
  /** Whether the charm may read a user's secret. */
  readonly granted: boolean;
  /** Whose it is; the user's by default. */
  readonly owner?: 'application' | 'unit';
  /** The owner's name for it. */
  readonly label?: string;
  /** `never` by default. */
  readonly rotation?: string;
}

/** What a unit and its surroundings are like before an event. */
export interface State<C extends Readonly<Record<string, ContainerState>> = Readonly<Record<string, ContainerState>>> {
  readonly leader: boolean;
  /** Cluster access; true by default. */
  readonly trust: boolean;
  readonly plannedUnits: number;
  readonly config: Readonly<Record<string, ConfigValue>>;
  readonly relations: readonly RelationState[];
  readonly containers: C;
  readonly secrets: readonly SecretState[];
  /** Names of the optional storages that were asked for. */
  readonly storage: readonly string[];
  /** What `state-get` gives. */
  readonly storedState: Readonly<Record<string, string>>;
  readonly unitStatus: Status;
  /** What the pod's network looks like; by default what the pod template makes of it. */
  readonly pod: PodCaseName | PodCase | undefined;
  /** Objects in the cluster on top of Juju's own and in their place. */
  readonly kubernetes: { readonly objects: readonly PlainObject[] };
}

/** Containers by name. */
export type Containers = Readonly<Record<string, ContainerState>>;

/**
 * Describes a state; everything that is not named has a plain default.
 *
 * @example
 * state({ leader: true, containers: { sabnzbd: { canConnect: true } } });
 */
export function state<C extends Containers>(given: Partial<State<C>> & { readonly containers: C }): State<C>;
export function state(given?: Omit<Partial<State>, 'containers'>): State;
export function state(given: Partial<State> = {}): State {
  return {
    leader: false,
    trust: true,
    plannedUnits: 1,
    config: {},
    relations: [],
    containers: {},
    secrets: [],
    storage: [],
    storedState: {},
    unitStatus: { name: 'unknown', message: '' },
    pod: undefined,
    kubernetes: { objects: [] },
    ...given,
  };
}

/** Describes a secret: a user's, whose `id` goes into the configuration, or with `owner` one that the charm has made. */
export function secret(
  content: Readonly<Record<string, string>>,
  { granted = true, ...details }: Partial<Omit<SecretState, 'id' | 'content'>> = {},
): SecretState {
  const letters = [...randomBytes(20)].map((byte) => (byte % 32).toString(32)).join('');
  return { id: `secret:${letters}`, content, granted, ...details };
}
