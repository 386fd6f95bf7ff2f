import { describe, expect, test } from '@jest/globals';
import { EnvironmentError } from '@charm-ts/ops';
import { parseHookEvent } from '../../../../lib/ops/src/events/parse-hook-event.js';

const workload = { JUJU_WORKLOAD_NAME: 'side-car' };
const relation = { JUJU_RELATION: 'vpn-gateway', JUJU_RELATION_ID: 'vpn-gateway:7', JUJU_REMOTE_APP: 'gluetun' };
const remote = { endpoint: 'vpn-gateway', relationId: 7, remoteApp: 'gluetun' };

describe('events from the environment', () => {
  test.each([
    'install',
    'start',
    'config-changed',
    'upgrade-charm',
    'stop',
    'remove',
    'update-status',
    'leader-elected',
    'leader-settings-changed',
  ])('%s', (kind) => {
    expect(parseHookEvent({ JUJU_DISPATCH_PATH: `hooks/${kind}` })).toEqual({ kind });
  });

  test.each([
    ['vpn-gateway-relation-created', { ...relation, JUJU_REMOTE_UNIT: '' }, { kind: 'relation-created', ...remote }],
    [
      'vpn-gateway-relation-joined',
      { ...relation, JUJU_REMOTE_UNIT: 'gluetun/0' },
      { kind: 'relation-joined', ...remote, remoteUnit: 'gluetun/0' },
    ],
    ['vpn-gateway-relation-changed', relation, { kind: 'relation-changed', ...remote }],
    [
      'vpn-gateway-relation-departed',
      { ...relation, JUJU_REMOTE_UNIT: 'gluetun/0', JUJU_DEPARTING_UNIT: 'hello/0' },
      { kind: 'relation-departed', ...remote, remoteUnit: 'gluetun/0', departingUnit: 'hello/0' },
    ],
    ['vpn-gateway-relation-broken', relation, { kind: 'relation-broken', ...remote }],
    ['side-car-pebble-ready', workload, { kind: 'pebble-ready', container: 'side-car' }],
    [
      'side-car-pebble-check-failed',
      { ...workload, JUJU_PEBBLE_CHECK_NAME: 'vpn-route' },
      { kind: 'pebble-check-failed', container: 'side-car', check: 'vpn-route' },
    ],
    [
      'side-car-pebble-check-recovered',
      { ...workload, JUJU_PEBBLE_CHECK_NAME: 'vpn-route' },
      { kind: 'pebble-check-recovered', container: 'side-car', check: 'vpn-route' },
    ],
    [
      'side-car-pebble-custom-notice',
      { ...workload, JUJU_NOTICE_ID: '12', JUJU_NOTICE_TYPE: 'custom', JUJU_NOTICE_KEY: 'example.com/done' },
      {
        kind: 'pebble-custom-notice',
        container: 'side-car',
        noticeId: '12',
        noticeType: 'custom',
        noticeKey: 'example.com/done',
      },
    ],
    [
      'secret-changed',
      { JUJU_SECRET_ID: 'secret:d0', JUJU_SECRET_LABEL: '' },
      { kind: 'secret-changed', secretId: 'secret:d0' },
    ],
    [
      'secret-rotate',
      { JUJU_SECRET_ID: 'secret:d0', JUJU_SECRET_LABEL: 'key' },
      { kind: 'secret-rotate', secretId: 'secret:d0', label: 'key' },
    ],
    [
      'secret-expired',
      { JUJU_SECRET_ID: 'secret:d0', JUJU_SECRET_REVISION: '3' },
      { kind: 'secret-expired', secretId: 'secret:d0', revision: 3 },
    ],
    [
      'secret-remove',
      { JUJU_SECRET_ID: 'secret:d0', JUJU_SECRET_REVISION: '3' },
      { kind: 'secret-remove', secretId: 'secret:d0', revision: 3 },
    ],
    [
      'my-data-storage-attached',
      { JUJU_STORAGE_ID: 'my-data/0' },
      { kind: 'storage-attached', storage: 'my-data', storageId: 'my-data/0' },
    ],
    [
      'my-data-storage-detaching',
      { JUJU_STORAGE_ID: 'my-data/0' },
      { kind: 'storage-detaching', storage: 'my-data', storageId: 'my-data/0' },
    ],
  ])('%s', (hook, variables, expected) => {
    expect(parseHookEvent({ JUJU_DISPATCH_PATH: `hooks/${hook}`, ...variables })).toEqual(expected);
  });

  test('names with hyphens, or that look like a hook, stay whole', () => {
    const confusing = 'secret-changed-relation-joined';
    const environment = { ...relation, JUJU_RELATION: confusing, JUJU_RELATION_ID: `${confusing}:7` };
    expect(parseHookEvent({ JUJU_DISPATCH_PATH: `hooks/${confusing}-relation-changed`, ...environment })).toMatchObject(
      {
        kind: 'relation-changed',
        endpoint: confusing,
      },
    );
  });

  test('an action', () => {
    const environment = { JUJU_ACTION_NAME: 'verify-vpn', JUJU_ACTION_UUID: '17', JUJU_HOOK_NAME: '' };
    expect(parseHookEvent({ JUJU_DISPATCH_PATH: 'actions/verify-vpn', ...environment })).toEqual({
      kind: 'action',
      name: 'verify-vpn',
      id: '17',
    });
  });

  test.each(['collect-metrics', 'leader-deposed', 'meter-status-changed', 'something-new', '-relation-changed'])(
    '%s of another Juju is no event',
    (hook) => {
      expect(parseHookEvent({ JUJU_DISPATCH_PATH: `hooks/${hook}` })).toBeUndefined();
    },
  );

  test.each([
    ['hooks/vpn-gateway-relation-changed', relation, 'JUJU_RELATION'],
    ['hooks/vpn-gateway-relation-changed', relation, 'JUJU_RELATION_ID'],
    ['hooks/vpn-gateway-relation-changed', relation, 'JUJU_REMOTE_APP'],
    ['hooks/vpn-gateway-relation-joined', relation, 'JUJU_REMOTE_UNIT'],
    ['hooks/side-car-pebble-ready', workload, 'JUJU_WORKLOAD_NAME'],
    ['hooks/side-car-pebble-check-failed', workload, 'JUJU_PEBBLE_CHECK_NAME'],
    ['hooks/secret-changed', {}, 'JUJU_SECRET_ID'],
    ['hooks/secret-remove', { JUJU_SECRET_ID: 'secret:d0' }, 'JUJU_SECRET_REVISION'],
    ['hooks/data-storage-attached', {}, 'JUJU_STORAGE_ID'],
    ['actions/verify-vpn', { JUJU_ACTION_UUID: '17' }, 'JUJU_ACTION_NAME'],
    ['actions/verify-vpn', { JUJU_ACTION_NAME: 'verify-vpn' }, 'JUJU_ACTION_UUID'],
  ])('%s without a variable names it', (path, variables, missing) => {
    const parse = (): unknown => parseHookEvent({ ...variables, JUJU_DISPATCH_PATH: path, [missing]: '' });
    expect(parse).toThrow(EnvironmentError);
    expect(parse).toThrow(`${missing} is not set`);
  });

  test.each([
    [{ ...relation, JUJU_RELATION: 'other' }, 'JUJU_RELATION is other'],
    [{ ...relation, JUJU_RELATION_ID: 'vpn-gateway:x' }, 'JUJU_RELATION_ID is vpn-gateway:x'],
  ])('a variable that makes no sense is an error', (variables, message) => {
    const environment = { JUJU_DISPATCH_PATH: 'hooks/vpn-gateway-relation-changed', ...variables };
    expect(() => parseHookEvent(environment)).toThrow(message);
  });
});
