import { type Model, type CharmMetadata, HookToolError, SecretAccessError, SecretNotFoundError } from '@charm-ts/ops';
import { wrong } from '../configuration/fault.js';
import type { Options } from '../configuration/options.js';
import { type KeysReading, readVpnKeys, secretOption } from './vpn-keys.js';

/**
 * Reads the newest revision of the operator's secret: Juju announces neither a grant nor its revocation, so every
 * reconcile looks again.
 *
 * @returns `unreadable` when Juju has answered something else than that there is no such secret or that it is not granted.
 */
export const readKeys = async <M extends CharmMetadata>(
  model: Pick<Model<M>, 'secret'>,
  options: Options,
  application: string,
): Promise<KeysReading | undefined> => {
  const secretId = options[secretOption] ?? '';
  if (secretId === '') return undefined;
  try {
    const content = await model.secret(secretId).content({ refresh: true });
    return readVpnKeys(content, options['vpn-provider'].trim().toLowerCase());
  } catch (error) {
    if (error instanceof SecretNotFoundError) {
      return { kind: 'faults', faults: [wrong(secretOption, 'there is no such secret, see: juju secrets')] };
    }
    if (error instanceof SecretAccessError) {
      return {
        kind: 'faults',
        faults: [{ kind: 'command', command: `juju grant-secret ${secretId} ${application}` }],
      };
    }
    // A secret backend that is away, for one; Juju's words are in the log.
    if (error instanceof HookToolError) return { kind: 'unreadable' };
    throw error;
  }
};
