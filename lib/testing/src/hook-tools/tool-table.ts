import { actionFail, actionGet, actionLog, actionSet } from './action-tools.js';
import type { HookTool } from './hook-tool.js';
import { closePort, openedPorts, openPort } from './port-tools.js';
import { relationGet, relationIds, relationList, relationModelGet, relationSet } from './relation-tools.js';
import {
  secretAdd,
  secretGet,
  secretGrant,
  secretIds,
  secretInfoGet,
  secretRemove,
  secretRevoke,
  secretSet,
} from './secret-tools.js';
import { stateDelete, stateGet, stateSet } from './state-tools.js';
import { credentialGet, jujuReboot, storageAdd, storageGet, storageList } from './storage-tools.js';
import {
  applicationVersionSet,
  configGet,
  goalState,
  isLeader,
  jujuLog,
  networkGet,
  resourceGet,
  statusGet,
  statusSet,
  unitGet,
} from './unit-tools.js';

/** Tools of both Juju 3.6 and 4.x that matter to a sidecar charm. */
const tools: Readonly<Record<string, HookTool>> = {
  'action-fail': actionFail,
  'action-get': actionGet,
  'action-log': actionLog,
  'action-set': actionSet,
  'application-version-set': applicationVersionSet,
  'close-port': closePort,
  'config-get': configGet,
  'credential-get': credentialGet,
  'goal-state': goalState,
  'is-leader': isLeader,
  'juju-log': jujuLog,
  'juju-reboot': jujuReboot,
  'network-get': networkGet,
  'open-port': openPort,
  'opened-ports': openedPorts,
  'relation-get': relationGet,
  'relation-ids': relationIds,
  'relation-list': relationList,
  'relation-model-get': relationModelGet,
  'relation-set': relationSet,
  'resource-get': resourceGet,
  'secret-add': secretAdd,
  'secret-get': secretGet,
  'secret-grant': secretGrant,
  'secret-ids': secretIds,
  'secret-info-get': secretInfoGet,
  'secret-remove': secretRemove,
  'secret-revoke': secretRevoke,
  'secret-set': secretSet,
  'state-delete': stateDelete,
  'state-get': stateGet,
  'state-set': stateSet,
  'status-get': statusGet,
  'status-set': statusSet,
  'storage-add': storageAdd,
  'storage-get': storageGet,
  'storage-list': storageList,
  'unit-get': unitGet,
};

export const toolNames: readonly string[] = Object.keys(tools);

/** `relation-model-get` came with Juju 3.6.2; everything else is in every version that this kit speaks. */
export function findTool(name: string, jujuVersion: string): HookTool | undefined {
  if (name === 'relation-model-get' && /^3\.([0-5]\.|6\.[01]$)/.test(jujuVersion)) return undefined;
  return Object.hasOwn(tools, name) ? tools[name] : undefined;
}
