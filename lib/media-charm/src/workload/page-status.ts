import { type CheckInfo, type ServiceInfo, WaitingStatus } from '@charm-ts/ops';
import type { MediaApp } from '../media-app.js';

/** What to say when the application runs and its page does not answer; an application that does not run is the gate's matter. */
export const pageStatus = (
  { name, title }: Pick<MediaApp, 'name' | 'title'>,
  services: readonly ServiceInfo[],
  check: CheckInfo | undefined,
): WaitingStatus | undefined => {
  const isRunning = services.some((service) => service.name === name && service.current !== 'inactive');
  return isRunning && check?.status === 'down' ? new WaitingStatus(`${title}: its page does not answer`) : undefined;
};
