import { type Prefix, parsePrefix } from './prefix.js';
import { isPrivate } from './special-ranges.js';

/** The overlay network of `172.16.0`: `172.16.0.0/24`. `undefined` unless the text is three octets of a private network. */
export function overlayPrefix(threeOctets: string): Prefix | undefined {
  if (threeOctets.split('.').length !== 3) return undefined;
  const prefix = parsePrefix(`${threeOctets}.0/24`);
  return prefix !== undefined && prefix.family === 4 && isPrivate(prefix) ? prefix : undefined;
}
