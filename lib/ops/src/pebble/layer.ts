type Override = 'merge' | 'replace';
type Action = 'restart' | 'shutdown' | 'ignore';

/** How a command is run; `user-id: 0` is root, not absent. */
export interface ExecutionSpec {
  readonly environment?: Readonly<Record<string, string>>;
  readonly 'user-id'?: number;
  readonly user?: string;
  readonly 'group-id'?: number;
  readonly group?: string;
  readonly 'working-dir'?: string;
}

/** A service of a layer, with the keys of Pebble's YAML. Durations are Go's (`1m30s`). */
export interface ServiceSpec extends ExecutionSpec {
  readonly override: Override;
  readonly command?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly startup?: 'enabled' | 'disabled';
  readonly after?: readonly string[];
  readonly before?: readonly string[];
  readonly requires?: readonly string[];
  readonly workload?: string;
  readonly 'on-success'?: Action | 'failure-shutdown';
  readonly 'on-failure'?: Action | 'success-shutdown';
  readonly 'on-check-failure'?: Readonly<Record<string, Action | 'success-shutdown'>>;
  readonly 'backoff-delay'?: string;
  readonly 'backoff-factor'?: number;
  readonly 'backoff-limit'?: string;
  readonly 'kill-delay'?: string;
}

/** A health check of a layer: one of `http`, `tcp` and `exec`. `level` makes the kubelet's probes depend on it. */
export interface CheckSpec {
  readonly override: Override;
  readonly level?: 'alive' | 'ready';
  readonly startup?: 'enabled' | 'disabled';
  /** Go duration, 10s by default. */
  readonly period?: string;
  /** Go duration, 3s by default. */
  readonly timeout?: string;
  /** Failures in a row that make the check `down`, 3 by default. */
  readonly threshold?: number;
  readonly http?: { readonly url?: string; readonly headers?: Readonly<Record<string, string>> };
  readonly tcp?: { readonly port?: number; readonly host?: string };
  readonly exec?: ExecutionSpec & { readonly command?: string; readonly 'service-context'?: string };
}

/** Forwards the logs of services. */
export interface LogTargetSpec {
  readonly override: Override;
  readonly type?: 'loki' | 'opentelemetry' | 'syslog';
  readonly location?: string;
  readonly services?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * A layer of Pebble's configuration. It is sent as it is: a key that this type does not know still reaches Pebble.
 *
 * @example
 * ```ts
 * const layer: Layer = {
 *   label: 'gluetun',
 *   services: { gluetun: { override: 'replace', command: '/gluetun-entrypoint', startup: 'enabled' } },
 * };
 * ```
 */
export interface Layer {
  /** Names the layer; a later layer of the same label is combined with it. */
  readonly label: string;
  readonly summary?: string;
  readonly description?: string;
  readonly services?: Readonly<Record<string, ServiceSpec>>;
  readonly checks?: Readonly<Record<string, CheckSpec>>;
  readonly 'log-targets'?: Readonly<Record<string, LogTargetSpec>>;
}

/** All layers combined, as Pebble prints them: durations in Go's spelling, empty values left out. */
export interface Plan {
  readonly services: Readonly<Record<string, ServiceSpec>>;
  readonly checks: Readonly<Record<string, CheckSpec>>;
  readonly 'log-targets': Readonly<Record<string, LogTargetSpec>>;
}
