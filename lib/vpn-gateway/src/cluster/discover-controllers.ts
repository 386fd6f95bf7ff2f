import { isIP } from 'node:net';
import type { KubeObject } from '@charm-ts/ops';
import { type Endpoint, parseHostPort } from '../objects/endpoint.js';
import { at } from './json.js';

/** Where the Juju controllers are. */
export interface Controllers {
  readonly endpoints: readonly Endpoint[];
  /** Namespaces of controllers in this cluster. */
  readonly namespaces: readonly string[];
}

/**
 * Takes the addresses from Juju's environment. A controller in this cluster shows as `controller-service.controller-<name>.svc…` or as the address of that Service;
 * both are looked up among the Services, so that selectors can name its pods.
 */
export function discoverControllers(apiAddresses: readonly string[], services: readonly KubeObject[]): Controllers {
  const parsed = apiAddresses.flatMap((text) => parseHostPort(text) ?? []);
  const named = parsed.flatMap(({ host, port }) => {
    const match = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(\.|$)/.exec(host);
    const [, service, namespace] = match ?? [];
    return service === undefined || namespace === undefined ? [] : [{ service, namespace, port }];
  });
  const addressed = parsed.filter(({ host }) => isIP(host) !== 0);
  const matching = services.filter(
    (object) =>
      named.some(
        ({ service, namespace }) => object.metadata.name === service && object.metadata.namespace === namespace,
      ) || addressed.some(({ host }) => host === at(object, 'spec', 'clusterIP')),
  );
  const port = named[0]?.port ?? 17070;
  return {
    endpoints: [
      ...addressed.map(({ host, port: own }) => ({ address: host, port: own })),
      ...matching.flatMap((object) => {
        const address = at(object, 'spec', 'clusterIP');
        return typeof address === 'string' && isIP(address) !== 0 ? [{ address, port }] : [];
      }),
    ],
    namespaces: [
      ...new Set([
        ...named.map(({ namespace }) => namespace),
        ...matching.flatMap(({ metadata }) => metadata.namespace ?? []),
      ]),
    ],
  };
}
