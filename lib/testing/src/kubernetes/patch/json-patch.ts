import { isEqual } from '../json/equal.js';
import { isList, isObject, without } from '../json/json.js';
import type { Json } from '../json/json.js';

/** A patch that cannot be carried out. */
export class JsonPatchError extends Error {}

/** Carries out a JSON patch (RFC 6902). */
export const jsonPatch = (target: Json, operations: readonly Json[]): Json =>
  operations.reduce<Json>((document, operation) => carryOut(document, operation), target);

const carryOut = (document: Json, operation: Json): Json => {
  if (!isObject(operation)) throw new JsonPatchError('an operation is not an object');
  const path = parsePointer(operation.path);
  const value = operation.value ?? null;
  switch (operation.op) {
    case 'add':
      return change(document, path, { kind: 'add', value });
    case 'replace':
      read(document, path);
      return change(document, path, { kind: 'replace', value });
    case 'remove':
      read(document, path);
      return change(document, path, { kind: 'remove' });
    case 'test':
      if (!isEqual(find(document, path), value)) throw new JsonPatchError('a test failed');
      return document;
    case 'copy':
      return change(document, path, { kind: 'add', value: read(document, parsePointer(operation.from)) });
    case 'move': {
      const from = parsePointer(operation.from);
      const moved = read(document, from);
      return change(change(document, from, { kind: 'remove' }), path, { kind: 'add', value: moved });
    }
    default:
      throw new JsonPatchError('an operation is unknown');
  }
};

type Change = { readonly kind: 'add' | 'replace'; readonly value: Json } | { readonly kind: 'remove' };

const parsePointer = (pointer: Json | undefined): readonly string[] => {
  if (typeof pointer !== 'string') throw new JsonPatchError('a path is missing');
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
};

const find = (document: Json, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((value, part) => {
    if (isList(value)) return value[Number(part)];
    return isObject(value) ? value[part] : undefined;
  }, document);

const read = (document: Json, path: readonly string[]): Json => {
  const value = find(document, path);
  if (value === undefined) throw new JsonPatchError('a path leads nowhere');
  return value;
};

const change = (document: Json, path: readonly string[], what: Change): Json => {
  const [part, ...rest] = path;
  if (part === undefined) return what.kind === 'remove' ? null : what.value;
  if (isList(document)) return changeList(document, part, rest, what);
  if (!isObject(document)) throw new JsonPatchError('a path leads through a scalar');
  if (rest.length > 0) return { ...document, [part]: change(read(document, [part]), rest, what) };
  return what.kind === 'remove' ? without(document, part) : { ...document, [part]: what.value };
};

const changeList = (list: readonly Json[], part: string, rest: readonly string[], what: Change): readonly Json[] => {
  const index = part === '-' ? list.length : Number(part);
  if (!Number.isInteger(index) || index < 0 || index > list.length)
    throw new JsonPatchError('an index is out of range');
  if (rest.length > 0) return list.with(index, change(read(list, [part]), rest, what));
  switch (what.kind) {
    case 'add':
      return list.toSpliced(index, 0, what.value);
    case 'replace':
      return list.with(index, what.value);
    case 'remove':
      return list.toSpliced(index, 1);
    default:
      return what satisfies never;
  }
};
