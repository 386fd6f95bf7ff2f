import type { ConfigValue } from '../charm/charm-definition.js';
import type { Application } from '../model/application.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { someValue } from './option-values.js';
import type { Outlook, StepKind } from './outlook.js';
import type { RecipeSecret } from './recipe.js';
import type { Step } from './step.js';

/** What an operator does, wise or not. */
export const operatorSteps: readonly StepKind[] = [
  { weight: 10, propose: setOption },
  { weight: 2, propose: resetOption },
  { weight: 4, propose: integrate },
  { weight: 4, propose: removeRelation },
  { weight: 3, propose: scale },
  { weight: 2, propose: trust },
  { weight: 2, propose: grant },
  { weight: 2, propose: revoke },
  { weight: 3, propose: changeSecret },
  { weight: 1, propose: removeSecret },
  { weight: 4, propose: runAction },
  { weight: 1, propose: removeApplication },
];

function setOption({ sandbox, dice }: Outlook): Step | undefined {
  const app = dice.pick(applicationsOf(sandbox));
  const [name, option] = dice.pick(Object.entries(app?.charm.options ?? {})) ?? [];
  if (app === undefined || name === undefined || option === undefined) return undefined;
  const uris = userSecrets(sandbox).map(({ uri }) => uri);
  return configStep(app.name, name, someValue(option, uris, dice));
}

/** `config APP NAME=VALUE`. */
export function configStep(app: string, name: string, value: ConfigValue): Step {
  return {
    words: ['config', app, `${name}=${value}`],
    take: (sandbox) => {
      sandbox.configure(app, { [name]: value });
    },
  };
}

/** `config APP --reset NAME`. */
export function resetStep(app: string, name: string): Step {
  return {
    words: ['config', app, '--reset', name],
    take: (sandbox) => {
      sandbox.configure(app, { [name]: undefined });
    },
  };
}

function resetOption({ sandbox, dice }: Outlook): Step | undefined {
  const app = dice.pick(applicationsOf(sandbox));
  const name = dice.pick(Object.keys(app?.charm.options ?? {}));
  return app === undefined || name === undefined ? undefined : resetStep(app.name, name);
}

/** Endpoints of the same interface that are not related. */
function integrate({ sandbox, dice }: Outlook): Step | undefined {
  const apps = applicationsOf(sandbox);
  const related = relationsOf(sandbox).map((sides) => [...sides].sort().join(' '));
  const pairs = apps.flatMap((provider) =>
    Object.entries(provider.charm.provides).flatMap(([endpoint, provided]) =>
      apps
        .filter((requirer) => requirer !== provider)
        .flatMap((requirer) =>
          Object.entries(requirer.charm.requires)
            .filter(([, required]) => required.interface === provided.interface)
            .map(([name]) => [`${provider.name}:${endpoint}`, `${requirer.name}:${name}`] as const),
        ),
    ),
  );
  const pair = dice.pick(pairs.filter((sides) => !related.includes([...sides].sort().join(' '))));
  return pair === undefined ? undefined : integrateStep(...pair);
}

/** `integrate A B`. */
export function integrateStep(a: string, b: string): Step {
  return {
    words: ['integrate', a, b],
    take: (sandbox) => {
      sandbox.integrate(a, b);
    },
  };
}

function removeRelation({ sandbox, dice }: Outlook): Step | undefined {
  const pair = dice.pick(relationsOf(sandbox));
  if (pair === undefined) return undefined;
  const [a, b] = pair;
  return {
    words: ['remove-relation', a, b],
    take: (model) => {
      model.removeRelation(a, b);
    },
  };
}

function scale({ sandbox, dice }: Outlook): Step | undefined {
  const app = dice.pick(applicationsOf(sandbox));
  return app === undefined ? undefined : scaleStep(app.name, dice.pick([0, 1, 1, 2, 2, 3]) ?? 1);
}

/** `scale-application APP UNITS`. */
export function scaleStep(app: string, units: number): Step {
  return {
    words: ['scale-application', app, String(units)],
    take: (sandbox) => {
      sandbox.scale(app, units);
    },
  };
}

function trust({ sandbox, dice }: Outlook): Step | undefined {
  const app = dice.pick(applicationsOf(sandbox));
  return app === undefined ? undefined : trustStep(app.name, !app.trust);
}

/** `trust APP`, with `--remove` where it is taken away. */
export function trustStep(app: string, trusted: boolean): Step {
  return {
    words: ['trust', app, ...(trusted ? [] : ['--remove'])],
    take: (sandbox) => {
      sandbox.trust(app, trusted);
    },
  };
}

function grant({ sandbox, dice }: Outlook): Step | undefined {
  const secret = dice.pick(userSecrets(sandbox));
  const app = dice.pick(applicationsOf(sandbox).filter(({ name }) => secret?.grants.has(name) === false));
  return secret === undefined || app === undefined ? undefined : grantStep(secret.label, app.name);
}

/** `grant-secret NAME APP`. */
export function grantStep(secret: string, app: string): Step {
  return {
    words: ['grant-secret', secret, app],
    take: (sandbox) => {
      sandbox.grantSecret(secret, app);
    },
  };
}

function revoke({ sandbox, dice }: Outlook): Step | undefined {
  const secret = dice.pick(userSecrets(sandbox));
  const app = dice.pick([...(secret?.grants ?? [])].sort());
  if (secret === undefined || app === undefined) return undefined;
  return {
    words: ['revoke-secret', secret.label, app],
    take: (model) => {
      model.revokeSecret(secret.label, app);
    },
  };
}

/** Another value, another key, or both. */
function changeSecret({ recipe, dice }: Outlook): Step | undefined {
  const secret = dice.pick(recipe.secrets);
  const [key, value] = dice.pick(Object.entries(secret?.content ?? {})) ?? [];
  if (secret === undefined || key === undefined || value === undefined) return undefined;
  const rest = Object.fromEntries(Object.entries(secret.content).filter(([other]) => other !== key));
  const wrong = dice.pick([dice.word(value.length), 'x', 'naïve', 'first\nsecond', dice.word(300)]) ?? 'x';
  const name = dice.chance(20) ? 'other-key' : key;
  return {
    words: ['update-secret', secret.name, ...hidden(rest), `${name}=${wrong}`],
    take: (sandbox) => {
      sandbox.updateSecret(secret.name, { ...rest, [name]: wrong });
    },
  };
}

/** `update-secret NAME`, back to what it was. */
export function restoreSecretStep({ name, content }: RecipeSecret): Step {
  return {
    words: ['update-secret', name, ...hidden(content)],
    take: (sandbox) => {
      sandbox.updateSecret(name, content);
    },
  };
}

/** What the user has given is not printed. */
const hidden = (content: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(content).map((key) => `${key}=<as it was deployed>`);

function removeSecret({ sandbox, dice }: Outlook): Step | undefined {
  const secret = dice.pick(userSecrets(sandbox));
  if (secret === undefined) return undefined;
  return {
    words: ['remove-secret', secret.label],
    take: (model) => {
      model.removeSecret(secret.label);
    },
  };
}

function runAction({ sandbox, dice }: Outlook): Step | undefined {
  const app = dice.pick(applicationsOf(sandbox));
  const unit = dice.pick(app?.units ?? []);
  const [name, action] = dice.pick(Object.entries(app?.charm.actions ?? {})) ?? [];
  if (unit === undefined || name === undefined || action === undefined) return undefined;
  const given = Object.entries(action.params).filter(() => dice.chance(30));
  const params = Object.fromEntries(
    given.map(([key, { type }]) => [key, valueOf(type, dice.pick(['', 'x', '-1', '7', 'naïve', '$(id)']) ?? '')]),
  );
  return {
    words: ['run', unit.name, name, ...Object.entries(params).map(([key, value]) => `${key}=${String(value)}`)],
    take: (model) => {
      model.startAction(unit.name, name, params);
    },
  };
}

/** Juju gives a charm only what the parameter's schema allows. */
function valueOf(type: string, text: string): unknown {
  if (type === 'boolean') return text !== '';
  if (type === 'integer' || type === 'number') return Number.isNaN(Number(text)) ? 0 : Number(text);
  return text;
}

function removeApplication({ sandbox, dice }: Outlook): Step | undefined {
  const app = dice.pick(applicationsOf(sandbox));
  if (app === undefined) return undefined;
  return {
    words: ['remove-application', app.name],
    take: (model) => {
      model.removeApplication(app.name);
    },
  };
}

/** Applications that are not being removed, by name. */
export function applicationsOf(sandbox: Sandbox): readonly Application[] {
  return [...sandbox.model.applications.values()]
    .filter(({ life }) => life === 'alive')
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Relations between two applications that are not being removed, each side as `application:endpoint`. */
export function relationsOf(sandbox: Sandbox): readonly (readonly [string, string])[] {
  return [...sandbox.model.relations.values()].flatMap(({ life, sides: [a, b] }) =>
    life !== 'alive' || a === undefined || b === undefined
      ? []
      : [[`${a.app}:${a.endpoint}`, `${b.app}:${b.endpoint}`] as const],
  );
}

function userSecrets(
  sandbox: Sandbox,
): readonly { readonly label: string; readonly uri: string; readonly grants: ReadonlySet<string> }[] {
  return [...sandbox.model.secrets.values()].filter(({ owner }) => owner === 'model');
}
