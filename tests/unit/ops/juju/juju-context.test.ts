import { describe, expect, test } from '@jest/globals';
import { EnvironmentError, JujuContext } from '@charm-ts/ops';
import { baseEnvironment } from '../hello-charm.js';

describe('JujuContext', () => {
  test('has what Juju says about the unit', () => {
    expect(new JujuContext(baseEnvironment)).toMatchObject({
      dispatchPath: 'hooks/config-changed',
      unitName: 'hello/0',
      appName: 'hello',
      modelName: 'media',
      modelUuid: baseEnvironment.JUJU_MODEL_UUID,
      jujuVersion: '3.6.8',
      apiAddresses: ['10.152.183.61:17070', '192.168.7.9:17070'],
      root: '',
    });
  });

  test('cannot be changed', () => {
    const context = new JujuContext(baseEnvironment);
    expect(Object.isFrozen(context)).toBe(true);
    expect(Object.isFrozen(context.apiAddresses)).toBe(true);
  });

  test.each([
    ['/tmp/pod-3/var/lib/juju/agents/unit-hello-0/charm', '/tmp/pod-3'],
    ['/var/lib/juju/agents/unit-hello-0/charm', ''],
    ['/home/me/charm', ''],
  ])('the root of %s is "%s"', (charmDir, root) => {
    expect(new JujuContext({ ...baseEnvironment, JUJU_CHARM_DIR: charmDir }).root).toBe(root);
  });

  test.each(['JUJU_DISPATCH_PATH', 'JUJU_UNIT_NAME', 'JUJU_MODEL_NAME', 'JUJU_MODEL_UUID', 'JUJU_CHARM_DIR'])(
    'names %s when it is missing or empty',
    (name) => {
      for (const value of [undefined, '']) {
        const build = (): JujuContext => new JujuContext({ ...baseEnvironment, [name]: value });
        expect(build).toThrow(EnvironmentError);
        expect(build).toThrow(name);
      }
    },
  );

  test('does without a version and without addresses', () => {
    const context = new JujuContext({ ...baseEnvironment, JUJU_VERSION: '', JUJU_API_ADDRESSES: undefined });
    expect(context).toMatchObject({ jujuVersion: '0.0.0', apiAddresses: [] });
  });
});
