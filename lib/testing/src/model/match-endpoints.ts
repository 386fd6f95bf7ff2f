import { endpointOf } from '../charm/charm-definition.js';
import { TestingError } from '../errors/testing-error.js';
import type { Application } from './application.js';
import type { Relation, RelationSide } from './relation.js';

/** What has to be known of a model to relate two of its applications. */
export interface Relatable {
  readonly relations: ReadonlyMap<number, Relation>;
  application(name: string): Application;
}

/** A side with the interface of its endpoint. */
export type Endpoint = RelationSide & { readonly interface: string };

/**
 * The two endpoints that `a` and `b` mean, each `app` or `app:endpoint`.
 *
 * @throws TestingError `unknown-endpoint` when nothing fits, or more than one pair.
 */
export function matchEndpoints(model: Relatable, a: string, b: string): readonly [Endpoint, Endpoint] {
  const pairs = candidates(model, a, b).filter(([left, right]) => joinable(left, right));
  const [pair, ...more] = pairs;
  if (pair === undefined) throw new TestingError('unknown-endpoint', `no relations found between "${a}" and "${b}"`);
  if (more.length > 0) {
    const choices = pairs.map(([l, r]) => `${l.app}:${l.endpoint} ${r.app}:${r.endpoint}`).join(', ');
    throw new TestingError('unknown-endpoint', `ambiguous relation between "${a}" and "${b}", could be: ${choices}`);
  }
  return pair;
}

/** The living relation between two sides. */
export function findRelation(model: Relatable, pair: readonly RelationSide[]): Relation | undefined {
  return [...model.relations.values()].find(
    (relation) =>
      relation.life === 'alive' &&
      pair.every((side) => relation.sides.some((other) => other.app === side.app && other.endpoint === side.endpoint)),
  );
}

/** The first living relation between what `a` and `b` may mean. */
export function relationBetween(model: Relatable, a: string, b: string): Relation | undefined {
  return candidates(model, a, b)
    .map((pair) => findRelation(model, pair))
    .find((relation) => relation !== undefined);
}

function candidates(model: Relatable, a: string, b: string): readonly (readonly [Endpoint, Endpoint])[] {
  return endpoints(model, a).flatMap((left) => endpoints(model, b).map((right) => [left, right] as const));
}

function endpoints(model: Relatable, reference: string): readonly Endpoint[] {
  const [app = '', named] = reference.split(':');
  const { charm } = model.application(app);
  const names = named === undefined ? [...Object.keys(charm.provides), ...Object.keys(charm.requires)] : [named];
  return names.map((endpoint) => {
    const definition = endpointOf(charm, endpoint);
    if (definition === undefined) {
      throw new TestingError('unknown-endpoint', `application "${app}" has no "${endpoint}" relation`);
    }
    return { app, endpoint, role: definition.role, interface: definition.interface };
  });
}

function joinable(left: Endpoint, right: Endpoint): boolean {
  return (
    left.interface === right.interface &&
    left.role !== right.role &&
    left.role !== 'peers' &&
    right.role !== 'peers' &&
    left.app !== right.app
  );
}
