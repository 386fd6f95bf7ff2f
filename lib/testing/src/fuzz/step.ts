import type { Sandbox } from '../sandbox/sandbox.js';

/** One thing that happens to a model. */
export interface Step {
  /** What an operator types after `charm-sandbox`, or `sleep` and seconds. */
  readonly words: readonly string[];
  /** How many hooks run before the next step; without it all, until the model is at rest. */
  readonly hooks?: number;
  /** Seconds that pass. */
  readonly seconds?: number;
  /** Does it. A `TestingError` means that Juju refuses it. */
  take(sandbox: Sandbox): void | Promise<void>;
}

/** The step as a line for a shell. */
export function lineOf({ words, hooks }: Step): string {
  const command = words[0] === 'sleep' ? words : ['charm-sandbox', ...words];
  const soon =
    hooks === undefined
      ? ''
      : `    # the next one ${hooks === 0 ? 'at once' : `after ${hooks} hook${hooks === 1 ? '' : 's'}`}`;
  return `${command.map(quoted).join(' ')}${soon}`;
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (!/[\n\t]/.test(word)) return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = word.replaceAll(/[\\']/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`);
  return `$'${escaped.replaceAll('\t', String.raw`\t`)}'`;
}
