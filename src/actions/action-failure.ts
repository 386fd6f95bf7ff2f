/** Why an action cannot be done; the message is the operator's. */
export class ActionFailure extends Error {
  override readonly name = 'ActionFailure';
}
