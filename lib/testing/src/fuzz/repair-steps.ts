import {
  applicationsOf,
  configStep,
  grantStep,
  integrateStep,
  relationsOf,
  resetStep,
  restoreSecretStep,
  scaleStep,
  trustStep,
} from './operator-steps.js';
import type { Outlook, StepKind } from './outlook.js';
import type { RecipeApplication, RecipeSecret } from './recipe.js';
import type { Step } from './step.js';
import { containerStep, containersOf, networkAsIsStep, unitsOf, vpnStep } from './world-steps.js';

/** Something that is not as it was deployed becomes so again: a model that is broken all over shows little. */
export const repairSteps: readonly StepKind[] = [
  { weight: 24, propose: (outlook) => outlook.dice.pick(repairs(outlook)) },
];

function repairs({ sandbox, recipe }: Outlook): readonly Step[] {
  const related = relationsOf(sandbox).map((sides) => [...sides].sort().join(' '));
  return [
    ...recipe.applications.flatMap((application) => applicationRepairs({ sandbox }, application)),
    ...recipe.relations
      .filter((sides) => !related.includes([...sides].sort().join(' ')))
      .map(([a, b]) => integrateStep(a, b)),
    ...recipe.secrets.flatMap((secret) => secretRepairs({ sandbox }, secret)),
    ...unitsOf(sandbox).flatMap((unit) => {
      const pod = sandbox.pod(unit.name);
      return [
        ...containersOf(sandbox, unit)
          .filter((name) => !pod.container(name).running)
          .map((name) => containerStep(unit.name, name, 'up')),
        ...(pod.vpn === 'down' ? [vpnStep(unit.name, 'up')] : []),
        ...(pod.isForced ? [networkAsIsStep(unit.name)] : []),
      ];
    }),
  ];
}

function applicationRepairs({ sandbox }: Pick<Outlook, 'sandbox'>, wanted: RecipeApplication): readonly Step[] {
  const { name, options } = wanted;
  if (!sandbox.model.applications.has(name)) return [deployStep(wanted)];
  const app = applicationsOf(sandbox).find((each) => each.name === name);
  if (app === undefined) return [];
  return [
    ...(app.trust === options.trust ? [] : [trustStep(name, options.trust)]),
    ...(app.scale === options.units ? [] : [scaleStep(name, options.units)]),
    ...Object.entries(app.charm.options).flatMap(([key, option]) => {
      const value = options.config[key] ?? option.default;
      if (app.config[key] === value) return [];
      return [value === undefined ? resetStep(name, key) : configStep(name, key, value)];
    }),
  ];
}

function deployStep({ name, charm, options }: RecipeApplication): Step {
  const source = typeof charm === 'string' ? charm : charm.name;
  const resources = Object.entries(options.resources).map(([key, value]) => `--resource=${key}=${value}`);
  const storages = options.storage.map((key) => `--storage=${key}`);
  const units = `--units=${options.units}`;
  return {
    words: ['deploy', source, name, ...(options.trust ? ['--trust'] : []), units, ...resources, ...storages],
    take: (sandbox) => sandbox.deploy(charm, name, { ...options, config: {} }),
  };
}

function secretRepairs({ sandbox }: Pick<Outlook, 'sandbox'>, wanted: RecipeSecret): readonly Step[] {
  const secret = sandbox.model.secrets.get(wanted.id);
  if (secret === undefined) return [];
  const differs = JSON.stringify(secret.content(secret.latest)) !== JSON.stringify(wanted.content);
  return [
    ...(differs ? [restoreSecretStep(wanted)] : []),
    ...wanted.grants
      .filter((app) => !secret.grants.has(app) && sandbox.model.applications.has(app))
      .map((app) => grantStep(wanted.name, app)),
  ];
}
