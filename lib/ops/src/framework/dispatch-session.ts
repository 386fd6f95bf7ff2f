import type { HookEvent } from '../events/hook-event.js';
import type { HookToolSession } from '../hook-tools/hook-tool-session.js';
import { readLeadership } from '../hook-tools/unit-tools.js';
import type { JujuContext } from '../juju/juju-context.js';
import type { PendingCalls } from './pending-calls.js';
import { StatusCollection } from './status-collection.js';

/** What the parts of the model share during one dispatch. */
export class DispatchSession {
  readonly context: JujuContext;
  readonly event: HookEvent;
  readonly tools: HookToolSession;
  readonly calls: PendingCalls;
  /** The configuration as Juju gave it. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly statuses = new StatusCollection();
  #leader: Promise<boolean> | undefined;

  constructor(parts: Pick<DispatchSession, 'context' | 'event' | 'tools' | 'calls' | 'config'>) {
    this.context = parts.context;
    this.event = parts.event;
    this.tools = parts.tools;
    this.calls = parts.calls;
    this.config = parts.config;
  }

  /** Whether this unit leads; asked once. */
  isLeader(): Promise<boolean> {
    this.#leader ??= readLeadership(this.tools);
    return this.#leader;
  }
}
