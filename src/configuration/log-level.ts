import { type Fault, wrong } from './fault.js';
import { didYouMean } from './suggestion.js';

/** Words that `log-level` takes, and Gluetun's for them. */
const levels: Readonly<Record<string, string>> = {
  debug: 'debug',
  info: 'info',
  warning: 'warn',
  warn: 'warn',
  error: 'error',
};

export const readLogLevel = (option: string): { readonly faults: readonly Fault[]; readonly logLevel: string } => {
  const given = option.trim().toLowerCase();
  const logLevel = levels[given];
  if (logLevel !== undefined) return { faults: [], logLevel };
  const hint = didYouMean(given, Object.keys(levels));
  return {
    faults: [wrong('log-level', `must be debug, info, warning or error (is "${given}")${hint}`)],
    logLevel: 'info',
  };
};
