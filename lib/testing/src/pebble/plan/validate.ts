import { Refused } from '../refused.js';
import { serviceOrder } from './service-order.js';
import type { CheckConfig, LogTargetConfig, Sections, ServiceConfig, StoredLayer } from './sections.js';

const actions: readonly unknown[] = ['restart', 'shutdown', 'ignore'];
const targetTypes: readonly string[] = ['loki', 'opentelemetry', 'syslog'];

/** Refuses a layer that is wrong in itself. */
export function validateLayer(layer: StoredLayer): void {
  try {
    if (layer.label.startsWith('pebble-')) throw new Refused('cannot use reserved label prefix "pebble-"');
    for (const [name, service] of Object.entries(layer.services)) validateService(name, service);
    for (const [name, check] of Object.entries(layer.checks)) validateCheck(name, check);
    for (const [name, target] of Object.entries(layer.logTargets)) validateLogTarget(name, target);
  } catch (error) {
    throw error instanceof Refused ? new Refused(`cannot parse layer YAML: ${error.message}`) : error;
  }
}

function validateService(name: string, service: ServiceConfig): void {
  if (name === '') throw new Refused('cannot use empty string as service name');
  if (name === 'pebble') throw new Refused(`cannot use reserved service name "${name}"`);
  if (name.startsWith('-')) throw new Refused(`cannot use service name "${name}": starting with "-" not allowed`);
  if (unbalanced(service.command ?? '')) {
    throw new Refused(
      `plan service "${name}" command invalid: cannot parse service "${name}" command: EOF found when expecting closing quote`,
    );
  }
  validateAction(name, 'on-success', service['on-success'], 'failure-shutdown');
  validateAction(name, 'on-failure', service['on-failure'], 'success-shutdown');
  for (const action of Object.values(service['on-check-failure'] ?? {})) {
    validateAction(name, 'on-check-failure', action, 'success-shutdown');
  }
  const factor = service['backoff-factor'];
  if (factor !== undefined && factor < 1) {
    throw new Refused(`plan service "${name}" backoff-factor must be 1.0 or greater, not ${factor}`);
  }
}

function validateAction(name: string, key: string, action: string | undefined, extra: string): void {
  if (action === undefined || action === extra || actions.includes(action)) return;
  throw new Refused(`plan service "${name}" ${key} action "${action}" invalid`);
}

function validateCheck(name: string, check: CheckConfig): void {
  const level: string | undefined = check.level;
  const startup: string | undefined = check.startup;
  if (name === '') throw new Refused('cannot use empty string as check name');
  if (!['alive', 'ready', undefined].includes(level)) {
    throw new Refused(`plan check "${name}" level must be "alive" or "ready"`);
  }
  if (!['enabled', 'disabled', undefined].includes(startup)) {
    throw new Refused(`plan check "${name}" startup must be "enabled" or "disabled"`);
  }
  if (check.period === '0s') throw new Refused(`plan check "${name}" period must not be zero`);
  if (check.timeout === '0s') throw new Refused(`plan check "${name}" timeout must not be zero`);
  if (unbalanced(check.exec?.command ?? '')) {
    throw new Refused(`plan check "${name}" command invalid: EOF found when expecting closing quote`);
  }
}

function validateLogTarget(name: string, { type, labels }: LogTargetConfig): void {
  const reserved = Object.keys(labels ?? {}).find((label) => label.startsWith('pebble_'));
  if (reserved !== undefined) {
    throw new Refused(`log target "${name}": label "${reserved}" uses reserved prefix "pebble_"`);
  }
  if (type === undefined || targetTypes.includes(type)) return;
  throw new Refused(`log target "${name}" has unsupported type "${type}", must be "loki", "opentelemetry" or "syslog"`);
}

function validateCombinedTarget(name: string, { type, services, location }: LogTargetConfig, plan: Sections): void {
  if (type === undefined) {
    throw new Refused(`plan must define "type" ("loki", "opentelemetry" or "syslog") for log target "${name}"`);
  }
  const unknown = (services ?? [])
    .map((service) => service.replace(/^-/, ''))
    .find((service) => service !== 'all' && !Object.hasOwn(plan.services, service));
  if (unknown !== undefined) throw new Refused(`log target "${name}" specifies unknown service "${unknown}"`);
  if (location === undefined) throw new Refused(`plan must define "location" for log target "${name}"`);
}

function unbalanced(command: string): boolean {
  return command.replaceAll(/\\.|'[^']*'|"(?:[^"\\]|\\[^])*"/g, '').search(/["']/) !== -1;
}

/** Refuses a plan that layers combine to. */
export function validatePlan(plan: Sections): void {
  for (const [name, service] of Object.entries(plan.services)) {
    if (service.command === undefined) throw new Refused(`plan must define "command" for service "${name}"`);
  }
  for (const [name, check] of Object.entries(plan.checks)) validateCheckType(name, check, plan);
  for (const [name, target] of Object.entries(plan.logTargets)) validateCombinedTarget(name, target, plan);
  serviceOrder(plan.services, Object.keys(plan.services), 'start');
}

function validateCheckType(name: string, { http, tcp, exec }: CheckConfig, plan: Sections): void {
  if (http !== undefined && http.url === undefined) throw new Refused(`plan must set "url" for http check "${name}"`);
  if (tcp !== undefined && tcp.port === undefined) throw new Refused(`plan must set "port" for tcp check "${name}"`);
  if (exec !== undefined && exec.command === undefined) {
    throw new Refused(`plan must set "command" for exec check "${name}"`);
  }
  const context = exec?.['service-context'];
  if (context !== undefined && !Object.hasOwn(plan.services, context)) {
    throw new Refused(`plan check "${name}" service context specifies non-existent service "${context}"`);
  }
  if ([http, tcp, exec].filter((type) => type !== undefined).length !== 1) {
    throw new Refused(`plan must specify one of "http", "tcp", or "exec" for check "${name}"`);
  }
}
