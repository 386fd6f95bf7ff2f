import { asList, asObject, isObject, members } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';

const ruleDefaults = (rule: Json): Json =>
  isObject(rule) && rule.ports !== undefined
    ? { ...rule, ports: asList(rule.ports).map((port) => (isObject(port) ? { protocol: 'TCP', ...port } : port)) }
    : rule;

/** What the API server adds to a NetworkPolicy. */
export const networkPolicyDefaults = (object: JsonObject): JsonObject => {
  const spec = asObject(object.spec);
  const rules = members(spec)
    .filter(([name]) => name === 'ingress' || name === 'egress')
    .map(([name, list]) => [name, asList(list).map(ruleDefaults)] as const);
  const policyTypes = spec.egress === undefined ? ['Ingress'] : ['Ingress', 'Egress'];
  return { ...object, spec: { podSelector: {}, policyTypes, ...spec, ...Object.fromEntries(rules) } };
};
