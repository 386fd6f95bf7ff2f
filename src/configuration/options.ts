import type { ConfigOf } from '@charm-ts/ops';
import type { metadata } from '../generated/metadata.js';

/** The options of config.yaml with their types. */
export type Options = ConfigOf<typeof metadata>;
