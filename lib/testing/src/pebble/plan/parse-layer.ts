import { load } from 'js-yaml';
import { durationMs, durationText } from '../go-time.js';
import { Refused } from '../refused.js';
import { shape, type Field, type Shape } from './shape.js';
import type { CheckConfig, LogTargetConfig, ServiceConfig, StoredLayer } from './sections.js';

/** Reads a layer's YAML, refusing what Pebble refuses before layers are combined; key order becomes Pebble's. */
export function parseLayer(label: string, yaml: string): StoredLayer {
  const document = loadYaml(label, yaml);
  const known = ['summary', 'description', 'services', 'checks', 'log-targets'];
  const unknown = Object.keys(document).find((key) => !known.includes(key));
  if (unknown !== undefined) refuse(`cannot parse layer "${label}": unknown section "${unknown}"`);
  const layer: StoredLayer = {
    label,
    services: section<ServiceConfig>(label, document, 'services', shape.service),
    checks: section<CheckConfig>(label, document, 'checks', shape.check),
    logTargets: section<LogTargetConfig>(label, document, 'log-targets', shape.logTarget),
  };
  return layer;
}

function refuse(message: string): never {
  throw new Refused(`cannot parse layer YAML: ${message}`);
}

function loadYaml(label: string, yaml: string): Readonly<Record<string, unknown>> {
  let document: unknown;
  try {
    document = yaml.trim() === '' ? {} : load(yaml);
  } catch (error) {
    refuse(`cannot parse layer "${label}": yaml: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isRecord(document)) {
    refuse(
      `cannot parse layer "${label}": yaml: unmarshal errors:\n  line 1: cannot unmarshal into map[string]yaml.Node`,
    );
  }
  return document;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function section<T>(
  label: string,
  document: Readonly<Record<string, unknown>>,
  name: string,
  fields: Shape,
): Readonly<Record<string, T>> {
  const content = document[name] ?? {};
  const complain = (problem: string): never => refuse(`cannot parse layer "${label}" section "${name}": ${problem}`);
  if (!isRecord(content)) return complain(unmarshal(`cannot unmarshal ${yamlKind(content)} into a map`));
  const entries = Object.entries(content).map(([key, value]) => {
    if (value === null) refuse(`${fields.noun} object cannot be null for ${fields.noun} "${key}"`);
    if (!isRecord(value)) return complain(unmarshal(`cannot unmarshal ${yamlKind(value)} into ${fields.goType}`));
    return [key, readObject(value, fields, complain)] as const;
  });
  // The shapes are the types' own fields, so an object read by one is of its type.
  return Object.fromEntries(entries) as Readonly<Record<string, T>>;
}

function unmarshal(problem: string): string {
  return `yaml: unmarshal errors:\n  line 1: ${problem}`;
}

function yamlKind(value: unknown): string {
  if (Array.isArray(value)) return '!!seq';
  if (isRecord(value)) return '!!map';
  return typeof value === 'number' ? '!!int' : typeof value === 'boolean' ? '!!bool' : '!!str';
}

type Complain = (problem: string) => never;

function readObject(
  value: Readonly<Record<string, unknown>>,
  fields: Shape,
  complain: Complain,
): Record<string, unknown> {
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(fields.fields, key));
  if (unknown !== undefined) complain(unmarshal(`field ${unknown} not found in type ${fields.goType}`));
  const read: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(fields.fields)) {
    const content = value[key];
    if (content === undefined || content === null) continue;
    const result = readField(content, field, complain);
    if (!isEmpty(result, field)) read[key] = result;
  }
  return read;
}

function isEmpty(value: unknown, field: Field): boolean {
  if (value === '' || (field === 'number' && value === 0)) return true;
  if (Array.isArray(value)) return value.length === 0;
  return field === 'map' && isRecord(value) && Object.keys(value).length === 0;
}

function readField(content: unknown, field: Field, complain: Complain): unknown {
  const expect = (goType: string): never => complain(unmarshal(`cannot unmarshal ${yamlKind(content)} into ${goType}`));
  if (typeof field === 'object') return isRecord(content) ? readObject(content, field, complain) : expect(field.goType);
  switch (field) {
    case 'string':
      return scalar(content) ?? expect('string');
    case 'number':
    case 'optional-number':
      return typeof content === 'number' ? content : expect('int');
    case 'duration': {
      const text = scalar(content) ?? complain('duration must be a YAML string');
      const milliseconds = durationMs(text) ?? complain(`invalid duration "${text}"`);
      return durationText(milliseconds);
    }
    case 'list':
      return Array.isArray(content) ? content.map((item) => scalar(item) ?? expect('string')) : expect('[]string');
    case 'map': {
      if (!isRecord(content)) return expect('map[string]string');
      const entries = Object.entries(content).sort(([left], [right]) => (left < right ? -1 : 1));
      return Object.fromEntries(entries.map(([key, item]) => [key, scalar(item) ?? expect('string')]));
    }
  }
}

function scalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
