import type { Application } from './application.js';
import type { Relation } from './relation.js';

/** The parts of a model from which the dead are taken. */
export interface Living {
  readonly applications: Map<string, Application>;
  readonly relations: Map<number, Relation>;
}

/** Takes what is dead out of the model; a leader that has gone gets a successor. */
export function reap(model: Living): void {
  for (const application of model.applications.values()) {
    for (const unit of application.units) {
      if (unit.life === 'dying' && !unit.memory.installed) unit.life = 'dead';
    }
    const alive = application.units.filter((unit) => unit.life !== 'dead');
    application.units.splice(0, application.units.length, ...alive);
    if (!alive.some((unit) => unit.name === application.leader)) application.leader = alive[0]?.name;
    if (application.life === 'dying' && alive.length === 0) forget(model, application);
  }
  for (const relation of model.relations.values()) {
    if (relation.life === 'dying' && !hasParticipants(model, relation)) model.relations.delete(relation.id);
  }
}

function forget({ applications, relations }: Living, { name }: Application): void {
  applications.delete(name);
  for (const relation of relations.values()) {
    if (relation.isPeer && relation.sideOf(name) !== undefined) relations.delete(relation.id);
  }
}

function hasParticipants({ applications }: Living, { id }: Relation): boolean {
  return [...applications.values()].some(({ units }) =>
    units.some((unit) => unit.memory.relations.get(id)?.broken === false),
  );
}
