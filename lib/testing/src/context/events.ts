import type { HookEvent, LifecycleEvent, RelationEvent, SecretEvent } from '../model/hook-event.js';
import type { RelationState } from './relation-state.js';
import type { SecretState } from './state.js';

/** Which unit a relation event is about. */
export interface RelationEventDetails {
  /** Number of the remote unit; null: the event is about the application's data. */
  readonly unit?: number | null;
  /** For departed: the unit that leaves, when it is not the remote one. */
  readonly departingUnit?: string;
}

/** Juju sends some events late. */
export interface LateEventDetails {
  /** What the event is about was removed after Juju had queued it, so it is not in the state. */
  readonly removed?: boolean;
}

/** An event for `Context.run`. */
export type ContextEvent = HookEvent & LateEventDetails;

const lifecycle = (kind: LifecycleEvent['kind']) => (): HookEvent => ({ kind });

function relationEvent(kind: RelationEvent['kind'], about: RelationState, details: RelationEventDetails): HookEvent {
  const firstUnit = Object.keys(about.remoteUnitsData)[0];
  const unit = details.unit === undefined ? firstUnit : (details.unit ?? undefined);
  const remoteUnit = unit === undefined ? undefined : `${about.remoteApp}/${unit}`;
  const departing = details.departingUnit ?? remoteUnit;
  return {
    kind,
    endpoint: about.endpoint,
    relationId: about.id,
    remoteApp: about.remoteApp,
    ...(remoteUnit === undefined ? {} : { remoteUnit }),
    ...(kind === 'relation-departed' && departing !== undefined ? { departingUnit: departing } : {}),
  };
}

function secretEvent(
  kind: SecretEvent['kind'],
  { id, label }: SecretState,
  details: LateEventDetails,
  revision?: number,
): ContextEvent {
  return {
    kind,
    secretId: id,
    ...(label === undefined ? {} : { label }),
    ...(revision === undefined ? {} : { revision }),
    ...details,
  };
}

/** The events that can be given to `Context.run`. */
export const events = {
  install: lifecycle('install'),
  start: lifecycle('start'),
  configChanged: lifecycle('config-changed'),
  upgradeCharm: lifecycle('upgrade-charm'),
  stop: lifecycle('stop'),
  remove: lifecycle('remove'),
  updateStatus: lifecycle('update-status'),
  leaderElected: lifecycle('leader-elected'),
  relationCreated: (about: RelationState): HookEvent => relationEvent('relation-created', about, { unit: null }),
  relationJoined: (about: RelationState, details: RelationEventDetails = {}): HookEvent =>
    relationEvent('relation-joined', about, details),
  /** About the application's data unless a unit is named. */
  relationChanged: (about: RelationState, details: RelationEventDetails = { unit: null }): HookEvent =>
    relationEvent('relation-changed', about, details),
  relationDeparted: (about: RelationState, details: RelationEventDetails = {}): HookEvent =>
    relationEvent('relation-departed', about, details),
  /** The relation may have gone already. */
  relationBroken: (about: RelationState): HookEvent => relationEvent('relation-broken', about, { unit: null }),
  pebbleReady: (container: string): HookEvent => ({ kind: 'pebble-ready', container }),
  pebbleCheckFailed: (container: string, check: string, details: LateEventDetails = {}): ContextEvent => ({
    kind: 'pebble-check-failed',
    container,
    check,
    ...details,
  }),
  pebbleCheckRecovered: (container: string, check: string, details: LateEventDetails = {}): ContextEvent => ({
    kind: 'pebble-check-recovered',
    container,
    check,
    ...details,
  }),
  secretChanged: (about: SecretState, details: LateEventDetails = {}): ContextEvent =>
    secretEvent('secret-changed', about, details),
  /** Juju reminds the owner to renew the content. */
  secretRotate: (about: SecretState, details: LateEventDetails = {}): ContextEvent =>
    secretEvent('secret-rotate', about, details),
  /** Nobody tracks this revision any more. */
  secretRemove: (about: SecretState, revision: number, details: LateEventDetails = {}): ContextEvent =>
    secretEvent('secret-remove', about, details, revision),
  secretExpired: (about: SecretState, revision: number, details: LateEventDetails = {}): ContextEvent =>
    secretEvent('secret-expired', about, details, revision),
  action: (action: string, params: Readonly<Record<string, unknown>> = {}): HookEvent => ({
    kind: 'action',
    action,
    id: '1',
    params,
  }),
} as const;

export type EventChoice = (on: typeof events) => ContextEvent;
