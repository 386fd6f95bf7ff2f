import { UsageError } from './usage-error.js';

/** A mistake in the command line: its user also sees how the command is used. */
export class CommandLineError extends UsageError {
  override readonly name = 'CommandLineError';
}
