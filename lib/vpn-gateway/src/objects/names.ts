/** Names of the containers and volumes that the library adds; those of the Python library, so that a refreshed charm finds its predecessor's. */
export const podItems = {
  gateway: { init: 'gateway-init', sidecar: 'gateway-sidecar', volume: 'gateway-config' },
  client: { init: 'vpn-route-init', sidecar: 'vpn-route-sidecar', volume: 'pod-gateway-config' },
  state: 'vpn-state',
} as const;

/** Image of all containers that the library adds. */
export const podGatewayImage = 'ghcr.io/angelnu/pod-gateway:v1.13.0';

/** UDP port of the overlay where nothing else is asked for: neither Cilium's and Flannel's 8472 nor Calico's 4789. */
export const defaultVxlanPort = 4790;

/** Port of the sidecar's verdict on 127.0.0.1. */
export const verdictPort = 14791;

/** Port of the sidecar's resolver on 127.0.0.1. */
export const resolverPort = 14792;

/** Pebble's probe ports: `charm` has the first, every workload container the next one. */
export const pebblePorts = { first: 38812, last: 38820 } as const;

/** Annotation of the pod template: a change of the scripts or of the overlay restarts the pod. */
export const overlayDigestAnnotation = 'vpn-gateway/overlay-digest';

/** Annotation of every own object: what it was made from. */
export const objectDigestAnnotation = 'vpn-gateway/object-digest';

/** Annotation of a running pod: the settings that it is to read. */
export const settingsDigestAnnotation = 'vpn-gateway/settings-digest';

/** Name of a gateway's ConfigMap. */
export function gatewayConfigMapName(app: string): string {
  return `${app}-gateway-settings`;
}

/** Name of a client's ConfigMap. */
export function clientConfigMapName(app: string): string {
  return `${app}-gateway-client-config`;
}

/** Name of a gateway's NetworkPolicy. */
export function gatewayPolicyName(app: string): string {
  return `${app}-vpn-gateway`;
}

/** Name of a client's NetworkPolicy. */
export function clientPolicyName(app: string): string {
  return `${app}-vpn-killswitch`;
}
