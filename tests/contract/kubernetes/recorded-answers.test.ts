import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KubernetesApi } from '../../../lib/testing/src/kubernetes/index.js';
import { Names } from './names.js';
import { send } from './wire.js';
import type { WireAnswer } from './wire.js';

type User = 'juju' | 'trusted' | 'untrusted' | 'anonymous' | 'invalid-token';

interface Recording {
  readonly name: string;
  readonly steps: readonly {
    readonly request: {
      readonly verb: string;
      readonly path: string;
      readonly query?: Readonly<Record<string, string>>;
      readonly contentType?: string;
      readonly body?: unknown;
      readonly user: User;
    };
    readonly response: WireAnswer;
  }[];
}

const folder = fileURLToPath(new URL('../../fixtures/kubernetes', import.meta.url));
const recordings = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording);

/** What has to be compared at least; without this list a lost file would be a test that passes. */
const minimum = [
  'access-others',
  'access-untrusted',
  'apply-appends-and-takes-back',
  'apply-changes-and-drops-own-items',
  'apply-conflicts',
  'apply-native-sidecar',
  'apply-nested-lists-of-a-juju-container',
  'apply-order-follows-intent',
  'apply-two-managers-own-one-item',
  'configmap-lifecycle',
  'create-twice',
  'discovery-reads',
  'dry-run',
  'invalid-apply',
  'json-patch-appends',
  'juju-reapply-keeps-applied-items',
  'juju-reapply-keeps-the-order-of-a-strategic-patch',
  'juju-scale-and-replace',
  'merge-patch',
  'missing-statefulset',
  'networkpolicy-lifecycle',
  'pod-lifecycle',
  'service-lifecycle',
  'strategic-patch-prepends',
  'strategic-patch-then-apply-is-not-taken-back',
  'strategic-patch-with-element-order',
];

describe('answers like those recorded from a real API server', () => {
  let api: KubernetesApi;
  let tokens: Readonly<Record<User, string | undefined>>;

  beforeEach(async () => {
    api = await KubernetesApi.start();
    tokens = {
      juju: api.adminToken,
      trusted: api.createServiceAccountToken('vpn-model', 'gluetun'),
      untrusted: api.createServiceAccountToken('vpn-model', 'sabnzbd'),
      anonymous: undefined,
      'invalid-token': 'not-a-token',
    };
    api.setTrust('vpn-model', 'gluetun', true);
  });
  afterEach(async () => {
    await api.close();
  });

  test('has the recordings that it needs', () => {
    expect(recordings.map(({ name }) => name)).toEqual(expect.arrayContaining(minimum));
  });

  test.each(recordings)('$name', async ({ steps }) => {
    const names = new Names();
    for (const [index, { request, response }] of steps.entries()) {
      const token = tokens[request.user];
      const answer = await send(api, {
        ...request,
        body: names.actual(request.body),
        ...(token === undefined ? {} : { token }),
      });
      expect({ index, ...request, response: names.named(answer) }).toEqual({ index, ...request, response });
    }
  });
});
