import { durationMs } from './go-time.js';
import type { ServiceConfig } from './plan/sections.js';

/** What a service's configuration asks for when its process ends by itself. */
export function actionFor(config: ServiceConfig, exitCode: number): string {
  return (exitCode === 0 ? config['on-success'] : config['on-failure']) ?? 'restart';
}

/** Milliseconds until the next restart, after one that was delayed by `previous` (0: the first). */
export function nextDelay(config: ServiceConfig, previous: number): number {
  const first = durationMs(config['backoff-delay'] ?? '500ms') ?? 0;
  const limit = durationMs(config['backoff-limit'] ?? '30s') ?? 0;
  return Math.min(previous === 0 ? first : previous * (config['backoff-factor'] ?? 2), limit);
}

/** The exit code of the daemon itself, when an action shuts it down. */
export function daemonExitCode(action: string, exitCode: number): number {
  const failed = action === 'failure-shutdown' || (action === 'shutdown' && exitCode !== 0);
  return failed ? 10 : 0;
}
