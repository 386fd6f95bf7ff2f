import type { ActionEvent } from '@charm-ts/ops';
import type { ProofLine } from '@charm-ts/vpn-gateway';

const verdictOf = ({ passed, detail }: ProofLine): string => (passed ? 'pass' : `FAIL: ${detail}`);

/** `default-route: overlay (vxlan0)` becomes the result `default-route` with the value `overlay (vxlan0), pass`. */
const resultOf = (line: ProofLine): readonly [string, string] => {
  const [subject = '', ...rest] = line.name.split(': ');
  return [subject, `${rest.join(': ')}, ${verdictOf(line)}`];
};

/** Answers the action `verify-vpn` with a line of evidence for each layer. No evidence at all is a doubt too. */
export const answerVerifyVpn = async (event: ActionEvent, lines: readonly ProofLine[]): Promise<void> => {
  await event.setResults(Object.fromEntries(lines.map(resultOf)));
  const failed = lines.filter(({ passed }) => !passed);
  if (lines.length === 0) await event.fail('nothing could be verified');
  else if (failed.length > 0) await event.fail(failed.map(({ name, detail }) => `${name}: ${detail}`).join('; '));
};
