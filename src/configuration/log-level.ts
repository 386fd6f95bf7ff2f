import { type Fault, wrong } from './fault.js';
import { didYouMean } from './suggestion.js';

/** Words that `log-level` takes, and Gluetun's for them. */
const levels: ReadonlyMap<string, string> = new Map([
  ['debug', 'debug'],
  ['info', 'info'],
  ['warning', 'warn'],
  ['warn', 'warn'],
  ['error', 'error'],
]);

export const readLogLevel = (option: string): { readonly faults: readonly Fault[]; readonly logLevel: string } => {
  const given = option.trim().toLowerCase();
  const logLevel = levels.get(given);
  if (logLevel !== undefined) return { faults: [], logLevel };
  const hint = didYouMean(given, [...levels.keys()]);
  return {
    faults: [wrong('log-level', `must be debug, info, warning or error (is "${given}")${hint}`)],
    logLevel: 'info',
  };
};
