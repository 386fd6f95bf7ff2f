import type { CharmMetadata } from '@charm-ts/ops';

/** Names of the endpoints in a table of `metadata.yaml` that speak the interface `vpn-gateway`. */
export type VpnEndpoint<T extends CharmMetadata['requires']> = {
  [K in keyof T & string]: T[K]['interface'] extends 'vpn-gateway' ? K : string extends T[K]['interface'] ? K : never;
}[keyof T & string];
