import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { connectInCluster } from '@charm-ts/ops/kubernetes';
import {
  Cluster,
  fuzz,
  type FuzzOptions,
  type FuzzReport,
  type InProcessCharm,
  type Judge,
  type Recipe,
  recipeOf,
  Sandbox,
} from '@charm-ts/testing';
import { readCommandLine } from '../../../lib/testing/src/cli/command-line.js';
import { commands } from '../../../lib/testing/src/cli/commands.js';
import { ForgetfulCharm, RestlessCharm, SoundCharm } from './fuzzed-charms.js';

// The first hook that reaches Kubernetes loads its client, which takes seconds on a busy machine.
jest.setTimeout(120_000);

let cluster: Cluster;

beforeAll(async () => {
  cluster = await Cluster.start();
});
afterAll(async () => {
  await cluster.close();
});

const recipe = async (charm: InProcessCharm): Promise<Recipe> => {
  const sandbox = await Sandbox.create({ cluster });
  const key = sandbox.addSecret('key', { password: 'hunter2' });
  await sandbox.deploy(charm, 'app', { config: { key, word: 'hi' } });
  await sandbox.deploy(charm, 'other');
  sandbox.grantSecret('key', 'app');
  sandbox.integrate('app:greeting', 'other:greeted');
  const made = recipeOf(sandbox);
  await sandbox.close();
  return made;
};
const hunt = (made: Recipe, options: Partial<FuzzOptions> = {}): Promise<FuzzReport> =>
  fuzz(made, { seed: 7, steps: 40, cluster, connect: connectInCluster, ...options });

/** What the first seed that finds something finds: no test depends on what comes up how often. `seed` is where to begin, for speed. */
const huntOn = async (made: Recipe, options: Partial<FuzzOptions> = {}): Promise<FuzzReport> => {
  const first = options.seed ?? 1;
  for (let seed = first; ; seed += 1) {
    const report = await hunt(made, { ...options, seed });
    if (report.violation !== undefined || seed === first + 40) return report;
  }
};

describe('a recipe', () => {
  test('has what the operator has done', async () => {
    const { model, applications, relations, secrets } = await recipe(SoundCharm);
    expect(model).toBe('media');
    expect(applications.map(({ name, options }) => [name, options])).toEqual([
      [
        'app',
        {
          units: 1,
          trust: false,
          config: { word: 'hi', key: `secret:${secrets[0]?.id ?? ''}` },
          resources: {},
          storage: [],
        },
      ],
      ['other', { units: 1, trust: false, config: {}, resources: {}, storage: [] }],
    ]);
    expect(relations).toEqual([['app:greeting', 'other:greeted']]);
    expect(secrets).toMatchObject([{ name: 'key', content: { password: 'hunter2' }, grants: ['app'] }]);
  });
});

test('a sound charm passes, and the same seed takes the same steps', async () => {
  const made = await recipe(SoundCharm);
  const lines: string[][] = [[], []];
  for (const taken of lines) {
    const report = await hunt(made, { onProgress: ({ line }) => taken.push(line) });
    expect(report.violation).toBeUndefined();
    expect(report.steps).toBe(40);
    expect(report.hooks).toBeGreaterThan(40);
  }
  expect(lines[0]).toHaveLength(40);
  expect(lines[1]).toEqual(lines[0]);
  expect(new Set(lines[0]?.map((line) => line.split(' ')[1])).size).toBeGreaterThan(8);
  // What has no blanks in a value needs no shell to be read.
  for (const line of lines[0]?.filter((each) => /^charm-sandbox [^'#]*$/.test(each)) ?? []) {
    const [, name = '', ...words] = line.split(' ');
    const command = commands[name];
    const { words: found } = readCommandLine(words, command?.flags ?? {});
    expect([line, found.length >= (command?.words ?? Infinity)]).toEqual([line, true]);
  }
});

test('a hook that fails is found, with the shortest way to it and its log', async () => {
  const { violation, steps } = await huntOn(await recipe(ForgetfulCharm), { seed: 15 });
  expect(violation).toMatchObject({ step: steps, what: 'exit code 1 (nobody to ask)' });
  expect(violation?.unit).toMatch(/^(app|other)\/\d$/);
  expect(violation?.log.join('\n')).toContain('ERROR hooks/');
  // `app` is asked by `other` and asks nobody.
  expect([...(violation?.lines ?? [])].sort()).toEqual(
    violation?.unit.startsWith('app/') === true
      ? ['charm-sandbox config app times=-1']
      : [
          'charm-sandbox config other times=-1',
          expect.stringMatching(/^charm-sandbox remove-(relation app:greeting other:greeted|application app)$/),
        ],
  );
  expect(violation?.from).toBeGreaterThanOrEqual(violation?.lines.length ?? 0);
});

test('a model that never rests is found', async () => {
  const { violation } = await huntOn(await recipe(RestlessCharm), { stepsOfACopy: 6 });
  expect(violation?.what).toMatch(/^the model does not come to rest: still busy after 4\d\d hooks/);
});

test('a judge is asked after every hook', async () => {
  const judge: Judge = (sandbox) => () =>
    sandbox.model.units.some(({ name, status }) => name === 'app/0' && status.name === 'blocked')
      ? ['app is blocked']
      : [];
  const { violation } = await huntOn(await recipe(SoundCharm), { judges: [judge] });
  expect(violation).toMatchObject({ unit: 'app/0', what: 'app is blocked' });
  expect(violation?.lines).toHaveLength(1);
});

test('there is an end to it: no step begins after the time limit', async () => {
  expect((await hunt(await recipe(SoundCharm), { timeLimit: 0 })).steps).toBe(0);
});

test('a deployment that fails by itself has a way of no steps', async () => {
  const { applications, ...made } = await recipe(ForgetfulCharm);
  const alone = applications.slice(0, 1).map((app) => ({ ...app, options: { ...app.options, config: { times: -1 } } }));
  const { violation } = await hunt({ ...made, applications: alone, relations: [] });
  expect(violation).toMatchObject({ step: 0, lines: [], from: 0, what: 'exit code 1 (nobody to ask)' });
});
