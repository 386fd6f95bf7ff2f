import type { Charm } from '../drivers/application-drivers.js';
import type { ApplicationOptions } from '../model/juju-model.js';
import { Secret } from '../model/secret.js';
import type { Sandbox } from '../sandbox/sandbox.js';

/** What an operator has deployed, without what has come of it: enough to make a fresh copy. Plain JSON when the charms are folders. */
export interface Recipe {
  readonly model: string;
  readonly jujuVersion: string;
  readonly applications: readonly RecipeApplication[];
  /** Each side is `application:endpoint`. */
  readonly relations: readonly (readonly [string, string])[];
  readonly secrets: readonly RecipeSecret[];
}

export interface RecipeApplication {
  readonly name: string;
  readonly charm: Charm;
  readonly options: Required<ApplicationOptions>;
}

/** A user's secret. A copy has the same id, which the configuration names. */
export interface RecipeSecret {
  readonly id: string;
  readonly name: string;
  readonly content: Readonly<Record<string, string>>;
  /** Applications that may read it. */
  readonly grants: readonly string[];
}

/** The recipe of a model as it is now. */
export function recipeOf(sandbox: Sandbox): Recipe {
  const { model } = sandbox;
  const applications = [...model.applications.values()].filter(({ life }) => life === 'alive');
  return {
    model: model.name,
    jujuVersion: model.jujuVersion,
    applications: applications.map(({ name, charm, config, scale, trust, resources, storages }) => ({
      name,
      charm: sandbox.charm(name),
      options: {
        units: scale,
        trust,
        config: Object.fromEntries(
          Object.entries(config).filter(([key, value]) => value !== charm.options[key]?.default),
        ),
        resources: Object.fromEntries(
          [...resources].filter(([key, value]) => value !== charm.resources[key]?.upstreamSource),
        ),
        storage: storages.filter((key) => charm.storage[key]?.optional === true),
      },
    })),
    relations: [...model.relations.values()].flatMap(({ life, sides: [a, b] }) =>
      life !== 'alive' || a === undefined || b === undefined
        ? []
        : [[`${a.app}:${a.endpoint}`, `${b.app}:${b.endpoint}`] as const],
    ),
    secrets: [...model.secrets.values()]
      .filter(({ owner }) => owner === 'model')
      .map((secret) => ({
        id: secret.id,
        name: secret.label,
        content: secret.content(secret.latest) ?? {},
        grants: [...secret.grants].sort(),
      })),
  };
}

/** Does in an empty model what the operator has done. */
export async function deployRecipe(sandbox: Sandbox, { applications, relations, secrets }: Recipe): Promise<void> {
  const { model } = sandbox;
  for (const { id, name, content } of secrets) {
    model.secrets.set(id, new Secret(id, content, { owner: 'model', label: name }));
  }
  for (const { name, charm, options } of applications) await sandbox.deploy(charm, name, options);
  for (const { name, grants } of secrets) for (const app of grants) model.grantSecret(name, app);
  for (const [a, b] of relations) sandbox.integrate(a, b);
}
