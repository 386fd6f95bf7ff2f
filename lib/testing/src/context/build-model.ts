import type { CharmDefinition } from '../charm/charm-definition.js';
import { endpointOf } from '../charm/charm-definition.js';
import { TestingError } from '../errors/testing-error.js';
import type { Journal } from '../journal/journal.js';
import { JujuModel } from '../model/juju-model.js';
import { networkSettings } from '../model/network-settings.js';
import { Relation } from '../model/relation.js';
import { Secret } from '../model/secret.js';
import type { Unit } from '../model/unit.js';
import type { RelationState } from './relation-state.js';
import type { State } from './state.js';

export interface ModelSetUp {
  readonly charm: CharmDefinition;
  readonly app: string;
  readonly modelName: string;
  readonly jujuVersion: string;
  readonly journal: Journal;
  readonly state: State;
}

/** A model that is as the state says, with one unit of the charm under test. */
export function buildModel(setUp: ModelSetUp): { readonly model: JujuModel; readonly unit: Unit } {
  const { state, charm, app } = setUp;
  const model = new JujuModel({ name: setUp.modelName, jujuVersion: setUp.jujuVersion, journal: setUp.journal });
  const application = model.deploy({ ...charm, peers: {} }, app, {
    units: Math.max(1, state.plannedUnits),
    trust: state.trust,
    config: state.config,
    storage: state.storage,
    resources: Object.fromEntries(
      Object.entries(charm.resources)
        .filter(([, { upstreamSource }]) => upstreamSource === undefined)
        .map(([name]) => [name, `registry.invalid/${name}`]),
    ),
  });
  const [unit] = application.units;
  if (unit === undefined) throw new TestingError('unknown-unit', `${app} has no unit`);
  // A model in which no unit is planned is one whose application is going away.
  if (state.plannedUnits === 0) unit.life = 'dying';
  application.leader = state.leader ? unit.name : `${app}/1`;
  unit.memory.installed = true;
  unit.memory.leader = state.leader;
  unit.address = '10.1.0.10';
  unit.status = state.unitStatus;
  for (const [key, value] of Object.entries(state.storedState)) unit.state.set(key, value);
  for (const { id, content, granted, owner, label, rotation } of state.secrets) {
    const stored = new Secret(id.replace(/^secret:/, ''), content, {
      owner: owner === undefined ? 'model' : owner === 'unit' ? unit.name : app,
      label: label ?? (owner === undefined ? id : ''),
      ...(rotation === undefined ? {} : { rotation }),
    });
    if (granted && owner === undefined) stored.grants.add(app);
    model.secrets.set(stored.id, stored);
  }
  for (const described of state.relations) addRelation(model, unit, charm, described);
  return { model, unit };
}

function addRelation(model: JujuModel, unit: Unit, charm: CharmDefinition, described: RelationState): void {
  const { endpoint, id, remoteApp } = described;
  const definition = endpointOf(charm, endpoint);
  if (definition === undefined) {
    throw new TestingError('unknown-endpoint', `the charm has no endpoint "${endpoint}"`);
  }
  const own = { app: unit.app, endpoint, role: definition.role };
  const remoteRole = definition.role === 'provides' ? ('requires' as const) : ('provides' as const);
  const sides = definition.role === 'peers' ? [own] : [own, { app: remoteApp, endpoint, role: remoteRole }];
  const relation = new Relation(id, definition.interface, sides);
  const remote = relation.remoteAppOf(unit.app);
  relation.bag(unit.app).update(described.localAppData);
  relation.bag(unit.name).update({ ...networkSettings(unit), ...described.localUnitData });
  if (!relation.isPeer) relation.bag(remote).update(described.remoteAppData);
  const members = new Map<string, number>();
  for (const [number, data] of Object.entries(described.remoteUnitsData)) {
    const name = `${remote}/${number}`;
    if (name === unit.name) continue;
    relation.bag(name).update(data);
    relation.scope.add(name);
    members.set(name, 1);
  }
  relation.scope.add(unit.name);
  unit.memory.relations.set(id, { members, appVersion: 1, broken: false });
  model.relations.set(id, relation);
}
