import { misuse } from './hook-tool.js';
import type { ParsedArguments } from './parse-arguments.js';
import { toYaml } from './to-yaml.js';

export type OutputFormat = 'json' | 'yaml' | 'smart';

/** The flags of every tool that prints a value. */
export const outputFlags = { format: 'text', output: 'text' } as const;
export const outputAliases = { o: 'output' } as const;

/**
 * Prints a value as Juju's formatters do: `smart` is for shells (`True`, one list item a line), JSON has sorted keys and Go's escapes.
 *
 * @throws HookToolFailure for an unknown format.
 */
export function formatOutput(value: unknown, { flags }: ParsedArguments, fallback: 'smart' | 'yaml' = 'smart'): string {
  const format = outputFormat(flags.get('format') ?? fallback, fallback);
  const text = render(value, format);
  return text === '' ? '' : `${text}\n`;
}

function outputFormat(value: string | boolean, fallback: 'smart' | 'yaml'): OutputFormat {
  if (value === 'json' || value === 'yaml' || (value === 'smart' && fallback === 'smart')) return value;
  const shown = JSON.stringify(String(value));
  throw misuse(`invalid value ${shown} for option --format: unknown format ${shown}`);
}

function render(value: unknown, format: OutputFormat): string {
  if (format === 'json') return goJson(value);
  if (value === undefined || value === null) return '';
  if (format === 'yaml') return toYaml(value);
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(String).join('\n');
  return toYaml(value);
}

function goJson(value: unknown): string {
  return JSON.stringify(sorted(value ?? null)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
