import type { Sandbox } from '../sandbox/sandbox.js';
import { columns } from './columns.js';

/** The objects in the cluster as a table, of one kind when it is given. */
export function objectTable(sandbox: Sandbox, kind?: string): string {
  const rows = sandbox.cluster
    .list()
    .filter((object) => kind === undefined || object.kind.toLowerCase() === kind.toLowerCase())
    .map((object) => [object.kind, object.metadata.namespace ?? '', object.metadata.name]);
  return `${columns([['Kind', 'Namespace', 'Name'], ...rows])}\n`;
}
