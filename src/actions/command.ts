import { type Container, OpsError } from '@charm-ts/ops';
import { ActionFailure } from './action-failure.js';

export interface CommandOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in Gluetun's container; what Pebble cannot do ends the action and not the hook. */
export type Command = (words: readonly string[], timeoutMs?: number) => Promise<CommandOutcome>;

export const commandIn =
  (container: Pick<Container, 'exec'>): Command =>
  async (words, timeoutMs = 15_000) => {
    try {
      return await container.exec(words, { timeoutMs });
    } catch (error) {
      if (!(error instanceof OpsError)) throw error;
      throw new ActionFailure(`${words[0] ?? ''} cannot be run in the container gluetun: ${error.message}`, {
        cause: error,
      });
    }
  };
