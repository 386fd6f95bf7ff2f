import type { ActionEvent } from '@charm-ts/ops';
import type { ProofLine } from './proof-line.js';

/** What an action is told with. `ActionEvent` fits. */
export type ProofAction = Pick<ActionEvent, 'setResults' | 'fail'>;

/** A result for each line, and a failure when one does not hold. No evidence at all is a doubt too. */
export async function answerProof(action: ProofAction, lines: readonly ProofLine[]): Promise<void> {
  await action.setResults(Object.fromEntries(lines.map(resultOf)));
  const failed = lines.filter(({ passed }) => !passed);
  if (lines.length === 0) await action.fail('nothing could be verified');
  else if (failed.length > 0) await action.fail(failed.map(({ name, detail }) => `${name}: ${detail}`).join('; '));
}

/** `default-route: overlay (vxlan0)` becomes the result `default-route` with the value `overlay (vxlan0), pass`. */
function resultOf({ name, passed, detail }: ProofLine): readonly [string, string] {
  const [subject = '', ...rest] = name.split(': ');
  return [subject, `${rest.join(': ')}, ${passed ? 'pass' : `FAIL: ${detail}`}`];
}
