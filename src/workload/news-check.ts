import type { Layer } from '@charm-ts/ops';
import { addressFile, forwardedPortFile } from './gluetun-settings.js';

export const newsCheck = 'news';

/** What the charm has read of Gluetun's findings, and told to others. */
export interface KnownFindings {
  readonly address: string | undefined;
  readonly forwardedPort: number | undefined;
}

const firstLine = (path: string): string => `$(head -n 1 ${path} 2>/dev/null)`;

/**
 * A check that fails as soon as Gluetun's files say something else than what the charm knows: each change becomes an
 * event within seconds, also one that happens between two looks, and a hook never has to wait for one. No level: the
 * kubelet has nothing to do with it.
 */
export const newsLayer = ({ address = '', forwardedPort }: KnownFindings): Layer => ({
  label: newsCheck,
  checks: {
    [newsCheck]: {
      override: 'replace',
      startup: 'enabled',
      period: '4s',
      timeout: '3s',
      threshold: 1,
      exec: {
        command: `sh -c 'test "${firstLine(addressFile)} ${firstLine(forwardedPortFile)}" = "${address} ${forwardedPort ?? ''}"'`,
      },
    },
  },
});
