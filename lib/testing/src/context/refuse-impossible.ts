import { type CharmDefinition, endpointOf } from '../charm/charm-definition.js';
import { TestingError } from '../errors/testing-error.js';
import type { PebbleCheckEvent, RelationEvent, SecretEvent } from '../model/hook-event.js';
import type { ContextEvent } from './events.js';
import type { ContainerState, State } from './state.js';

/**
 * Refuses what no unit of this charm can meet: a test of it would say nothing. What Juju sends late stays possible: relation-broken
 * when the relation has gone, a check or a secret that was removed after its event was queued (`{ removed: true }`).
 *
 * @throws TestingError with what the state or the charm lacks.
 */
export function refuseImpossible(event: ContextEvent, charm: CharmDefinition, before: State): void {
  for (const name of Object.keys(before.containers)) requireContainer(name, charm);
  if ('relationId' in event) requireRelation(event, charm, before);
  if ('container' in event) requireContainer(event.container, charm);
  if ('check' in event) requireCheck(event, before);
  if ('secretId' in event) requireSecret(event, before);
  if (event.kind === 'action' && charm.actions[event.action] === undefined) {
    const known = choice(Object.keys(charm.actions));
    throw new TestingError('unknown-action', `the charm has no action "${event.action}"${known}`);
  }
}

function requireRelation(event: RelationEvent, charm: CharmDefinition, before: State): void {
  const { kind, endpoint, relationId, remoteApp, remoteUnit } = event;
  if (endpointOf(charm, endpoint) === undefined) {
    const endpoints = [charm.provides, charm.requires, charm.peers].flatMap((role) => Object.keys(role));
    throw new TestingError('unknown-endpoint', `the charm has no endpoint "${endpoint}"${choice(endpoints)}`);
  }
  const found = before.relations.find((each) => each.id === relationId && each.endpoint === endpoint);
  if (found === undefined) {
    if (kind === 'relation-broken') return;
    throw new TestingError(
      'unknown-relation',
      `${kind}: the relation ${endpoint}:${relationId} is not in the state; give it in state({ relations })`,
    );
  }
  if (kind !== 'relation-joined' && kind !== 'relation-departed' && remoteUnit === undefined) return;
  if (remoteUnit === undefined) {
    throw new TestingError('unknown-unit', `${kind}: ${remoteApp} has no unit in the relation; say which: { unit: 0 }`);
  }
  // The one that departs is no member any more.
  if (kind === 'relation-departed' || Object.hasOwn(found.remoteUnitsData, remoteUnit.split('/')[1] ?? '')) return;
  throw new TestingError(
    'unknown-unit',
    `${kind}: ${remoteUnit} is not in the relation ${endpoint}:${relationId}; give it in remoteUnitsData`,
  );
}

function requireContainer(name: string, charm: CharmDefinition): void {
  if (charm.containers[name] !== undefined) return;
  throw new TestingError(
    'unknown-container',
    `the charm has no container "${name}"${choice(Object.keys(charm.containers))}`,
  );
}

/** The plan of a Pebble that does not answer is not known. */
function requireCheck({ kind, container, check, removed }: PebbleCheckEvent & Late, before: State): void {
  const found = before.containers[container];
  if (removed === true || found?.canConnect !== true || checksOf(found).includes(check)) return;
  throw new TestingError(
    'unknown-check',
    `${kind}: container ${container} has no check "${check}"${choice(checksOf(found))}; ` +
      'give it in a layer of the state, or say { removed: true } when the charm has removed it meanwhile',
  );
}

function checksOf({ layers = {} }: ContainerState): readonly string[] {
  return Object.values(layers).flatMap(({ checks }) =>
    typeof checks === 'object' && checks !== null ? Object.keys(checks) : [],
  );
}

function requireSecret({ kind, secretId, removed }: SecretEvent & Late, before: State): void {
  const found = before.secrets.find(({ id }) => id === secretId);
  if (found === undefined) {
    if (removed === true) return;
    throw new TestingError(
      'unknown-secret',
      `${kind}: ${secretId} is not in the state; ` +
        'give it in state({ secrets }), or say { removed: true } when it was removed meanwhile',
    );
  }
  if (kind !== 'secret-changed' && found.owner === undefined) {
    throw new TestingError('bad-argument', `${kind} goes to the owner of a secret, and ${secretId} is a user's`);
  }
}

type Late = Pick<ContextEvent, 'removed'>;

function choice(names: readonly string[]): string {
  return names.length === 0 ? '' : ` (it has ${names.join(', ')})`;
}
