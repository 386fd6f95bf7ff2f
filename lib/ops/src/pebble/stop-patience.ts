import { parseDuration } from './go-duration.js';
import type { ServiceSpec } from './layer.js';

/** Milliseconds, all of Pebble's own (servstate/handlers.go): from SIGTERM to SIGKILL where a service does not say it, … */
const defaultKillDelay = 5_000;
/** … and from SIGKILL until Pebble gives the process up. */
const failDelay = 5_000;
/** Milliseconds for what is started again, and for a busy machine. */
const margin = 5_000;
const minimum = 30_000;

/**
 * Milliseconds within which a stop or restart has ended, well or not. Pebble also stops what depends on a service, one after the
 * other, so all services of the plan count; one that runs has the kill-delay of the plan that it was started with, so the longest does.
 */
export function stopPatience(...plans: readonly Readonly<Record<string, ServiceSpec>>[]): number {
  const longest = new Map<string, number>();
  for (const [name, spec] of plans.flatMap((services) => Object.entries(services))) {
    longest.set(name, Math.max(longest.get(name) ?? 0, killDelay(spec)));
  }
  const total = [...longest.values()].reduce((sum, delay) => sum + delay + failDelay, margin);
  return Math.max(minimum, total);
}

function killDelay({ 'kill-delay': given }: ServiceSpec): number {
  const nanoseconds = given === undefined ? undefined : parseDuration(given);
  return nanoseconds === undefined ? defaultKillDelay : nanoseconds / 1e6;
}
