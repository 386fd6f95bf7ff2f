import type { HookEvent } from './hook-event.js';

/** The events of one kind, for {@link HookEvent}s that may be a union inside. */
export type EventOf<K extends HookEvent['kind']> = HookEvent & { readonly kind: K };

/** Something that a charm can observe. */
export interface EventSource<E extends HookEvent> {
  /** As an operator would name it, e.g. `vpn-gateway-relation-changed`. */
  readonly description: string;
  /** Whether this is one of its events. */
  matches(event: HookEvent): event is E;
}

/** A source of the events of one kind that also satisfy `accepts`. */
export const eventSource = <K extends HookEvent['kind']>(
  kind: K,
  description: string = kind,
  accepts: (event: EventOf<K>) => boolean = () => true,
): EventSource<EventOf<K>> => {
  const isOfKind = (event: HookEvent): event is EventOf<K> => event.kind === kind;
  return {
    description,
    matches: (event): event is EventOf<K> => isOfKind(event) && accepts(event),
  };
};
