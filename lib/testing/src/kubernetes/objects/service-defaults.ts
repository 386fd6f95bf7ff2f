import { isIPv4 } from 'node:net';
import { asList, asObject, asText, at, isObject } from '../json/json.js';
import type { JsonObject } from '../json/json.js';
import type { FailureCause } from './api-failure.js';

/** `--service-cluster-ip-range` of the simulated cluster, and of the server that the recordings are from. */
const range = { text: '10.152.183.0/24', prefix: '10.152.183.' };

/** Stable stand-in for the allocator: a service keeps its address, two names rarely share one. */
const addressOf = (object: JsonObject): string => {
  const { namespace, name } = asObject(object.metadata);
  const seed = [...Buffer.from(`${asText(namespace)}/${asText(name)}`)].reduce(
    (sum, byte) => (sum * 31 + byte) % 65_521,
    7,
  );
  return `${range.prefix}${(seed % 250) + 2}`;
};

/** What the API server adds to a service. */
export const serviceDefaults = (object: JsonObject): JsonObject => {
  const spec = asObject(object.spec);
  return {
    ...object,
    spec: {
      internalTrafficPolicy: 'Cluster',
      sessionAffinity: 'None',
      type: 'ClusterIP',
      ...spec,
      ...(spec.ports === undefined
        ? {}
        : {
            ports: asList(spec.ports).map((port) =>
              isObject(port) ? { protocol: 'TCP', targetPort: port.port, ...port } : port,
            ),
          }),
    },
    status: { loadBalancer: {}, ...asObject(object.status) },
  };
};

/** Addresses, which the server hands out. */
export const serviceAddresses = (object: JsonObject): JsonObject => {
  const spec = asObject(object.spec);
  const clusterIP = spec.clusterIP ?? addressOf(object);
  const allocated = { clusterIPs: [clusterIP], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' };
  return { ...object, spec: { ...allocated, ...spec, clusterIP } };
};

/** An address that the allocator does not have is refused, with the range that it does have. */
export const validateService = (object: JsonObject): readonly FailureCause[] => {
  const address = asText(at(object, 'spec', 'clusterIP'));
  if (!isIPv4(address) || address.startsWith(range.prefix)) return [];
  const why = `the provided IP (${address}) is not in the valid range. The range of valid IPs is ${range.text}`;
  const message = `Invalid value: ["${address}"]: failed to allocate IP ${address}: ${why}`;
  return [{ reason: 'FieldValueInvalid', message, field: 'spec.clusterIPs' }];
};
