import { describe, expect, test } from '@jest/globals';
import type { HookContext, HookEvent } from '@charm-ts/testing';
import { hook, relatedModel, tool } from './tool-fixture.js';

const changed: HookEvent = {
  kind: 'relation-changed',
  endpoint: 'db',
  relationId: 0,
  remoteApp: 'b',
  remoteUnit: 'b/0',
};
const action: HookEvent = { kind: 'action', action: 'greet', id: '1', params: { who: 'you', deep: { er: 1 } } };

const contexts: Readonly<Record<string, () => HookContext>> = {
  leader: () => hook(relatedModel(), 'a/0'),
  follower: () => hook(relatedModel(), 'a/1'),
  'relation hook': () => hook(relatedModel(), 'a/0', changed),
  action: () => hook(relatedModel(), 'a/0', action),
};

/** [who runs it, command line, exit code, standard output or error] */
const rows: readonly (readonly [keyof typeof contexts, string, number, string])[] = [
  ['leader', 'config-get port', 0, '8080\n'],
  ['leader', 'config-get debug', 0, 'False\n'],
  ['leader', 'config-get --format=json debug', 0, 'false\n'],
  ['leader', 'config-get key', 0, ''],
  ['leader', 'config-get key --format json', 0, 'null\n'],
  ['leader', 'config-get --format=json', 0, '{"debug":false,"name":"first","port":8080,"ratio":0.5}\n'],
  ['leader', 'config-get', 0, 'debug: false\nname: first\nport: 8080\nratio: 0.5\n'],
  ['leader', 'config-get -a --format=json', 0, '{"debug":false,"key":null,"name":"first","port":8080,"ratio":0.5}\n'],
  ['leader', 'config-get --all port', 2, 'ERROR cannot use argument --all together with key "port"\n'],
  ['leader', 'config-get a b', 2, 'ERROR unrecognized args: ["b"]\n'],
  ['leader', 'config-get --nope', 2, 'ERROR option provided but not defined: --nope\n'],
  ['leader', 'config-get --format', 2, 'ERROR option needs an argument: --format\n'],
  ['leader', 'config-get --format=xml', 2, 'ERROR invalid value "xml" for option --format: unknown format "xml"\n'],
  ['leader', 'is-leader', 0, 'True\n'],
  ['follower', 'is-leader --format=json', 0, 'false\n'],
  ['leader', 'relation-ids db', 0, 'db:0\n'],
  ['leader', 'relation-ids db --format=json', 0, '["db:0"]\n'],
  ['leader', 'relation-ids backend --format=json', 0, '[]\n'],
  ['leader', 'relation-ids', 2, 'ERROR no endpoint name specified\n'],
  ['relation hook', 'relation-ids', 0, 'db:0\n'],
  ['leader', 'relation-list -r db:0 --format=json', 0, '["b/0"]\n'],
  ['leader', 'relation-list -r0 --app', 0, 'b\n'],
  ['relation hook', 'relation-list', 0, 'b/0\n'],
  ['leader', 'relation-list', 2, 'ERROR no relation id specified\n'],
  ['leader', 'relation-get -r burble:123', 2, 'ERROR invalid value "burble:123" for option -r: relation not found\n'],
  ['leader', 'relation-get -r one - b/0', 2, 'ERROR invalid value "one" for option -r: invalid relation id\n'],
  ['leader', 'relation-get -r ignored:0 --app - b --format=json', 0, '{}\n'],
  ['leader', 'relation-get -r 0', 2, 'ERROR no unit or application specified\n'],
  ['leader', 'relation-get -r 0 - b', 2, 'ERROR expected unit name, got application name "b"\n'],
  ['leader', 'relation-get -r 0 - bad/0', 1, 'ERROR unknown unit bad/0\n'],
  ['leader', 'relation-get -r 0 --app - b/0 --format=json', 0, '{}\n'],
  ['relation hook', 'relation-get private-address', 0, expect.stringMatching(/^10\.1\.0\.\d+\n$/) as unknown as string],
  ['follower', 'relation-get -r 0 --app - a', 1, 'ERROR permission denied\n'],
  ['follower', 'relation-set -r 0 --app x=1', 1, 'ERROR cannot write relation settings\n'],
  ['leader', 'relation-set -r 0 x', 2, 'ERROR expected "key=value", got "x"\n'],
  ['leader', 'relation-set -r 9 x=1', 2, 'ERROR invalid value "9" for option -r: relation not found\n'],
  ['leader', 'status-set active', 0, ''],
  [
    'leader',
    'status-set error',
    2,
    'ERROR invalid status "error", expected one of [maintenance blocked waiting active]\n',
  ],
  [
    'follower',
    'status-set --application=True active',
    1,
    'ERROR setting application status: this unit is not the leader\n',
  ],
  ['leader', 'status-get', 0, 'waiting\n'],
  [
    'leader',
    'status-get --include-data --format=json --application=false',
    0,
    '{"message":"installing agent","status":"waiting","status-data":{}}\n',
  ],
  ['leader', 'state-get nothing', 0, ''],
  ['leader', 'state-get --format=json', 0, '{}\n'],
  ['leader', 'secret-get', 2, 'ERROR require either a secret URI or label\n'],
  ['leader', 'secret-get nonsense', 2, 'ERROR secret URI "nonsense" not valid\n'],
  [
    'leader',
    'secret-get secret:00000000000000000000 --peek --refresh',
    2,
    'ERROR specify one of --peek or --refresh but not both\n',
  ],
  ['leader', 'secret-get secret:00000000000000000000', 1, 'ERROR secret "00000000000000000000" not found\n'],
  ['leader', 'secret-get --label x', 1, 'ERROR secret "x" not found\n'],
  ['leader', 'secret-get --format=smart --label x', 1, 'ERROR secret "x" not found\n'],
  ['leader', 'secret-info-get x --label y', 2, 'ERROR specify either a secret URI or label but not both\n'],
  ['leader', 'secret-ids --format=json', 0, '[]\n'],
  ['leader', 'open-port 8080', 0, ''],
  ['leader', 'open-port 70000/tcp', 2, 'ERROR invalid port "70000/tcp"\n'],
  [
    'leader',
    'open-port 8000-8010/tcp',
    1,
    'ERROR port ranges are not supported for CAAS, please specify a single port\n',
  ],
  ['leader', 'open-port 8000-8000/tcp', 0, ''],
  ['leader', 'opened-ports --format=json', 0, '[]\n'],
  ['leader', 'juju-log -l WARNING -- -dashes are text', 0, ''],
  ['leader', 'application-version-set -- 1.2', 0, ''],
  ['leader', 'resource-get app-image', 0, '/image.yaml'],
  ['leader', 'resource-get other', 1, 'ERROR could not download resource: resource "other" not found\n'],
  ['leader', 'storage-list --format=json', 0, '["data/0"]\n'],
  ['leader', 'storage-get -s data/0 location', 0, '/var/lib/juju/storage/data/0\n'],
  ['leader', 'credential-get', 1, 'ERROR cannot access cloud credentials\n'],
  ['leader', 'unit-get nonsense', 2, 'ERROR unknown setting "nonsense"\n'],
  ['action', 'action-get who', 0, 'you\n'],
  ['action', 'action-get --format=json deep.er', 0, '1\n'],
  ['action', 'action-get --format=json', 0, '{"deep":{"er":1},"who":"you"}\n'],
  ['action', 'action-set stdout=x', 2, 'ERROR cannot set reserved action key "stdout"\n'],
  ['action', 'action-set a.b=c', 0, ''],
  ['leader', 'action-get', 2, 'ERROR bad request: unknown command "action-get"\n'],
  ['leader', 'no-such-tool', 2, 'ERROR bad request: unknown command "no-such-tool"\n'],
];

describe('the command line', () => {
  test.each(rows)('%s: %s', (who, line, exitCode, text) => {
    const result = tool(contexts[who]?.() ?? hook(relatedModel(), 'a/0'), line);
    expect(result).toEqual(
      exitCode === 0 ? { exitCode, stdout: text, stderr: '' } : { exitCode, stdout: '', stderr: text },
    );
  });
});

test('relation-model-get came with Juju 3.6.2', () => {
  expect(tool(hook(relatedModel('3.6.1'), 'a/0'), 'relation-model-get -r 0').exitCode).toBe(2);
  expect(tool(hook(relatedModel('3.6.2'), 'a/0'), 'relation-model-get -r 0').exitCode).toBe(0);
});

test.each([
  ['3.6.9', 'ERROR permission denied\n'],
  ['4.0.2', 'ERROR "a/0" is not allowed to read this secret\n'],
])('Juju %s refuses a secret that was not granted in its own words', (version, stderr) => {
  const model = relatedModel(version);
  const uri = model.addSecret('key', { password: 'p' });
  expect(tool(hook(model, 'a/0'), `secret-get ${uri} --format=json`)).toEqual({ exitCode: 1, stdout: '', stderr });
});
