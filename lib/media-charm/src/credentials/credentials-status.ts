import { WaitingStatus } from '@charm-ts/ops';
import type { CredentialsReading } from './credentials.js';

/** What a unit waits for that has no credentials. */
export const credentialsStatus = (
  { kind }: Exclude<CredentialsReading, { readonly kind: 'ok' }>,
  unit: string,
): WaitingStatus =>
  kind === 'absent'
    ? new WaitingStatus('waiting for the leader to make the credentials')
    : new WaitingStatus(
        `waiting for Juju to give the credentials (secret backend away?), see: juju debug-log --include ${unit}`,
      );
