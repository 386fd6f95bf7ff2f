import { podGatewayImage, podItems } from './names.js';

/** A container that runs one of the scripts from `/vpn`, with its state in `/run/vpn`. */
export function scriptContainer(
  script: string,
  volume: string,
  securityContext: Readonly<Record<string, unknown>>,
  image: string = podGatewayImage,
): Record<string, unknown> {
  return {
    name: script,
    image,
    command: ['/bin/bash', `/vpn/${script}`],
    securityContext,
    resources: { requests: { cpu: '10m', memory: '32Mi' } },
    volumeMounts: [
      { name: volume, mountPath: '/vpn', readOnly: true },
      { name: podItems.state, mountPath: '/run/vpn' },
    ],
  };
}

/** The volumes behind {@link scriptContainer}. */
export function scriptVolumes(volume: string, configMap: string): Record<string, unknown>[] {
  return [
    { name: volume, configMap: { name: configMap } },
    { name: podItems.state, emptyDir: {} },
  ];
}
