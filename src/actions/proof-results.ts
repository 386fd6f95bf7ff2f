import type { ProofLine } from '@charm-ts/vpn-gateway';

/** One result for each line: `filter-ipv4` with the value `closed, pass` or `closed, FAIL: why`. */
export const proofResults = (lines: readonly ProofLine[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    lines.map(({ name, passed, detail }) => {
      const [subject = '', ...rest] = name.split(': ');
      return [subject, `${rest.join(': ')}, ${passed ? 'pass' : `FAIL: ${detail}`}`];
    }),
  );

/** The action's failure, or nothing when every line holds. No line at all is a doubt as well. */
export const proofFailure = (lines: readonly ProofLine[]): string | undefined => {
  if (lines.length === 0) return 'nothing could be verified';
  const failed = lines.filter(({ passed }) => !passed);
  return failed.length === 0 ? undefined : failed.map(({ name, detail }) => `${name}: ${detail}`).join('; ');
};
