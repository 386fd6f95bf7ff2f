import { changeJson, isReady, type ChangeLog } from '../change-log.js';
import type { CheckManager, CheckState } from '../check-manager.js';
import { durationMs, durationText } from '../go-time.js';
import type { PlanManager } from '../plan/plan-manager.js';
import { Refused } from '../refused.js';
import type { ServiceManager, ServiceState } from '../service-manager.js';
import { Payload } from './payload.js';
import type { ApiRequest, Reply } from './reply.js';

/** What the routes of plan, services, checks and changes need. */
export interface ApiParts {
  readonly plan: PlanManager;
  readonly services: ServiceManager;
  readonly checks: CheckManager;
  readonly changes: ChangeLog;
  readonly systemInfo: () => Readonly<Record<string, unknown>>;
}

type Handler = (request: ApiRequest, parts: ApiParts) => Reply | Promise<Reply>;

/** Handlers by method and path; the change's id is what `*` stands for. */
export const apiRoutes: Readonly<Record<string, Handler>> = {
  'GET /v1/system-info': (_request, { systemInfo }) => sync(systemInfo()),
  'GET /v1/health': getHealth,
  'GET /v1/plan': getPlan,
  'POST /v1/layers': addLayer,
  'GET /v1/services': ({ query }, { services }) => sync(services.states(list(query, 'names')).map(serviceJson)),
  'POST /v1/services': postServices,
  'GET /v1/checks': getChecks,
  'POST /v1/checks': postChecks,
  'GET /v1/changes': getChanges,
  'GET /v1/changes/*': (request, { changes }) => sync(changeJson(findChange(changes, request))),
  'GET /v1/changes/*/wait': waitChange,
};

function sync(result: unknown): Reply {
  return { kind: 'sync', result };
}

function list(query: URLSearchParams, key: string): readonly string[] {
  return query
    .getAll(key)
    .flatMap((value) => value.split(','))
    .filter((name) => name !== '');
}

function getHealth({ query }: ApiRequest, { checks }: ApiParts): Reply {
  const level = levelOf(query);
  const levels = level === 'ready' ? ['alive', 'ready'] : [level];
  const considered = checks
    .states(list(query, 'names'))
    .filter((check) => level === '' || levels.includes(check.level ?? ''));
  const healthy = considered.every(({ status }) => status !== 'down');
  return { kind: 'sync', result: { healthy }, status: healthy ? 200 : 502 };
}

function levelOf(query: URLSearchParams): string {
  const level = query.get('level') ?? '';
  if (!['', 'alive', 'ready'].includes(level)) throw new Refused('level must be "alive" or "ready"');
  return level;
}

function getPlan({ query }: ApiRequest, { plan }: ApiParts): Reply {
  const format = query.get('format') ?? '';
  if (format !== 'yaml') throw new Refused(`invalid format "${format}"`);
  return sync(plan.yaml());
}

function addLayer({ body }: ApiRequest, { plan }: ApiParts): Reply {
  const payload = Payload.parse(body);
  if (payload.text('action') !== 'add') throw new Refused(`invalid action "${payload.text('action')}"`);
  if (payload.text('label') === '') throw new Refused('label must be set');
  if (payload.text('format') !== 'yaml') throw new Refused(`invalid format "${payload.text('format')}"`);
  plan.add(payload.text('label'), payload.text('layer'), payload.flag('combine'));
  return sync(true);
}

function serviceJson({ name, startup, current, currentSince }: ServiceState): Readonly<Record<string, unknown>> {
  return { name, startup, current, 'current-since': currentSince };
}

function postServices({ body }: ApiRequest, { services, checks }: ApiParts): Reply {
  const payload = Payload.parse(body);
  const action = payload.text('action');
  const names = payload.texts('services');
  const alone = action === 'replan' || action === 'autostart';
  if (alone && names.length > 0) throw new Refused(`${action} accepts no service names`);
  if (!alone && names.length === 0) throw new Refused(`must specify services for ${action} action`);
  const change = performServices(action, names, services);
  if (action === 'replan') checks.replan();
  return { kind: 'async', change: change.id };
}

function performServices(action: string, names: readonly string[], services: ServiceManager): { readonly id: string } {
  try {
    switch (action) {
      case 'start':
        return services.start(names);
      case 'stop':
        return services.stop(names);
      case 'restart':
        return services.restart(names);
      case 'replan':
        return services.replan();
      case 'autostart':
        return services.autostart() ?? noDefaultServices();
    }
  } catch (error) {
    if (!(error instanceof Refused) || error.kind !== undefined) throw error;
    throw new Refused(`cannot ${action} services: ${error.message}`);
  }
  throw new Refused(`invalid action "${action}"`);
}

function noDefaultServices(): never {
  throw new Refused('no default services', 400, 'no-default-services');
}

function getChecks({ query }: ApiRequest, { checks }: ApiParts): Reply {
  return sync(checks.states(list(query, 'names'), levelOf(query)).map(checkJson));
}

function checkJson({ changeId, prevChangeId, failures, ...check }: CheckState): Readonly<Record<string, unknown>> {
  return {
    ...check,
    ...(failures > 0 && { failures }),
    'change-id': changeId,
    'prev-change-id': prevChangeId,
  };
}

function postChecks({ body }: ApiRequest, { checks }: ApiParts): Reply {
  const payload = Payload.parse(body);
  const action = payload.text('action');
  const names = payload.texts('checks');
  if (names.length === 0) throw new Refused(`must specify checks for ${action} action`);
  if (action !== 'start' && action !== 'stop') throw new Refused(`invalid action "${action}"`);
  return sync({ changed: checks[action](names) });
}

function getChanges({ query }: ApiRequest, { changes }: ApiParts): Reply {
  const select = query.get('select') ?? 'in-progress';
  if (!['all', 'in-progress', 'ready'].includes(select)) {
    throw new Refused('select should be one of: all,in-progress,ready');
  }
  const service = query.get('for') ?? '';
  const selected = changes
    .all()
    .filter((change) => select === 'all' || isReady(change) === (select === 'ready'))
    .filter((change) => service === '' || change.services.includes(service));
  return sync(selected.map(changeJson));
}

function findChange(changes: ChangeLog, { path }: ApiRequest): ReturnType<ChangeLog['add']> {
  const id = decodeURIComponent(path.split('/')[3] ?? '');
  const change = changes.get(id);
  if (change === undefined) throw new Refused(`cannot find change with id "${id}"`, 404);
  return change;
}

async function waitChange(request: ApiRequest, { changes }: ApiParts): Promise<Reply> {
  const change = findChange(changes, request);
  const timeout = request.query.get('timeout') ?? '';
  // Longest wait of a timer; Pebble itself waits for ever without a time-out.
  const milliseconds = timeout === '' ? 2 ** 31 - 1 : durationMs(timeout);
  if (milliseconds === undefined) throw new Refused(`invalid timeout: time: invalid duration "${timeout}"`);
  if (await changes.ended(change, milliseconds, request.signal)) return sync(changeJson(change));
  throw new Refused(`timed out waiting for change after ${durationText(milliseconds)}`, 504);
}
