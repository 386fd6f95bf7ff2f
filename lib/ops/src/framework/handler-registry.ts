import type { EventSource } from '../events/event-source.js';
import type { HookEvent } from '../events/hook-event.js';

/** A handler with the name of what it observes. */
export interface Handler {
  readonly description: string;
  run(): Promise<void>;
}

interface Registration {
  readonly description: string;
  handlerFor(event: HookEvent): Handler | undefined;
}

/** Who wants which events, and what is left for the end of the dispatch. */
export class HandlerRegistry {
  readonly #registrations: Registration[] = [];
  readonly #effects: (() => Promise<void>)[] = [];

  add<E extends HookEvent>(source: EventSource<E>, handler: (event: E) => Promise<void>): void {
    this.#registrations.push({
      description: source.description,
      handlerFor: (event) =>
        source.matches(event) ? { description: source.description, run: () => handler(event) } : undefined,
    });
  }

  /** Handlers of an event, in order of registration. */
  handlersFor(event: HookEvent): readonly Handler[] {
    return this.#registrations.flatMap((registration) => registration.handlerFor(event) ?? []);
  }

  atCommit(effect: () => Promise<void>): void {
    this.#effects.push(effect);
  }

  /** Takes the oldest effect that has not run; an effect may register another. */
  takeEffect(): (() => Promise<void>) | undefined {
    return this.#effects.shift();
  }
}
