import type { StateStore } from '@charm-ts/ops';
import type { GluetunServers } from './gluetun-servers.js';

const key = 'gluetun-version';

/** The parts of the unit and the program that the version goes between. */
export interface VersionParts {
  readonly state: StateStore;
  readonly servers: GluetunServers;
  readonly unit: { setWorkloadVersion(version: string): Promise<void> };
}

/** Tells Juju the version of the program that runs, once for each. */
export const tellVersion = async ({ state, servers, unit }: VersionParts): Promise<void> => {
  const version = await servers.version();
  if (version === undefined || version === (await state.get(key))) return;
  await unit.setWorkloadVersion(version);
  state.set(key, version);
};
