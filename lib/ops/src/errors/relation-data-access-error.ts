import { brandError, OpsError } from './ops-error.js';

/** The unit may not read or write this databag. Thrown before Juju is asked. */
export class RelationDataAccessError extends OpsError {
  readonly code = 'relation-data-access';
  readonly endpoint: string;
  readonly relationId: number;
  /** Whose databag: the name of an application or a unit. */
  readonly owner: string;

  static {
    brandError(this, 'RelationDataAccessError');
  }

  constructor(where: { endpoint: string; relationId: number; owner: string }, problem: string, options?: ErrorOptions) {
    super(`databag of ${where.owner} in relation ${where.endpoint}:${where.relationId}: ${problem}`, options);
    this.endpoint = where.endpoint;
    this.relationId = where.relationId;
    this.owner = where.owner;
  }
}
