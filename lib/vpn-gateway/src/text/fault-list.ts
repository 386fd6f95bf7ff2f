/** How many faults a status names. */
export const shownFaults = 8;

/** How much of each. */
const shownLength = 240;

/**
 * Faults as one line that somebody can read, whatever was put into an option or a databag: the first ones, each cut, and how many more there are.
 *
 * @example faultList(['a is wrong', 'b is wrong']) // 'a is wrong; b is wrong'
 */
export function faultList(faults: readonly string[]): string {
  const left = faults.length - shownFaults;
  return [...faults.slice(0, shownFaults).map(shortened), ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
}

function shortened(text: string): string {
  return text.length > shownLength ? `${text.slice(0, shownLength - 1)}…` : text;
}
