import { asList, asObject, asText, isObject } from '../json/json.js';
import type { JsonObject } from '../json/json.js';

/** Stable stand-in for the allocator: a service keeps its address, two names rarely share one. */
const addressOf = (object: JsonObject): string => {
  const { namespace, name } = asObject(object.metadata);
  const seed = [...Buffer.from(`${asText(namespace)}/${asText(name)}`)].reduce(
    (sum, byte) => (sum * 31 + byte) % 65_521,
    7,
  );
  return `10.152.${183 + (seed % 2)}.${(seed % 250) + 2}`;
};

/** What the API server adds to a service. */
export const serviceDefaults = (object: JsonObject): JsonObject => {
  const spec = asObject(object.spec);
  const clusterIP = spec.clusterIP ?? addressOf(object);
  return {
    ...object,
    spec: {
      clusterIPs: [clusterIP],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      sessionAffinity: 'None',
      type: 'ClusterIP',
      ...spec,
      clusterIP,
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
