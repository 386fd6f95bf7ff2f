import { resolve } from 'node:path';
import { secretValue } from '../hook-tools/secret-tools.js';
import { toYaml } from '../hook-tools/to-yaml.js';
import { recipeOf } from '../fuzz/recipe.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { changeContainer, killService } from '../sandbox/workload-faults.js';
import { podCaseNames } from '../simulation/pod-case.js';
import { type CliFlags, type CommandLine, pairs, wholeNumber } from './command-line.js';
import { objectTable } from './show-objects.js';
import { statusJson, statusTable } from './show-status.js';
import { showUnit } from './show-unit.js';
import { UsageError } from './usage-error.js';

/** One command of the model, run in the background process. The text that it gives is printed. */
export interface Command {
  readonly usage: string;
  readonly summary: string;
  readonly flags?: CliFlags;
  /** How many words there must be at least. */
  readonly words: number;
  run(sandbox: Sandbox, line: CommandLine, cwd: string): string | Promise<string>;
}

/** Action results may take as long as `juju run` waits by default. */
const actionWait = 60_000;

export const commands: Readonly<Record<string, Command>> = {
  deploy: {
    usage:
      'deploy <charm folder> [application] [--trust] [--units N] [--config key=value]… [--resource name=image]… [--storage name]…',
    summary: 'Deploys a packed charm; the first deployment starts the model.',
    flags: { trust: 'boolean', config: 'many', units: 'number', resource: 'many', storage: 'many' },
    words: 1,
    async run(sandbox, { words, on, values }, cwd) {
      const folder = resolve(cwd, words[0] ?? '');
      const app = words[1] ?? (folder.split('/').pop() ?? '').replace(/-k8s$/, '');
      await sandbox.deploy(folder, app, {
        trust: on.has('trust'),
        config: pairs(values.get('config') ?? []),
        resources: pairs(values.get('resource') ?? []),
        // As `juju deploy` takes it, with pool and size behind `=`.
        storage: (values.get('storage') ?? []).map((wanted) => wanted.replace(/=.*$/, '')),
        units: Number(values.get('units')?.[0] ?? 1),
      });
      return `Deployed "${app}" from ${folder}\n`;
    },
  },
  config: {
    usage: 'config <application> [key=value]… [--reset key]…',
    summary: "Sets options, or takes them back to their default; without either shows the application's configuration.",
    flags: { reset: 'many' },
    words: 1,
    run(sandbox, { words: [app = '', ...given], values }) {
      const reset = values.get('reset') ?? [];
      if (given.length + reset.length === 0) return `${toYaml(sandbox.model.application(app).config)}\n`;
      sandbox.configure(app, { ...Object.fromEntries(reset.map((key) => [key, undefined])), ...pairs(given) });
      return '';
    },
  },
  'add-secret': {
    usage: 'add-secret <name> key=value|key#file=path…',
    summary: 'Adds a user secret and prints its URI.',
    words: 2,
    run: (sandbox, { words: [name = '', ...values] }, cwd) =>
      `${sandbox.addSecret(name, secretContent(values, cwd))}\n`,
  },
  'update-secret': {
    usage: 'update-secret <name> key=value|key#file=path…',
    summary: 'Adds a revision; units that read the secret are told.',
    words: 2,
    run(sandbox, { words: [name = '', ...values] }, cwd) {
      sandbox.updateSecret(name, secretContent(values, cwd));
      return '';
    },
  },
  'grant-secret': {
    usage: 'grant-secret <name|URI> <application>[,application]…',
    summary: 'Lets applications read a secret. As with Juju, no hook follows.',
    words: 2,
    run(sandbox, { words: [name = '', apps = ''] }) {
      for (const app of apps.split(',')) sandbox.grantSecret(name, app);
      return '';
    },
  },
  'revoke-secret': {
    usage: 'revoke-secret <name|URI> <application>[,application]…',
    summary: 'Takes the right to read a secret back.',
    words: 2,
    run(sandbox, { words: [name = '', apps = ''] }) {
      for (const app of apps.split(',')) sandbox.revokeSecret(name, app);
      return '';
    },
  },
  'remove-secret': {
    usage: 'remove-secret <name|URI>',
    summary: 'Removes a secret.',
    words: 1,
    run(sandbox, { words: [name = ''] }) {
      sandbox.removeSecret(name);
      return '';
    },
  },
  'rotate-secret': {
    usage: 'rotate-secret <application|unit> <label>',
    summary: "Reminds the owner of a charm's own secret to renew it, as Juju does when its time has come.",
    words: 2,
    run(sandbox, { words: [owner = '', label = ''] }) {
      sandbox.rotateSecret(owner, label);
      return '';
    },
  },
  integrate: {
    usage: 'integrate <application>[:endpoint] <application>[:endpoint]',
    summary: 'Relates two applications.',
    words: 2,
    run(sandbox, { words: [a = '', b = ''] }) {
      sandbox.integrate(a, b);
      return '';
    },
  },
  'remove-relation': {
    usage: 'remove-relation <application>[:endpoint] <application>[:endpoint]',
    summary: 'Ends a relation.',
    words: 2,
    run(sandbox, { words: [a = '', b = ''] }) {
      sandbox.removeRelation(a, b);
      return '';
    },
  },
  trust: {
    usage: 'trust <application> [--remove] [--scope cluster]',
    summary: 'Grants or takes cluster access.',
    flags: { remove: 'boolean', scope: 'text' },
    words: 1,
    run(sandbox, { words: [app = ''], on }) {
      sandbox.trust(app, !on.has('remove'));
      return '';
    },
  },
  status: {
    usage: 'status [--watch] [--format tabular|json]',
    summary: 'Shows applications, units and relations.',
    flags: { watch: 'boolean', format: 'text' },
    words: 0,
    run(sandbox, { values }) {
      const format = values.get('format')?.[0] ?? 'tabular';
      if (format === 'json') return statusJson(sandbox);
      if (format !== 'tabular') throw new UsageError(`unknown format "${format}": use tabular or json`);
      return statusTable(sandbox);
    },
  },
  'show-unit': {
    usage: 'show-unit <unit>',
    summary: 'Shows databags, services, checks and the pod of a unit.',
    words: 1,
    run: (sandbox, { words: [unit = ''] }) => showUnit(sandbox, unit),
  },
  objects: {
    usage: 'objects [kind]',
    summary: 'Lists the Kubernetes objects of the cluster.',
    words: 0,
    run: (sandbox, { words: [kind] }) => objectTable(sandbox, kind),
  },
  workload: {
    usage: 'workload <unit> vpn up|down, or workload <unit> <container> up|down|restart|kill [service]',
    summary: "Lets the VPN of a gateway's unit come up or fail, a container start or end, a service die.",
    words: 3,
    async run(sandbox, { words: [unit = '', what = '', change, service] }) {
      if (what === 'vpn' && (change === 'up' || change === 'down')) sandbox.vpn(unit, change);
      else if (what === 'vpn') throw new UsageError('use: workload <unit> vpn up|down');
      else if (change === 'up' || change === 'down' || change === 'restart') {
        await changeContainer(sandbox, unit, what, change);
      } else if (change === 'kill' && service !== undefined) killService(sandbox, unit, what, service);
      else throw new UsageError('use: workload <unit> <container> up|down|restart, or kill <service>');
      return '';
    },
  },
  network: {
    usage: 'network <unit> <case>|as-is',
    summary: `Makes the network of a unit's pod look like a recorded case. They are ${podCaseNames.join(', ')}.`,
    words: 2,
    run(sandbox, { words: [unit = '', what] }) {
      const name = podCaseNames.find((each) => each === what);
      if (name === undefined && what !== 'as-is') {
        throw new UsageError(`unknown case "${what ?? ''}": use as-is, ${podCaseNames.join(', ')}`);
      }
      sandbox.pod(unit).force(name);
      return '';
    },
  },
  run: {
    usage: 'run <unit> <action> [key=value]…',
    summary: 'Runs an action and waits for its results.',
    words: 2,
    async run(sandbox, { words: [unit = '', action = '', ...params] }) {
      const id = sandbox.startAction(unit, action, pairs(params));
      const end = Date.now() + actionWait;
      for (;;) {
        const outcome = sandbox.actionOutcome(id);
        if (outcome !== undefined) {
          const results = Object.keys(outcome.results).length === 0 ? '' : `${toYaml(outcome.results)}\n`;
          if (outcome.status === 'failed') throw new UsageError(`${results}action failed: ${outcome.message}`);
          return results;
        }
        if (Date.now() > end) throw new UsageError(`action ${id} has not ended after ${actionWait / 1000} s`);
        await sandbox.clock.sleep(50);
      }
    },
  },
  'update-status': {
    usage: 'update-status [unit]',
    summary: 'Runs the update-status hook now.',
    words: 0,
    run(sandbox, { words: [unit] }) {
      sandbox.updateStatus(unit);
      return '';
    },
  },
  resolve: {
    usage: 'resolve <unit>',
    summary: 'Runs a failed hook again.',
    words: 1,
    run(sandbox, { words: [unit = ''] }) {
      sandbox.retry(unit);
      return '';
    },
  },
  'delete-pod': {
    usage: 'delete-pod <unit>',
    summary: "Deletes a unit's pod, as kubectl would; a new one follows.",
    words: 1,
    run(sandbox, { words: [unit = ''] }) {
      sandbox.deletePod(unit);
      return '';
    },
  },
  'scale-application': {
    usage: 'scale-application <application> <units>',
    summary: 'Changes the number of units.',
    words: 2,
    run(sandbox, { words: [app = '', units = ''] }) {
      sandbox.scale(app, wholeNumber(units, 'units'));
      return '';
    },
  },
  'debug-log': {
    usage: 'debug-log [unit]',
    summary: 'Prints what the charms have logged.',
    words: 0,
    run: (sandbox, { words: [unit] }) =>
      sandbox.logs
        .filter((line) => unit === undefined || line.unit === unit)
        .map((line) => `${line.unit} ${line.hook} ${line.level} ${line.message}\n`)
        .join(''),
  },
  fuzz: {
    usage: 'fuzz [--seed N] [--steps N] [--time-limit SECONDS] [--judge FILE]…',
    summary: [
      'Lets random things happen to copies of the model, until a hook ends in an error.',
      'Options, relations, units, trust and secrets change, pods, containers, services and the VPN fail, actions run, time passes.',
      'The same seed takes the same steps. Without options: 200 steps of seed 1, and 600 seconds at most. A violation is shown with',
      'the shortest way to it and the log of its hook, and the exit code is 1. A FILE is a module whose default export watches',
      'further promises (`Judge` of @charm-ts/testing).',
    ].join('\n'),
    flags: { seed: 'number', steps: 'number', 'time-limit': 'number', judge: 'many' },
    words: 0,
    // The copies are made by whoever asks.
    run(sandbox) {
      const recipe = recipeOf(sandbox);
      const inProcess = recipe.applications.find(({ charm }) => typeof charm !== 'string');
      if (inProcess !== undefined) throw new UsageError(`the charm of ${inProcess.name} is no folder: call fuzz()`);
      if (recipe.applications.length === 0) throw new UsageError('nothing is deployed');
      return JSON.stringify(recipe);
    },
  },
  'remove-application': {
    usage: 'remove-application <application>',
    summary: 'Removes an application; its hooks still run to the end.',
    words: 1,
    run(sandbox, { words: [app = ''] }) {
      sandbox.removeApplication(app);
      return '';
    },
  },
};

function secretContent(values: readonly string[], cwd: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(pairs(values)).map(([key, value]) => secretValue(key, value, cwd)));
}
