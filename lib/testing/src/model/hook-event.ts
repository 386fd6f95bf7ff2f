/** One hook or action that Juju runs for a unit. */
export type HookEvent =
  | LifecycleEvent
  | RelationEvent
  | PebbleReadyEvent
  | PebbleCheckEvent
  | PebbleNoticeEvent
  | SecretEvent
  | StorageEvent
  | ActionEvent;

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

export interface RelationEvent {
  readonly kind: 'relation-created' | 'relation-joined' | 'relation-changed' | 'relation-departed' | 'relation-broken';
  readonly endpoint: string;
  readonly relationId: number;
  readonly remoteApp: string;
  readonly remoteUnit?: string;
  readonly departingUnit?: string;
}

export interface PebbleReadyEvent {
  readonly kind: 'pebble-ready';
  readonly container: string;
}

export interface PebbleCheckEvent {
  readonly kind: 'pebble-check-failed' | 'pebble-check-recovered';
  readonly container: string;
  readonly check: string;
}

export interface PebbleNoticeEvent {
  readonly kind: 'pebble-custom-notice';
  readonly container: string;
  readonly noticeId: string;
  readonly noticeType: string;
  readonly noticeKey: string;
}

export interface SecretEvent {
  readonly kind: 'secret-changed' | 'secret-rotate' | 'secret-expired' | 'secret-remove';
  readonly secretId: string;
  readonly label?: string;
  readonly revision?: number;
}

export interface StorageEvent {
  readonly kind: 'storage-attached' | 'storage-detaching';
  readonly storage: string;
  readonly storageId: string;
  readonly location: string;
}

export interface ActionEvent {
  readonly kind: 'action';
  readonly action: string;
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The name under which Juju runs and logs an event, e.g. `vpn-gateway-relation-changed`. */
export function hookName(event: HookEvent): string {
  switch (event.kind) {
    case 'relation-created':
    case 'relation-joined':
    case 'relation-changed':
    case 'relation-departed':
    case 'relation-broken':
      return `${event.endpoint}-${event.kind}`;
    case 'pebble-ready':
    case 'pebble-check-failed':
    case 'pebble-check-recovered':
    case 'pebble-custom-notice':
      return `${event.container}-${event.kind}`;
    case 'storage-attached':
    case 'storage-detaching':
      return `${event.storage}-${event.kind}`;
    case 'action':
      return event.action;
    default:
      return event.kind;
  }
}

/** Whether two descriptions mean the same hook; used to drop a second request for one that already waits. */
export function sameHook(a: HookEvent, b: HookEvent): boolean {
  return a.kind === b.kind && hookName(a) === hookName(b) && checkOf(a) === checkOf(b) && a.kind !== 'action';
}

function checkOf(event: HookEvent): string {
  switch (event.kind) {
    case 'pebble-check-failed':
    case 'pebble-check-recovered':
      return event.check;
    case 'pebble-custom-notice':
      return event.noticeKey;
    default:
      return '';
  }
}
