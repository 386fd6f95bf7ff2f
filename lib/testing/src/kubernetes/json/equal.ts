import { isList, isObject, members } from './json.js';
import type { Json } from './json.js';

/** Whether two values are the same; the order of an object's members does not count, that of a list's items does. */
export const isEqual = (left: Json | undefined, right: Json | undefined): boolean => {
  if (left === right) return true;
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((item, index) => isEqual(item, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const leftMembers = members(left);
  return (
    leftMembers.length === members(right).length && leftMembers.every(([name, value]) => isEqual(value, right[name]))
  );
};
