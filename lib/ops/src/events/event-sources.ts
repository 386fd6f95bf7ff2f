import type {
  ActionName,
  CharmMetadata,
  ContainerName,
  EndpointName,
  StorageName,
} from '../metadata/charm-metadata.js';
import type { ActionEvent } from './action-event.js';
import { type EventOf, type EventSource, eventSource } from './event-source.js';

/** What can be observed on an endpoint. */
export interface RelationSources {
  readonly created: EventSource<EventOf<'relation-created'>>;
  readonly joined: EventSource<EventOf<'relation-joined'>>;
  readonly changed: EventSource<EventOf<'relation-changed'>>;
  readonly departed: EventSource<EventOf<'relation-departed'>>;
  readonly broken: EventSource<EventOf<'relation-broken'>>;
}

/** What can be observed on a container. */
export interface ContainerSources {
  readonly pebbleReady: EventSource<EventOf<'pebble-ready'>>;
  readonly checkFailed: EventSource<EventOf<'pebble-check-failed'>>;
  readonly checkRecovered: EventSource<EventOf<'pebble-check-recovered'>>;
  readonly customNotice: EventSource<EventOf<'pebble-custom-notice'>>;
}

/** What can be observed on a storage. */
export interface StorageSources {
  readonly attached: EventSource<EventOf<'storage-attached'>>;
  readonly detaching: EventSource<EventOf<'storage-detaching'>>;
}

/**
 * What a charm can observe, as `charm.on`. Names come from the metadata, so a wrong one does not compile.
 *
 * @example
 * ```ts
 * framework.observe(this.on.action('rotate-server'), this.rotateServer);
 * framework.observe(this.on.relation('vpn-gateway').broken, this.forget);
 * ```
 */
export class EventSources<M extends CharmMetadata> {
  readonly install = eventSource('install');
  readonly start = eventSource('start');
  readonly stop = eventSource('stop');
  readonly remove = eventSource('remove');
  readonly configChanged = eventSource('config-changed');
  readonly upgradeCharm = eventSource('upgrade-charm');
  readonly updateStatus = eventSource('update-status');
  readonly leaderElected = eventSource('leader-elected');
  readonly leaderSettingsChanged = eventSource('leader-settings-changed');
  readonly secretChanged = eventSource('secret-changed');
  readonly secretRotate = eventSource('secret-rotate');
  readonly secretExpired = eventSource('secret-expired');
  readonly secretRemove = eventSource('secret-remove');

  /** Runs of an action. */
  action(name: ActionName<M>): EventSource<ActionEvent> {
    return eventSource('action', `action ${name}`, (event) => event.name === name);
  }

  /** Events of an endpoint. */
  relation(endpoint: EndpointName<M>): RelationSources {
    const of = <K extends `relation-${keyof RelationSources}`>(kind: K): EventSource<EventOf<K>> =>
      eventSource(kind, `${endpoint}-${kind}`, (event) => 'endpoint' in event && event.endpoint === endpoint);
    return {
      created: of('relation-created'),
      joined: of('relation-joined'),
      changed: of('relation-changed'),
      departed: of('relation-departed'),
      broken: of('relation-broken'),
    };
  }

  /** Events of a container. */
  container(name: ContainerName<M>): ContainerSources {
    const of = <K extends `pebble-${'ready' | 'check-failed' | 'check-recovered' | 'custom-notice'}`>(
      kind: K,
    ): EventSource<EventOf<K>> =>
      eventSource(kind, `${name}-${kind}`, (event) => 'container' in event && event.container === name);
    return {
      pebbleReady: of('pebble-ready'),
      checkFailed: of('pebble-check-failed'),
      checkRecovered: of('pebble-check-recovered'),
      customNotice: of('pebble-custom-notice'),
    };
  }

  /** Events of a storage. */
  storage(name: StorageName<M>): StorageSources {
    const of = <K extends `storage-${keyof StorageSources}`>(kind: K): EventSource<EventOf<K>> =>
      eventSource(kind, `${name}-${kind}`, (event) => 'storage' in event && event.storage === name);
    return { attached: of('storage-attached'), detaching: of('storage-detaching') };
  }
}
