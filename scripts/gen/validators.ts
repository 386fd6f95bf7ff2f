import { Ajv, type AnySchemaObject } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { providerSchema } from '../../lib/vpn-gateway/src/contract/provider-schema.js';
import { requirerSchema } from '../../lib/vpn-gateway/src/contract/requirer-schema.js';
import type { GeneratedFile } from './generated-file.js';

const header = `// @ts-nocheck
// Generated from the schemas next to this folder by \`npm run gen\`; do not edit.
/* eslint-disable */
import type { ProviderData } from '../provider-schema.js';
import type { RequirerData } from '../requirer-schema.js';

/** What a validator found, as ajv tells it. */
export interface SchemaFault {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}
`;

const footer = `
/** True when the value follows the provider's schema; fills in the defaults. */
export function isProviderDocument(value: unknown): value is ProviderData {
  return validateProvider(value);
}
/** Every fault of a provider's document. */
export function providerFaults(value: unknown): readonly SchemaFault[] {
  return validateProvider(value) ? [] : validateProvider.errors;
}
/** True when the value follows the requirer's schema. */
export function isRequirerDocument(value: unknown): value is RequirerData {
  return validateRequirer(value);
}
/** Every fault of a requirer's document. */
export function requirerFaults(value: unknown): readonly SchemaFault[] {
  return validateRequirer(value) ? [] : validateRequirer.errors;
}
`;

/** The validators of the vpn-gateway contract as one module without imports at run time, and the JSON files for authors in other languages. */
export function validators(): Promise<GeneratedFile[]> {
  const content = [
    header,
    functionOf(providerSchema, 'validateProvider'),
    functionOf(requirerSchema, 'validateRequirer'),
    footer,
  ].join('\n');
  // The standalone generator falls back to require() for some keywords; a module with one would not load.
  if (/\brequire\(/.test(content)) throw new Error('a schema uses a keyword that needs ajv at run time');
  return Promise.resolve([
    { path: 'lib/vpn-gateway/src/contract/generated/validators.ts', content },
    published('provider', providerSchema),
    published('requirer', requirerSchema),
  ]);
}

function functionOf(schema: AnySchemaObject, name: string): string {
  const ajv = new Ajv({
    allErrors: true,
    useDefaults: true,
    messages: true,
    strict: true,
    allowUnionTypes: true,
    code: { source: true, esm: true },
  });
  const text = callable(standalone)(ajv, ajv.compile(schema));
  const inner = /export const validate = (\w+);/.exec(text)?.[1];
  if (inner === undefined) throw new Error('ajv changed the shape of its standalone code');
  return text
    .replace('"use strict";', '')
    .replace(/export const validate = \w+;/, '')
    .replace(/export default \w+;/, '')
    .replaceAll(inner, name)
    .replaceAll(/\b(schema|pattern|func)(\d+)\b/g, `${name}_$1$2`);
}

/** Node gives the module object of a CommonJS file as its default export; the types say the function. */
function callable(candidate: unknown): (ajv: Ajv, validate: unknown) => string {
  let value = candidate;
  while (typeof value === 'object' && value !== null && 'default' in value) value = value.default;
  if (typeof value !== 'function') throw new Error('ajv has no standalone generator');
  return value as (ajv: Ajv, validate: unknown) => string;
}

function published(side: string, schema: AnySchemaObject): GeneratedFile {
  const document = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `vpn-gateway: what a ${side} writes as JSON under the key "config" of its application databag`,
    ...schema,
    additionalProperties: true,
  };
  return { path: `docs/vpn-gateway/${side}.schema.json`, content: `${JSON.stringify(document, null, 2)}\n` };
}
