import { type CheckInfo, type ServiceInfo, type SettableStatus, WaitingStatus } from '@charm-ts/ops';
import type { MediaApp } from '../media-app.js';
import { doesNotRun } from './does-not-run.js';

/**
 * What to say of an application that should run and ends by itself, or runs and has a page that does not answer. One that was not started
 * is the gate's matter.
 */
export const pageStatus = (
  app: Pick<MediaApp, 'name' | 'title'>,
  unit: string,
  services: readonly ServiceInfo[],
  check: CheckInfo | undefined,
): SettableStatus | undefined => {
  const current = services.find(({ name }) => name === app.name)?.current ?? 'inactive';
  if (current === 'inactive') return undefined;
  if (current === 'backoff' || current === 'error') return doesNotRun(app, unit, 'it ends by itself');
  return check?.status === 'down' ? new WaitingStatus(`${app.title}: its page does not answer`) : undefined;
};
