import { UsageError } from './usage-error.js';

/** Flag → whether it takes a value. `many` may be given several times. */
export type CliFlags = Readonly<Record<string, 'boolean' | 'text' | 'many'>>;

export interface CommandLine {
  readonly words: readonly string[];
  readonly on: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** Flags that every command takes. */
const common: CliFlags = { model: 'text', help: 'boolean' };

/** Reads the words after a command's name. */
export function readCommandLine(argv: readonly string[], flags: CliFlags): CommandLine {
  const known: CliFlags = { ...common, ...flags };
  const words: string[] = [];
  const on = new Set<string>();
  const values = new Map<string, string[]>();
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    const [given = '', ...inline] = word.replace(/^-h$/, '--help').replace(/^--/, '').split('=');
    const kind = known[given];
    if (kind === undefined) throw new UsageError(`unknown option --${given}`);
    if (kind === 'boolean') {
      on.add(given);
      continue;
    }
    const value = inline.length > 0 ? inline.join('=') : rest.shift();
    if (value === undefined) throw new UsageError(`--${given} needs a value`);
    values.set(given, kind === 'many' ? [...(values.get(given) ?? []), value] : [value]);
  }
  return { words, on, values };
}

/** `k=v` words as a record. */
export function pairs(words: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at <= 0) throw new UsageError(`expected key=value, got "${word}"`);
      return [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}
