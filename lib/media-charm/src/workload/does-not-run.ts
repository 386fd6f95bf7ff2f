import { BlockedStatus } from '@charm-ts/ops';
import type { MediaApp } from '../media-app.js';

/** The application ends although it should run; why, only its own output tells, which is not for a status. */
export const doesNotRun = (
  { name, title }: Pick<MediaApp, 'name' | 'title'>,
  unit: string,
  reason: string,
): BlockedStatus =>
  new BlockedStatus(
    `${title} does not run: ${reason}; see: juju ssh --container ${name} ${unit} /charm/bin/pebble logs ${name}`,
  );
