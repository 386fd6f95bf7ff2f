import { hookName } from '../model/hook-event.js';
import type { Status } from '../model/status.js';
import type { Unit } from '../model/unit.js';

/** The status that `juju status` shows: an error hides what the charm has set. */
export function shownStatus(unit: Unit): Status {
  const { failed } = unit.memory;
  return failed === undefined ? unit.status : { name: 'error', message: `hook failed: "${hookName(failed)}"` };
}
