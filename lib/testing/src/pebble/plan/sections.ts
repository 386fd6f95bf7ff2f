import type { CheckSpec, LogTargetSpec, ServiceSpec } from '@charm-ts/ops';

/** A service as the plan holds it: what layers set and nothing else; defaults are applied where they are used. */
export type ServiceConfig = ServiceSpec;

/** A check as the plan holds it, its threshold filled in. */
export type CheckConfig = CheckSpec;

export type LogTargetConfig = LogTargetSpec;

/** The sections of one layer, or of all layers combined. */
export interface Sections {
  readonly services: Readonly<Record<string, ServiceConfig>>;
  readonly checks: Readonly<Record<string, CheckConfig>>;
  readonly logTargets: Readonly<Record<string, LogTargetConfig>>;
}

/** A layer that has been added. */
export interface StoredLayer extends Sections {
  readonly label: string;
}
