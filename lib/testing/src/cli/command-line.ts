import { UsageError } from './usage-error.js';

/** Flag → whether it takes a value. A `number` counts something; `many` may be given several times. */
export type CliFlags = Readonly<Record<string, 'boolean' | 'text' | 'number' | 'many'>>;

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
    const [option = '', ...inline] = word.split('=');
    const given = option.replace(/^-h$/, '--help').replace(/^--/, '');
    const kind = known[given];
    if (kind === undefined) throw new UsageError(`unknown option ${option}`);
    if (kind === 'boolean') {
      if (isOn(option, inline)) on.add(given);
      else on.delete(given);
      continue;
    }
    const value = inline.length > 0 ? inline.join('=') : rest.shift();
    if (value === undefined) throw new UsageError(`${option} needs a value`);
    if (kind === 'number') wholeNumber(value, option);
    values.set(given, kind === 'many' ? [...(values.get(given) ?? []), value] : [value]);
  }
  return { words, on, values };
}

/** `--trust`, `--trust=true` and `--trust=false`, as Juju takes them. */
function isOn(option: string, inline: readonly string[]): boolean {
  const [value = 'true'] = inline;
  if (inline.length > 1 || (value !== 'true' && value !== 'false')) throw new UsageError(`${option} is true or false`);
  return value === 'true';
}

/** Reads a number that counts something. */
export function wholeNumber(text: string, what: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${what}: "${text}" is not a whole number`);
  return Number(text);
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
