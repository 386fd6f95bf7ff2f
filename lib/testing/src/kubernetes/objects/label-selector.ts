import { asObject, asText, at } from '../json/json.js';
import type { JsonObject } from '../json/json.js';

/** Whether an object's labels meet a selector of the query syntax: `a=b,c!=d,e in (f,g),h,!i`. */
export const matchesSelector = (selector: string, object: JsonObject): boolean => {
  const labels = asObject(at(object, 'metadata', 'labels'));
  return splitTerms(selector).every((term) => meets(term, labels));
};

/** At commas, but not at those between parentheses. */
const splitTerms = (selector: string): readonly string[] =>
  selector
    .split(/,(?![^(]*\))/)
    .map((term) => term.trim())
    .filter((term) => term !== '');

const meets = (term: string, labels: JsonObject): boolean => {
  const within = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(term);
  if (within !== null) {
    const [, key = '', operator, list = ''] = within;
    const values = list.split(',').map((value) => value.trim());
    const isIn = key in labels && values.includes(asText(labels[key]));
    return operator === 'in' ? isIn : !isIn;
  }
  const equality = /^([^!=\s]+)\s*(==|=|!=)\s*(\S*)$/.exec(term);
  if (equality !== null) {
    const [, key = '', operator, value] = equality;
    return operator === '!=' ? labels[key] !== value : labels[key] === value;
  }
  return term.startsWith('!') ? !(term.slice(1).trim() in labels) : term in labels;
};
