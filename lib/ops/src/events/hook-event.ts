import type { ActionEvent } from './action-event.js';

/** Hooks of the unit's life that carry no data. */
export interface LifecycleEvent {
  readonly kind:
    | 'install'
    | 'start'
    | 'config-changed'
    | 'upgrade-charm'
    | 'stop'
    | 'remove'
    | 'update-status'
    | 'leader-elected'
    | 'leader-settings-changed';
}

/** Something happened to a relation. */
export interface RelationEvent {
  readonly kind: 'relation-created' | 'relation-joined' | 'relation-changed' | 'relation-departed' | 'relation-broken';
  readonly endpoint: string;
  readonly relationId: number;
  readonly remoteApp: string;
  /** The unit that the event is about; absent for created, broken, and a change of application data. */
  readonly remoteUnit?: string;
  /** Who leaves; only in `relation-departed`. May be this unit. */
  readonly departingUnit?: string;
}

/** Pebble answers in a container (again). */
export interface PebbleReadyEvent {
  readonly kind: 'pebble-ready';
  readonly container: string;
}

/** A Pebble check reached its threshold of failures, or passes again. */
export interface PebbleCheckEvent {
  readonly kind: 'pebble-check-failed' | 'pebble-check-recovered';
  readonly container: string;
  readonly check: string;
}

/** Somebody called `pebble notify` in a container. */
export interface PebbleCustomNoticeEvent {
  readonly kind: 'pebble-custom-notice';
  readonly container: string;
  readonly noticeId: string;
  readonly noticeType: string;
  readonly noticeKey: string;
}

/** A secret changed, or its owner has to act on it. */
export interface SecretEvent {
  readonly kind: 'secret-changed' | 'secret-rotate' | 'secret-expired' | 'secret-remove';
  readonly secretId: string;
  readonly label?: string;
  /** Only for expired and remove. */
  readonly revision?: number;
}

/** A storage was attached, or is about to go. */
export interface StorageEvent {
  readonly kind: 'storage-attached' | 'storage-detaching';
  readonly storage: string;
  /** `<storage>/<number>`. */
  readonly storageId: string;
}

/**
 * Why Juju called the charm. `kind` has Juju's own names.
 *
 * @example
 * ```ts
 * if (framework.event.kind === 'relation-departed') log.info(`${framework.event.departingUnit} leaves`);
 * ```
 */
export type HookEvent =
  | LifecycleEvent
  | RelationEvent
  | PebbleReadyEvent
  | PebbleCheckEvent
  | PebbleCustomNoticeEvent
  | SecretEvent
  | StorageEvent
  | ActionEvent;
