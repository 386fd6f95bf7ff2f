import { type Model, type CharmMetadata, SecretAccessError, SecretNotFoundError } from '@charm-ts/ops';
import { wrong } from '../configuration/fault.js';
import type { TunnelSettings } from '../configuration/tunnel-settings.js';
import { type KeysReading, readVpnKeys, secretOption } from './vpn-keys.js';

/**
 * Reads the newest revision of the operator's secret: Juju announces neither a grant nor its revocation, so every
 * reconcile looks again.
 */
export const readSecret = async <M extends CharmMetadata>(
  model: Pick<Model<M>, 'secret'>,
  tunnel: TunnelSettings,
  application: string,
): Promise<KeysReading> => {
  try {
    const content = await model.secret(tunnel.secretId).content({ refresh: true });
    return readVpnKeys(content, tunnel.provider);
  } catch (error) {
    if (error instanceof SecretNotFoundError) {
      return { kind: 'faults', faults: [wrong(secretOption, 'there is no such secret, see: juju secrets')] };
    }
    if (error instanceof SecretAccessError) {
      return {
        kind: 'faults',
        faults: [{ kind: 'command', command: `juju grant-secret ${tunnel.secretId} ${application}` }],
      };
    }
    throw error;
  }
};
