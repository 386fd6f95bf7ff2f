/** A command line that cannot be understood; its message is shown as it is. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
