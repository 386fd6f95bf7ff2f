/** The states of the requirer's gate, closed to open. */
export const gateStates = [
  'no-relation',
  'no-data',
  'invalid-data',
  'protecting',
  'unverified',
  'disconnected',
  'protected',
] as const;

/** A state of the gate. */
export type GateState = (typeof gateStates)[number];
