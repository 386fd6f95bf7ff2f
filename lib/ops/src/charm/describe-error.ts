import { isNativeError } from 'node:util/types';

/** An error with its code, its stack and its causes, as one text. */
export const describeError = (error: unknown): string => {
  const parts: string[] = [];
  let current = error;
  // A chain of causes that bites its own tail must not hang the charm.
  for (let depth = 0; depth < 8 && current !== undefined; depth += 1) {
    parts.push(describeOne(current));
    current = isNativeError(current) ? current.cause : undefined;
  }
  return parts.join('\ncaused by ');
};

const describeOne = (error: unknown): string => {
  if (!isNativeError(error)) return `thrown value ${String(error)}`;
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`${error.name}${code}: ${error.message}`, ...frames].join('\n');
};
