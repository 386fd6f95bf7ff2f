import {
  BlockedStatus,
  PebbleApiError,
  PebbleChangeError,
  PebbleError,
  PebblePathError,
  PebbleTimeoutError,
  type SettableStatus,
  WaitingStatus,
} from '@charm-ts/ops';
import type { MediaApp } from '../media-app.js';
import { SettingsFileError } from '../settings/settings-file-error.js';
import { doesNotRun } from './does-not-run.js';

/** Something else than a file is where the file, or a folder of its path, should be. */
const wrongKind = /regular file|file exists|directory/;

/** Why a file could not be read or written, without the paths: what Pebble writes first has a name of its own each time. */
const pathReason = (message: string): string =>
  message
    .replace(/: "[^"]*"$/, '')
    .split(': ')
    .at(-1) ?? message;

const pathFault = ({ path, message }: PebblePathError): SettableStatus => {
  const reason = pathReason(message);
  return wrongKind.test(reason)
    ? new BlockedStatus(`${path}: ${reason}; mend or remove it`)
    : new BlockedStatus(`${path}: ${reason}; mend the storage config or make room in it`);
};

const isStillEnding = (error: PebbleError): boolean =>
  error instanceof PebbleChangeError
    ? error.change.tasks.some(({ kind, status }) => kind === 'stop' && status === 'Error')
    : error instanceof PebbleTimeoutError && error.change !== undefined;

/** The status for what has kept the application from its settings or from running; undefined for a mistake in the code. */
export const startFault = (
  error: unknown,
  app: Pick<MediaApp, 'name' | 'title' | 'settingsFile'>,
  unit: string,
): SettableStatus | undefined => {
  if (error instanceof SettingsFileError)
    return new BlockedStatus(`${app.settingsFile}: ${error.message}; mend or remove it`);
  if (!(error instanceof PebbleError)) return undefined;
  if (error instanceof PebblePathError) return pathFault(error);
  if (isStillEnding(error)) return new WaitingStatus(`waiting for ${app.title} to end, then it gets its new settings`);
  if (error instanceof PebbleChangeError) return doesNotRun(app, unit, error.reason);
  const said = error instanceof PebbleApiError ? `: ${error.message.split('\n', 1).join().slice(0, 160)}` : '';
  return new WaitingStatus(`waiting for the container ${app.name}${said}`);
};
