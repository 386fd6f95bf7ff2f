import { HookToolOutputError } from '../errors/hook-tool-output-error.js';

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON object; `null` counts as an empty one. Throws {@link HookToolOutputError}. */
export const expectObject = (tool: string, value: unknown): Readonly<Record<string, unknown>> => {
  if (value === null) return {};
  if (isObject(value)) return value;
  throw new HookToolOutputError(tool, 'an object');
};

/** A JSON object of strings; `null` counts as an empty one. Throws {@link HookToolOutputError}. */
export const expectStrings = (tool: string, value: unknown): Readonly<Record<string, string>> => {
  const entries = Object.entries(expectObject(tool, value)).map(([key, text]): [string, string] => {
    if (typeof text !== 'string') throw new HookToolOutputError(tool, `a string for "${key}"`);
    return [key, text];
  });
  return Object.fromEntries(entries);
};

/** A JSON array of strings; `null` counts as an empty one. Throws {@link HookToolOutputError}. */
export const expectStringArray = (tool: string, value: unknown): readonly string[] => {
  if (value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new HookToolOutputError(tool, 'an array of strings');
};
