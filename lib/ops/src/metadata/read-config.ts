import { ConfigTypeError } from '../errors/programming-errors.js';
import type { CharmMetadata, OptionType } from './charm-metadata.js';
import type { ConfigOf } from './config-of.js';

const expected: Readonly<Record<OptionType, 'string' | 'number' | 'boolean'>> = {
  string: 'string',
  secret: 'string',
  int: 'number',
  float: 'number',
  boolean: 'boolean',
};

/**
 * The options that the metadata declares, out of what `config-get` gave. An option that Juju left out has its default; an empty
 * secret without a default is no secret. Throws {@link ConfigTypeError}.
 */
export const readConfigOf = <M extends CharmMetadata>(
  metadata: M,
  answer: Readonly<Record<string, unknown>>,
): ConfigOf<M> => {
  const config: Record<string, unknown> = {};
  for (const [option, { type, default: byDefault }] of Object.entries(metadata.options)) {
    const value = answer[option] ?? byDefault;
    if (value === undefined || (type === 'secret' && value === '' && byDefault === undefined)) continue;
    if (typeof value !== expected[type]) throw new ConfigTypeError(option, expected[type], value);
    config[option] = value;
  }
  // Each declared option has just been checked against its declared type, which is what ConfigOf says.
  return Object.freeze(config) as ConfigOf<M>;
};
