import type { CharmClass, CharmHost, DispatchOutcome } from '@charm-ts/ops';
import type { CharmDefinition } from '../charm/charm-definition.js';
import { TestingError } from '../errors/testing-error.js';

/** A charm class of `@charm-ts/ops`, with the `dispatch` that it inherits from `CharmBase`. */
export type InProcessCharm = CharmClass & {
  dispatch(this: CharmClass, host: CharmHost): Promise<DispatchOutcome>;
};

const definitions = new WeakMap<CharmClass, CharmDefinition>();

/**
 * The metadata with which a charm class is built. The class alone does not tell, so it is built once, for an event that is never
 * handled.
 *
 * @throws TestingError `bad-charm` when the constructor fails without configuration.
 */
export async function definitionOf(charm: InProcessCharm): Promise<CharmDefinition> {
  const known = definitions.get(charm);
  if (known !== undefined) return known;
  let found: CharmDefinition | undefined;
  const stop = new Error('the metadata is known');
  class Probe extends charm {
    constructor(...args: ConstructorParameters<CharmClass>) {
      super(...args);
      found = this.meta;
      throw stop;
    }
  }
  const outcome = await charm.dispatch.call(Probe, probeHost);
  if (found === undefined) {
    throw new TestingError('bad-charm', `${charm.name} cannot be built without configuration: pass { metadata }`, {
      cause: outcome.error,
    });
  }
  definitions.set(charm, found);
  return found;
}

const probeHost: CharmHost = {
  environment: {
    JUJU_DISPATCH_PATH: 'hooks/start',
    JUJU_HOOK_NAME: 'start',
    JUJU_UNIT_NAME: 'probe/0',
    JUJU_MODEL_NAME: 'probe',
    JUJU_MODEL_UUID: '00000000-0000-4000-8000-000000000000',
    JUJU_VERSION: '3.6.9',
    JUJU_CHARM_DIR: '/probe/var/lib/juju/agents/unit-probe-0/charm',
    JUJU_CONTEXT_ID: 'probe',
  },
  hookTools: {
    run: ({ tool }) => Promise.resolve({ exitCode: 0, stdout: tool === 'config-get' ? '{}' : '', stderr: '' }),
  },
  clock: { now: () => new Date(0), sleep: () => Promise.resolve() },
  stderr: () => undefined,
};
