import { TestingError } from '../errors/testing-error.js';
import type { Sandbox } from './sandbox.js';

/** Ends a workload container, starts it again, or both at once. Its layers and its files outside of volumes go with it. */
export async function changeContainer(
  sandbox: Sandbox,
  unit: string,
  container: string,
  what: 'up' | 'down' | 'restart',
): Promise<void> {
  const daemon = sandbox.pod(unit).container(container);
  sandbox.journal.record({ actor: 'user', kind: 'container', detail: `${container} of ${unit} ${what}` });
  if (what !== 'up') await daemon.stop();
  if (what !== 'down') await daemon.restart();
}

/** Lets the process of a running service end with an error. */
export function killService(sandbox: Sandbox, unit: string, container: string, service: string): void {
  const daemon = sandbox.pod(unit).container(container);
  if (!daemon.services.some(({ name, current }) => name === service && current === 'active')) {
    throw new TestingError('bad-argument', `service "${service}" does not run in ${container} of ${unit}`);
  }
  sandbox.journal.record({ actor: 'user', kind: 'container', detail: `${service} in ${container} of ${unit} killed` });
  daemon.exitService(service, 1);
}
