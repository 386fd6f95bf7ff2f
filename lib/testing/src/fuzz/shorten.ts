/**
 * A sequence as short as leaving out parts of it makes it, halves first, then ever smaller ones.
 *
 * @param holds Whether a shorter sequence still shows what the whole one shows.
 * @param goOn False when there is no more time: the shortest one so far is the result.
 */
export async function shorten<T>(
  whole: readonly T[],
  holds: (sequence: readonly T[]) => Promise<boolean>,
  goOn: () => boolean = () => true,
): Promise<readonly T[]> {
  let sequence = whole;
  for (let size = Math.ceil(whole.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < sequence.length && goOn();) {
      const shorter = [...sequence.slice(0, start), ...sequence.slice(start + size)];
      if (await holds(shorter)) sequence = shorter;
      else start += size;
    }
  }
  return sequence;
}
