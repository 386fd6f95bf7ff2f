import { splitByBytes } from './split-by-bytes.js';

/** Linux refuses an argument of 131072 bytes or more, its closing NUL included; this leaves room. */
export const maximumArgumentBytes = 120 * 1024;

/** A text as an argument of a hook tool: cut where it is too long for one, and without NUL, which no argument can have. */
export const argumentText = (text: string, maximum = maximumArgumentBytes): string => {
  const [first = '', ...rest] = splitByBytes(text.replaceAll('\0', '␀'), maximum);
  return rest.length === 0 ? first : `${first}…`;
};
