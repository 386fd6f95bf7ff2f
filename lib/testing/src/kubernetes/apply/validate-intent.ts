import { isList, isObject, members } from '../json/json.js';
import type { Json } from '../json/json.js';
import { memberSchema } from '../schema/schema.js';
import type { Schema } from '../schema/schema.js';
import { describePath, fieldStep, itemStep } from './field-path.js';
import type { PathStep } from './field-path.js';

/** What the kind does not allow in a value, in the words of the API server's typed objects. */
export const schemaProblems = (
  schema: Schema,
  value: Json | undefined,
  path: readonly PathStep[] = [],
): readonly string[] => {
  if (value === undefined || value === null) return [];
  const problem = (text: string): readonly string[] => [`${describePath(path)}: ${text}`];
  switch (schema.kind) {
    case 'scalar':
      return isScalarOf(schema.type, value)
        ? []
        : problem(`expected ${typeNames[schema.type]}, got ${describe(value)}`);
    case 'struct':
    case 'map':
      if (!isObject(value)) return problem(`expected map, got ${describe(value)}`);
      return members(value).flatMap(([name, member]) => {
        const inner = memberSchema(schema, name);
        const next = [...path, fieldStep(name)];
        return inner === undefined
          ? [`${describePath(next)}: field not declared in schema`]
          : schemaProblems(inner, member, next);
      });
    case 'items':
    case 'set':
      if (!isList(value)) return problem(`expected list, got ${describe(value)}`);
      if (schema.kind === 'set') return [];
      return value.flatMap((item) => {
        const missing = schema.keys.filter(
          (key) => !isObject(item) || (item[key] ?? schema.keyDefaults[key]) === undefined,
        );
        return missing.length > 0
          ? problem(
              `element 0: associative list with keys has an element that omits key field "${missing.join('", "')}" (and doesn't have default value)`,
            )
          : schemaProblems(schema.item, item, [...path, itemStep(schema, item)]);
      });
    case 'atomic':
    case 'open':
      return [];
    default:
      return schema satisfies never;
  }
};

const typeNames = { string: 'string', number: 'numeric (int or float)', boolean: 'boolean', any: 'scalar' } as const;

const isScalarOf = (type: keyof typeof typeNames, value: Json): boolean =>
  type === 'any' ? typeof value === 'string' || typeof value === 'number' : typeof value === type;

const describe = (value: Json): string => {
  if (isObject(value)) return 'map';
  if (isList(value)) return 'list';
  return typeof value === 'string' ? 'string' : `&value.valueUnstructured{Value:${String(value)}}`;
};
