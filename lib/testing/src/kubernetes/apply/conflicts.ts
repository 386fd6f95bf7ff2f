import { describePath } from './field-path.js';
import type { FieldSet } from './field-set.js';
import type { ManagerEntry } from './managed-fields.js';

/** Fields of an apply that another manager owns with other values. */
export interface OwnershipConflict {
  readonly owner: ManagerEntry;
  readonly fields: FieldSet;
}

/** A cause of the 409 answer. */
export interface ConflictCause {
  readonly reason: 'FieldManagerConflict';
  readonly message: string;
  readonly field: string;
}

/** An apply that would take fields of others. */
export class ApplyConflictError extends Error {
  readonly causes: readonly ConflictCause[];

  constructor(conflicts: readonly OwnershipConflict[]) {
    const found = conflicts.flatMap(({ owner, fields }) =>
      [...fields.paths()].map((path) => ({ owner: describeOwner(owner), field: describePath(path) })),
    );
    super(explain(found));
    this.causes = found.map(({ owner, field }) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${owner}`,
      field,
    }));
  }
}

const describeOwner = (owner: ManagerEntry): string => {
  const name = `"${owner.manager}"${owner.subresource === '' ? '' : ` with subresource "${owner.subresource}"`}`;
  return owner.operation === 'Update' ? `${name} using ${owner.apiVersion}` : name;
};

const explain = (found: readonly { readonly owner: string; readonly field: string }[]): string => {
  const [first] = found;
  if (first !== undefined && found.length === 1) {
    return `Apply failed with 1 conflict: conflict with ${first.owner}: ${first.field}`;
  }
  const owners = [...new Set(found.map(({ owner }) => owner))].toSorted();
  const lines = owners.flatMap((owner) => [
    `conflicts with ${owner}:`,
    ...found.filter((one) => one.owner === owner).map(({ field }) => `- ${field}`),
  ]);
  return `Apply failed with ${found.length} conflicts: ${lines.join('\n')}`;
};
