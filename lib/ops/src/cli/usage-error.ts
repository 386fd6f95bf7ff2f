/** Something that the user has to put right; its message is all that they see. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}
