import { HookToolOutputError } from '../errors/hook-tool-output-error.js';
import { argumentText } from './argument-text.js';
import type { HookToolSession } from './hook-tool-session.js';
import { expectObject, expectStringArray, isObject } from './json-shape.js';

/** The charm's configuration, as Juju gives it. */
export const readConfig = async (tools: HookToolSession): Promise<Readonly<Record<string, unknown>>> =>
  expectObject('config-get', await tools.json('config-get', ['--format=json']));

/** Whether this unit leads; Juju guarantees a yes for 30 seconds. */
export const readLeadership = async (tools: HookToolSession): Promise<boolean> => {
  const answer = await tools.json('is-leader', ['--format=json']);
  if (typeof answer !== 'boolean') throw new HookToolOutputError('is-leader', 'true or false');
  return answer;
};

/** Number of units that the application has or will have, without those that go. */
export const readPlannedUnits = async (tools: HookToolSession): Promise<number> => {
  const goal = expectObject('goal-state', await tools.json('goal-state', ['--format=json']));
  const units = Object.values(expectObject('goal-state', goal['units'] ?? null));
  return units.filter((unit) => !(isObject(unit) && unit['status'] === 'dying')).length;
};

/** Ports that this unit has opened, e.g. `8000/tcp`. */
export const readOpenedPorts = async (tools: HookToolSession): Promise<readonly string[]> =>
  expectStringArray('opened-ports', await tools.json('opened-ports', ['--format=json']));

/** Opens a port, e.g. `8000/tcp`. Kubernetes models have no ranges. */
export const openPort = async (tools: HookToolSession, port: string): Promise<void> => {
  await tools.run('open-port', [port]);
};

/** Closes a port. */
export const closePort = async (tools: HookToolSession, port: string): Promise<void> => {
  await tools.run('close-port', [port]);
};

/** Sets the version that `juju status` shows; at once, not at the end of the hook. */
export const writeWorkloadVersion = async (tools: HookToolSession, version: string): Promise<void> => {
  await tools.run('application-version-set', ['--', argumentText(version)]);
};
