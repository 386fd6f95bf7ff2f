import { load } from 'js-yaml';
import { failure, misuse } from './hook-tool.js';

/** `a=1 b=2` as pairs, split at the first `=`. */
export function keyValues(args: readonly string[]): readonly (readonly [string, string])[] {
  return args.map((word) => {
    const at = word.indexOf('=');
    if (at <= 0) throw misuse(`expected "key=value", got ${JSON.stringify(word)}`);
    return [word.slice(0, at), word.slice(at + 1)] as const;
  });
}

/** A YAML map of strings, as `--file` takes it. */
export function yamlMap(text: string): readonly (readonly [string, string])[] {
  if (text.trim() === '') return [];
  const value = load(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw failure('cannot unmarshal settings: expected a YAML map');
  }
  return Object.entries(value).map(([key, item]) => [key, item === null ? '' : String(item)] as const);
}
