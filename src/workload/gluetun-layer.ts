import type { Layer } from '@charm-ts/ops';
import { clusterResolverFile } from './cluster-resolver.js';
import { addressFile, forwardedPortFile, type GluetunSettings, tunnelDevice } from './gluetun-settings.js';

export const gluetun = 'gluetun';
export const vpnCheck = 'vpn';

/** Of Gluetun's rule for what belongs in the tunnel. By the number of its table the gateway's own rule for it would go as well. */
const tunnelRulePriority = 101;

/** Gluetun's own default targets; some networks answer at other addresses only, hence the override. */
const defaultProbeTargets = '1.1.1.1,8.8.8.8';

/**
 * Takes away what an earlier run left: rules on which Gluetun fails (its issue 2521), public address and forwarded
 * port, which would pass for this run's, and its own address as the resolver, to which it would send the cluster's names.
 */
const startCommand = [
  `while ip -4 rule del pref ${tunnelRulePriority} 2>/dev/null; do :; done`,
  `while ip -6 rule del pref ${tunnelRulePriority} 2>/dev/null; do :; done`,
  `rm -f ${addressFile} ${forwardedPortFile}`,
  // In place: the file is a mount of its own, which cannot be replaced.
  `cat ${clusterResolverFile} > /etc/resolv.conf`,
  'exec /gluetun-entrypoint',
].join('; ');

/**
 * Asks through the tunnel's device itself, so that no other route can answer. BusyBox `ping` is in the image; two
 * targets, two seconds for each, keep one lost packet or one silent host from counting.
 */
const probeCommand = (targets: readonly string[]): string =>
  [
    `for target in ${targets.join(' ')}; do ping -q -c 1 -W 2 -I ${tunnelDevice} $target && exit 0; done`,
    `echo no answer through ${tunnelDevice}`,
    'exit 1',
  ].join('; ');

/** The hosts whose answer proves the tunnel, two at most. */
export const probeTargets = (settings: GluetunSettings): readonly string[] =>
  (settings['HEALTH_ICMP_TARGET_IPS'] ?? defaultProbeTargets).split(',').slice(0, 2);

/**
 * The Pebble layer: no setting is in it, only the digest of the files that hold them, which makes Pebble restart
 * Gluetun exactly when they changed. The check has no level: the kubelet must not restart a container because a VPN
 * server is away.
 */
export const gluetunLayer = (settings: GluetunSettings, digest: string): Layer => ({
  label: gluetun,
  summary: 'Gluetun and the probe of its tunnel',
  services: {
    [gluetun]: {
      override: 'replace',
      summary: 'Gluetun VPN client',
      command: `sh -c '${startCommand}'`,
      startup: 'enabled',
      // Gluetun takes up to 5 seconds for an orderly end, which is Pebble's default as well.
      'kill-delay': '10s',
      environment: { CHARM_SETTINGS_DIGEST: digest },
    },
  },
  checks: {
    [vpnCheck]: {
      override: 'replace',
      startup: 'enabled',
      period: '6s',
      timeout: '5s',
      threshold: 2,
      exec: { command: `sh -c '${probeCommand(probeTargets(settings))}'` },
    },
  },
});
