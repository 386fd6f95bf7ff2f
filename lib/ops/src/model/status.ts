/** The names of statuses that a charm can set. */
export type StatusName = 'active' | 'waiting' | 'maintenance' | 'blocked';

abstract class Status<N extends StatusName> {
  abstract readonly name: N;
  readonly message: string;

  constructor(message = '') {
    this.message = message;
  }
}

/** The unit does its work. */
export class ActiveStatus extends Status<'active'> {
  readonly name = 'active';
}

/** The unit waits for something that comes without the operator. */
export class WaitingStatus extends Status<'waiting'> {
  readonly name = 'waiting';
}

/** The unit is busy with itself and does not serve. */
export class MaintenanceStatus extends Status<'maintenance'> {
  readonly name = 'maintenance';
}

/** The operator has to do something; the message says what. */
export class BlockedStatus extends Status<'blocked'> {
  readonly name = 'blocked';
}

/** A status that a charm can set. Juju's `error` and `unknown` are not among them. */
export type SettableStatus = ActiveStatus | WaitingStatus | MaintenanceStatus | BlockedStatus;
