import type { Options } from '../../../src/configuration/options.js';

/** One input: to the charm as options and a secret, to Gluetun as settings. */
export interface Row {
  readonly provider: string;
  readonly input: string;
  /** Changes to a complete configuration of the provider. */
  readonly options?: Partial<Options>;
  /** Changes to a complete secret; `undefined` takes an attribute away. */
  readonly secret?: Readonly<Record<string, string | undefined>>;
  /** What the input means to Gluetun where the charm refuses it and makes no settings, as changes to the complete ones. */
  readonly raw?: Readonly<Record<string, string | undefined>>;
  /** Why the charm refuses what Gluetun takes. */
  readonly stricter?: string;
  /** Why the charm takes what Gluetun refuses: what it cannot know before. */
  readonly unknowable?: string;
  readonly protocol?: 'openvpn';
  /** True where Gluetun finds two faults: it looks for them in random order and names the first. */
  readonly anyLine?: true;
}

/** The name under which a row is recorded. */
export const rowName = ({ provider, input }: Row): string => `${provider}: ${input}`;
