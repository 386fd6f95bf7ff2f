import { EnvironmentError } from '../errors/environment-error.js';
import { type Environment, requiredVariable, variable } from '../juju/environment.js';
import type { ActionEvent } from './action-event.js';
import type {
  HookEvent,
  LifecycleEvent,
  PebbleCheckEvent,
  RelationEvent,
  SecretEvent,
  StorageEvent,
} from './hook-event.js';

/** An event as the environment tells it: an action does not have its parameters yet. */
export type ParsedEvent = Exclude<HookEvent, ActionEvent> | Pick<ActionEvent, 'kind' | 'name' | 'id'>;

const lifecycleKinds: readonly LifecycleEvent['kind'][] = [
  'install',
  'start',
  'config-changed',
  'upgrade-charm',
  'stop',
  'remove',
  'update-status',
  'leader-elected',
  'leader-settings-changed',
];

type Parse = (environment: Environment, prefix: string, hook: string) => ParsedEvent;

/** How a hook's name ends, and what it is then. Endpoints and containers may have hyphens themselves, so only the end is looked at. */
const suffixes: readonly (readonly [suffix: string, parse: Parse])[] = [
  ['-relation-created', relation('relation-created')],
  ['-relation-joined', relation('relation-joined')],
  ['-relation-changed', relation('relation-changed')],
  ['-relation-departed', relation('relation-departed')],
  ['-relation-broken', relation('relation-broken')],
  [
    '-pebble-ready',
    (env, prefix, hook) => ({ kind: 'pebble-ready', container: named(env, 'JUJU_WORKLOAD_NAME', prefix, hook) }),
  ],
  ['-pebble-check-failed', pebbleCheck('pebble-check-failed')],
  ['-pebble-check-recovered', pebbleCheck('pebble-check-recovered')],
  ['-pebble-custom-notice', pebbleCustomNotice],
  ['-storage-attached', storage('storage-attached')],
  ['-storage-detaching', storage('storage-detaching')],
];

const secretKinds: readonly SecretEvent['kind'][] = [
  'secret-changed',
  'secret-rotate',
  'secret-expired',
  'secret-remove',
];

/**
 * The event that Juju's environment describes; `undefined` for a hook that this package does not know (one of another Juju).
 * Throws {@link EnvironmentError} when a variable of that kind of event is missing.
 */
export const parseHookEvent = (environment: Environment): ParsedEvent | undefined => {
  const path = requiredVariable(environment, 'JUJU_DISPATCH_PATH', 'every hook and action');
  const [folder, name] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)];
  if (/(^|\/)actions$/.test(folder)) {
    const required = (variableName: string): string => requiredVariable(environment, variableName, `action ${name}`);
    return { kind: 'action', name: required('JUJU_ACTION_NAME'), id: required('JUJU_ACTION_UUID') };
  }
  const lifecycle = lifecycleKinds.find((kind) => kind === name);
  if (lifecycle !== undefined) return { kind: lifecycle };
  const secret = secretKinds.find((kind) => kind === name);
  if (secret !== undefined) return parseSecret(environment, secret);
  const found = suffixes.find(([suffix]) => name.endsWith(suffix) && name.length > suffix.length);
  return found?.[1](environment, name.slice(0, -found[0].length), name);
};

/** The value of a variable that has to agree with the hook's own name. */
function named(environment: Environment, variableName: string, prefix: string, hook: string): string {
  const value = requiredVariable(environment, variableName, hook);
  if (value !== prefix) throw new EnvironmentError(variableName, `is ${value}, but the hook is ${hook}`);
  return value;
}

function relation(kind: RelationEvent['kind']): Parse {
  return (environment, prefix, hook) => {
    const endpoint = named(environment, 'JUJU_RELATION', prefix, hook);
    const id = requiredVariable(environment, 'JUJU_RELATION_ID', hook);
    const relationId = Number(id.slice(id.lastIndexOf(':') + 1));
    if (!Number.isInteger(relationId))
      throw new EnvironmentError('JUJU_RELATION_ID', `is ${id}, not like ${endpoint}:3`);
    const needsUnit = kind === 'relation-joined' || kind === 'relation-departed';
    const remoteUnit = needsUnit
      ? requiredVariable(environment, 'JUJU_REMOTE_UNIT', hook)
      : variable(environment, 'JUJU_REMOTE_UNIT');
    const departingUnit = kind === 'relation-departed' ? variable(environment, 'JUJU_DEPARTING_UNIT') : undefined;
    return {
      kind,
      endpoint,
      relationId,
      remoteApp: requiredVariable(environment, 'JUJU_REMOTE_APP', hook),
      ...(remoteUnit === undefined ? {} : { remoteUnit }),
      ...(departingUnit === undefined ? {} : { departingUnit }),
    };
  };
}

function pebbleCheck(kind: PebbleCheckEvent['kind']): Parse {
  return (environment, prefix, hook) => ({
    kind,
    container: named(environment, 'JUJU_WORKLOAD_NAME', prefix, hook),
    check: requiredVariable(environment, 'JUJU_PEBBLE_CHECK_NAME', hook),
  });
}

function pebbleCustomNotice(environment: Environment, prefix: string, hook: string): ParsedEvent {
  return {
    kind: 'pebble-custom-notice',
    container: named(environment, 'JUJU_WORKLOAD_NAME', prefix, hook),
    noticeId: requiredVariable(environment, 'JUJU_NOTICE_ID', hook),
    noticeType: requiredVariable(environment, 'JUJU_NOTICE_TYPE', hook),
    noticeKey: requiredVariable(environment, 'JUJU_NOTICE_KEY', hook),
  };
}

function storage(kind: StorageEvent['kind']): Parse {
  return (environment, prefix, hook) => ({
    kind,
    storage: prefix,
    storageId: requiredVariable(environment, 'JUJU_STORAGE_ID', hook),
  });
}

function parseSecret(environment: Environment, kind: SecretEvent['kind']): SecretEvent {
  const label = variable(environment, 'JUJU_SECRET_LABEL');
  const needsRevision = kind === 'secret-expired' || kind === 'secret-remove';
  const revision = needsRevision ? requiredVariable(environment, 'JUJU_SECRET_REVISION', kind) : undefined;
  return {
    kind,
    secretId: requiredVariable(environment, 'JUJU_SECRET_ID', kind),
    ...(label === undefined ? {} : { label }),
    ...(revision === undefined ? {} : { revision: Number(revision) }),
  };
}
