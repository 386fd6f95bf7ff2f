import type { WireAnswer } from './raw-ask.js';

const replaced: Readonly<Record<string, string>> = {
  change: '<id>',
  id: '<id>',
  'change-id': '<id>',
  'prev-change-id': '<id>',
  'task-id': '<id>',
  'boot-id': '<id>',
  version: '<version>',
  'spawn-time': '<time>',
  'ready-time': '<time>',
  'current-since': '<time>',
  'last-modified': '<time>',
  // The environment of the whole process: not ours to record.
  environment: '<environment>',
};

/** Puts placeholders for what differs from run to run. */
export function normalise({ status, contentType, body }: WireAnswer, scratch: string): WireAnswer {
  const boundary = /boundary=(\w+)/.exec(contentType)?.[1] ?? '\0';
  const text = (value: string): string =>
    value
      .replaceAll(boundary, '<boundary>')
      .replaceAll(scratch, '<scratch>')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, '<time>')
      .replaceAll(/task "\d+"/g, 'task "<id>"')
      // What is wrong with a text that is no YAML is in the parser's own words.
      .replace(/: yaml: (?!unmarshal errors)[^]*$/, ': yaml: <reason>');
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced[key] ?? walk(inner)]));
  };
  return { status, contentType: text(contentType), body: walk(body) };
}
