import { isNativeError } from 'node:util/types';
import { createActionEvent } from '../events/create-action-event.js';
import type { HookEvent } from '../events/hook-event.js';
import { parseHookEvent, type ParsedEvent } from '../events/parse-hook-event.js';
import { DispatchSession } from '../framework/dispatch-session.js';
import { Framework } from '../framework/framework.js';
import { HandlerRegistry } from '../framework/handler-registry.js';
import { PendingCalls } from '../framework/pending-calls.js';
import { readActionParameters } from '../hook-tools/action-tools.js';
import { HookToolSession } from '../hook-tools/hook-tool-session.js';
import { readConfig } from '../hook-tools/unit-tools.js';
import { JujuContext } from '../juju/juju-context.js';
import { Logger } from '../logging/logger.js';
import type { CharmClass } from './charm-base.js';
import type { CharmHost } from './charm-host.js';
import { describeError } from './describe-error.js';

/** How a dispatch ended: Juju keeps what the charm wrote only for exit code 0. */
export interface DispatchOutcome {
  readonly exitCode: number;
  /** What the charm, or this package, threw. */
  readonly error?: unknown;
}

/** Runs a charm once: environment, configuration, charm, handlers, status, state, effects, exit code. Never rejects. */
export const dispatch = async (charm: CharmClass, host: CharmHost): Promise<DispatchOutcome> => {
  const stderr = host.stderr ?? ((text: string) => void process.stderr.write(text));
  const log = new Logger(host.hookTools, { stderr });
  const calls = new PendingCalls();
  try {
    await run(charm, host, log, calls);
    await log.flush();
    return { exitCode: 0 };
  } catch (error) {
    await calls.ended();
    const path = host.environment['JUJU_DISPATCH_PATH'] ?? 'dispatch';
    log.error(`${path} failed: ${describeError(error)}`);
    // Juju shows an action's standard error to whoever ran it, and nobody else's log.
    if (path.startsWith('actions/'))
      stderr(`${path} failed: ${isNativeError(error) ? error.message : String(error)}\n`);
    await log.flush();
    return { exitCode: 1, error };
  }
};

const run = async (charm: CharmClass, host: CharmHost, log: Logger, calls: PendingCalls): Promise<void> => {
  const context = new JujuContext(host.environment);
  const parsed = parseHookEvent(host.environment);
  if (parsed === undefined) {
    log.debug(`${context.dispatchPath}: this charm has no such event`);
    return;
  }
  const tools = new HookToolSession(host.hookTools, calls);
  const [config, event] = await Promise.all([readConfig(tools), complete(parsed, tools)]);
  const session = new DispatchSession({ context, event, tools, calls, config });
  const handlers = new HandlerRegistry();
  const framework = new Framework(host, session, log, handlers);
  new charm(framework);
  await calls.settle('the constructor', log);

  await emit(framework, handlers, event);
  await commit(framework, handlers);
};

const complete = async (parsed: ParsedEvent, tools: HookToolSession): Promise<HookEvent> =>
  parsed.kind === 'action' ? createActionEvent(parsed, await readActionParameters(tools), tools) : parsed;

const emit = async ({ session, log }: Framework, handlers: HandlerRegistry, event: HookEvent): Promise<void> => {
  const found = handlers.handlersFor(event);
  if (found.length === 0) await reportUnobserved(event, log);
  for (const handler of found) {
    await handler.run();
    await session.calls.settle(handler.description, log);
  }
};

/** An action that nobody observes must not look like a success; a hook may well be of no interest. */
const reportUnobserved = async (event: HookEvent, log: Logger): Promise<void> => {
  if (event.kind === 'action') await event.fail(`this version of the charm has no action ${event.name}`);
  else log.debug(`${event.kind}: nothing observes it`);
};

/** What others act on comes last, and what may end this pod last of all. */
const commit = async ({ session, state, log }: Framework, handlers: HandlerRegistry): Promise<void> => {
  const write = async (): Promise<void> => {
    await session.statuses.commit(session.tools);
    await state.commit();
  };
  await write();
  for (let effect = handlers.takeEffect(); effect !== undefined; effect = handlers.takeEffect()) {
    await log.flush();
    await effect();
    await session.calls.settle('the commit', log);
    await write();
  }
};
