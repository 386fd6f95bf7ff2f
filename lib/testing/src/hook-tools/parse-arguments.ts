import { HookToolFailure, misuse } from './hook-tool.js';

/** Flag name → whether it takes a value. Short and long names of one flag are listed in `aliases`. */
export interface FlagSpec {
  readonly flags: Readonly<Record<string, 'boolean' | 'text'>>;
  readonly aliases?: Readonly<Record<string, string>>;
}

export interface ParsedArguments {
  /** Values by long name; only flags that were given. */
  readonly flags: ReadonlyMap<string, string | boolean>;
  readonly args: readonly string[];
}

/**
 * Reads a command line as Juju's gnuflag does: flags may follow arguments, `--` ends them, `-r1` and `-r 1` are the same.
 *
 * @throws HookToolFailure with exit code 2 and gnuflag's text.
 */
export function parseArguments(spec: FlagSpec, argv: readonly string[]): ParsedArguments {
  const flags = new Map<string, string | boolean>();
  const args: string[] = [];
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      args.push(...rest);
      break;
    }
    if (word === '-' || !word.startsWith('-')) args.push(word);
    else if (word.startsWith('--')) readLong(spec, word, rest, flags);
    else readShort(spec, word, rest, flags);
  }
  return { flags, args };
}

function readLong(spec: FlagSpec, word: string, rest: string[], flags: Map<string, string | boolean>): void {
  const [given = '', ...value] = word.slice(2).split('=');
  const { name, type } = lookUp(spec, given, `--${given}`);
  const text = value.length > 0 ? value.join('=') : undefined;
  if (type === 'boolean') flags.set(name, text === undefined ? true : boolean(text, `--${given}`));
  else flags.set(name, text ?? following(rest, `--${given}`));
}

function readShort(spec: FlagSpec, word: string, rest: string[], flags: Map<string, string | boolean>): void {
  let letters = word.slice(1);
  while (letters !== '') {
    const letter = letters.slice(0, 1);
    letters = letters.slice(1);
    const { name, type } = lookUp(spec, letter, `-${letter}`);
    if (type === 'text') {
      flags.set(name, letters === '' ? following(rest, `-${letter}`) : letters.replace(/^=/, ''));
      return;
    }
    if (letters.startsWith('=')) {
      flags.set(name, boolean(letters.slice(1), `-${letter}`));
      return;
    }
    flags.set(name, true);
  }
}

function lookUp(spec: FlagSpec, given: string, shown: string): { name: string; type: 'boolean' | 'text' } {
  const name = spec.aliases?.[given] ?? given;
  const type = spec.flags[name];
  if (type === undefined) throw misuse(`option provided but not defined: ${shown}`);
  return { name, type };
}

function following(rest: string[], shown: string): string {
  const value = rest.shift();
  if (value === undefined) throw misuse(`option needs an argument: ${shown}`);
  return value;
}

function boolean(text: string, shown: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  throw new HookToolFailure(
    2,
    `invalid value ${JSON.stringify(text)} for option ${shown}: strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}
