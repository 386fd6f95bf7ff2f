/** One line of evidence. */
export interface ProofLine {
  /** What was looked at, e.g. `ipv6: closed`. */
  readonly name: string;
  readonly passed: boolean;
  /** Why not; empty when it passed. */
  readonly detail: string;
}
