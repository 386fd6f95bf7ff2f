import { describe, expect, test } from '@jest/globals';
import type { HookEvent } from '@charm-ts/testing';
import { hookEnvironment } from '../../../../lib/testing/src/model/hook-environment.js';
import { newModel } from './run-hooks.js';
import { loneCharm } from './tiny-charm.js';

const surroundings = {
  charmDir: '/p/var/lib/juju/agents/unit-a-0/charm',
  contextId: 'ctx',
  agentSocket: '/p/agent.socket',
  toolsDir: '/tools',
  apiAddresses: ['10.0.0.1:17070', '10.0.0.2:17070'],
  kubernetes: { host: '127.0.0.1', port: 6443 },
  kubernetesVersion: '1.35',
};

function environment(event: HookEvent, jujuVersion = '3.6.9'): Readonly<Record<string, string>> {
  const model = newModel(jujuVersion);
  model.deploy(loneCharm, 'a');
  return hookEnvironment(model, model.unit('a/0'), event, surroundings);
}

/** The variables that Juju 3.6 and 4 set for every hook in a charm container; nothing is inherited. */
const common = [
  'APT_LISTCHANGES_FRONTEND',
  'CHARM_DIR',
  'CLOUD_API_VERSION',
  'DEBIAN_FRONTEND',
  'JUJU_AGENT_SOCKET_ADDRESS',
  'JUJU_AGENT_SOCKET_NETWORK',
  'JUJU_API_ADDRESSES',
  'JUJU_AVAILABILITY_ZONE',
  'JUJU_CHARM_DIR',
  'JUJU_CHARM_FTP_PROXY',
  'JUJU_CHARM_HTTPS_PROXY',
  'JUJU_CHARM_HTTP_PROXY',
  'JUJU_CHARM_NO_PROXY',
  'JUJU_CONTEXT_ID',
  'JUJU_DISPATCH_PATH',
  'JUJU_HOOK_NAME',
  'JUJU_MACHINE_ID',
  'JUJU_MODEL_NAME',
  'JUJU_MODEL_UUID',
  'JUJU_PRINCIPAL_UNIT',
  'JUJU_UNIT_NAME',
  'JUJU_VERSION',
  'KUBERNETES_PORT',
  'KUBERNETES_PORT_443_TCP',
  'KUBERNETES_PORT_443_TCP_ADDR',
  'KUBERNETES_PORT_443_TCP_PORT',
  'KUBERNETES_PORT_443_TCP_PROTO',
  'KUBERNETES_SERVICE_HOST',
  'KUBERNETES_SERVICE_PORT',
  'KUBERNETES_SERVICE_PORT_HTTPS',
  'LANG',
  'PATH',
  'TERM',
];

describe('the environment of a hook', () => {
  test('has the names that Juju 4 sets and no other', () => {
    expect(Object.keys(environment({ kind: 'start' }, '4.0.2')).sort()).toEqual(common);
  });

  test('has the service level of Juju 3.6 besides', () => {
    expect(Object.keys(environment({ kind: 'start' })).sort()).toEqual([...common, 'JUJU_SLA'].sort());
  });

  test.each<[HookEvent, Readonly<Record<string, string>>]>([
    [
      { kind: 'relation-broken', endpoint: 'db', relationId: 7, remoteApp: 'b' },
      {
        JUJU_DISPATCH_PATH: 'hooks/db-relation-broken',
        JUJU_HOOK_NAME: 'db-relation-broken',
        JUJU_RELATION: 'db',
        JUJU_RELATION_ID: 'db:7',
        JUJU_REMOTE_APP: 'b',
        JUJU_REMOTE_UNIT: '',
      },
    ],
    [
      {
        kind: 'relation-departed',
        endpoint: 'db',
        relationId: 7,
        remoteApp: 'b',
        remoteUnit: 'b/0',
        departingUnit: 'b/0',
      },
      { JUJU_REMOTE_UNIT: 'b/0', JUJU_DEPARTING_UNIT: 'b/0' },
    ],
    [
      { kind: 'pebble-check-failed', container: 'app', check: 'up' },
      { JUJU_HOOK_NAME: 'app-pebble-check-failed', JUJU_WORKLOAD_NAME: 'app', JUJU_PEBBLE_CHECK_NAME: 'up' },
    ],
    [
      { kind: 'secret-changed', secretId: 'secret:x' },
      { JUJU_SECRET_ID: 'secret:x', JUJU_SECRET_LABEL: '' },
    ],
    [
      { kind: 'action', action: 'greet', id: '3', params: {} },
      {
        JUJU_DISPATCH_PATH: 'actions/greet',
        JUJU_HOOK_NAME: '',
        JUJU_ACTION_NAME: 'greet',
        JUJU_ACTION_UUID: '3',
        JUJU_ACTION_TAG: 'action-3',
      },
    ],
  ])('describes %j', (event, variables) => {
    expect(environment(event)).toMatchObject(variables);
  });
});
