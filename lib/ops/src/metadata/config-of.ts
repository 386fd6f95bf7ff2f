import type { CharmMetadata, OptionMetadata, OptionName } from './charm-metadata.js';

/** The value of one option. `int` and `float` are numbers, a `secret` is its identifier: `secret:<id>`. */
export type OptionValue<O extends OptionMetadata> = O['type'] extends 'int' | 'float'
  ? number
  : O['type'] extends 'boolean'
    ? boolean
    : O['type'] extends 'string' | 'secret'
      ? string
      : string | number | boolean;

type WithDefault<M extends CharmMetadata> = {
  [K in OptionName<M>]: M['options'][K] extends { readonly default: unknown } ? K : never;
}[OptionName<M>];

/**
 * The charm's configuration. Juju leaves out an option that has neither a value nor a default, so those are optional here and
 * options with a default are not.
 *
 * @example
 * ```ts
 * // options: { port: { type: 'int', default: 8080 }, key: { type: 'secret' } }
 * type Config = ConfigOf<typeof metadata>; // { port: number; key?: string | undefined }
 * ```
 */
export type ConfigOf<M extends CharmMetadata> = {
  readonly [K in WithDefault<M>]: OptionValue<M['options'][K]>;
} & {
  readonly [K in Exclude<OptionName<M>, WithDefault<M>>]?: OptionValue<M['options'][K]> | undefined;
};
