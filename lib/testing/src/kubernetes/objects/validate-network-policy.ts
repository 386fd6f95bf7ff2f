import { isIPv4, isIPv6 } from 'node:net';
import { asList, asObject, asText, at } from '../json/json.js';
import type { JsonObject } from '../json/json.js';
import type { FailureCause } from './api-failure.js';

/** Checks the address ranges of a NetworkPolicy, which charms compute. An update is checked twice, as in the API server. */
export const validateNetworkPolicy = (object: JsonObject, live: JsonObject | undefined): readonly FailureCause[] => {
  const causes = [...rangesOf(object, 'ingress', 'from'), ...rangesOf(object, 'egress', 'to')].flatMap(
    ({ field, value }) => (isRange(value) ? [] : [invalidRange(field, value)]),
  );
  return live === undefined ? causes : [...causes, ...causes];
};

interface NamedValue {
  readonly field: string;
  readonly value: string;
}

const rangesOf = (object: JsonObject, direction: string, side: string): readonly NamedValue[] =>
  asList(at(object, 'spec', direction)).flatMap((rule, ruleIndex) =>
    asList(asObject(rule)[side]).flatMap((peer, peerIndex) => {
      const block = asObject(peer).ipBlock;
      if (block === undefined) return [];
      const path = `spec.${direction}[${ruleIndex}].${side}[${peerIndex}].ipBlock`;
      const exceptions = asList(asObject(block).except).map((value, index) => ({
        field: `${path}.except[${index}]`,
        value: asText(value),
      }));
      return [{ field: `${path}.cidr`, value: asText(asObject(block).cidr) }, ...exceptions];
    }),
  );

const isRange = (value: string): boolean => {
  const [address = '', length = '', ...more] = value.split('/');
  if (more.length > 0 || !/^\d{1,3}$/.test(length)) return false;
  return (isIPv4(address) && Number(length) <= 32) || (isIPv6(address) && Number(length) <= 128);
};

const invalidRange = (field: string, value: string): FailureCause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: "${value}": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)`,
  field,
});
