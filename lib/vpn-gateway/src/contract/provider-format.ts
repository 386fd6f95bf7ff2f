import { isIP } from 'node:net';
import { checkClusterCidrs, splitCidrs } from '../cidr/cluster-cidrs.js';
import { overlayPrefix } from '../cidr/overlay.js';
import { type Prefix, parsePrefix } from '../cidr/prefix.js';
import { containsAny, isNodeLocal, isPrivate } from '../cidr/special-ranges.js';
import { isDnsName, parseGatewayName } from './name-format.js';
import type { ProviderData } from './provider-schema.js';

/** The one address that a Python provider adds for Istio's ztunnel. It is link-local, a client of this library does not need it, so it is dropped. */
export const ztunnelProbe = '169.254.7.127/32';

/** Provider data with its prefixes parsed, or what is wrong with its formats. */
export type FormatCheck =
  | { readonly kind: 'ok'; readonly data: ProviderData }
  | { readonly kind: 'invalid'; readonly faults: readonly string[] };

/** Checks what JSON Schema cannot say: names, addresses, prefixes. Public prefixes pass only inside `confirmed`. */
export function checkProviderFormats(raw: ProviderData, confirmed: readonly Prefix[]): FormatCheck {
  const overlay = overlayPrefix(raw.vxlan_ip_network);
  const cidrs = checkClusterCidrs(
    splitCidrs(raw.cluster_cidrs).filter((text) => text !== ztunnelProbe),
    { overlay, confirmed },
  );
  const faults = [
    ...nameFaults(raw),
    ...(overlay === undefined ? ['vxlan_ip_network is not three octets of a private network'] : []),
    ...(cidrs.kind === 'invalid' ? cidrs.faults.map((fault) => `cluster_cidrs: ${fault}`) : []),
    ...(cidrs.kind === 'ok' ? dnsFaults(raw.cluster_dns_ip, [...cidrs.prefixes, ...confirmed]) : []),
    ...(raw.external_ip !== null && isIP(raw.external_ip) === 0 ? ['external_ip is not an address'] : []),
  ];
  if (faults.length > 0 || cidrs.kind === 'invalid') return { kind: 'invalid', faults };
  return { kind: 'ok', data: { ...raw, cluster_cidrs: cidrs.prefixes.map(({ text }) => text).join(',') } };
}

function nameFaults(raw: ProviderData): string[] {
  const faults: string[] = [];
  if (!isDnsName(raw.gateway_dns_name) || parseGatewayName(raw.gateway_dns_name) === undefined) {
    faults.push('gateway_dns_name is not the DNS name of a service (<app>-endpoints.<model>.svc.<domain>)');
  }
  if (raw.cluster_domain !== undefined && !isDnsName(raw.cluster_domain)) {
    faults.push('cluster_domain is not a DNS name');
  }
  if (raw.routing_method !== 'pod-gateway') faults.push('routing_method is not pod-gateway');
  return faults;
}

/** A public resolver as "cluster DNS" would carry names around the tunnel. */
function dnsFaults(address: string, cluster: readonly Prefix[]): string[] {
  const prefix = isIP(address) === 0 ? undefined : parsePrefix(address);
  if (prefix === undefined) return ['cluster_dns_ip is not an address'];
  return isPrivate(prefix) || isNodeLocal(address) || containsAny(cluster, prefix)
    ? []
    : ['cluster_dns_ip is not an address of the cluster'];
}
