import { createHash } from 'node:crypto';
import type { VpnKeys } from '../secret/vpn-keys.js';
import { type GluetunSettings, openVpnConfigFile } from './gluetun-settings.js';

/** One file of the workload container; all are for root only. */
export interface SettingsFile {
  readonly path: string;
  readonly content: string;
}

export const ownerOnly = 0o600;
const settingsFolder = '/gluetun';
const secretsFolder = '/run/secrets';
export const controlServerRoles = `${settingsFolder}/auth/config.toml`;
/** Gluetun runs each line of it as root after its firewall is up, and opens everything when one fails. */
export const postRules = '/iptables/post-rules.txt';

/**
 * Settings that Gluetun takes from a file of their own only below /run/secrets, and those that it takes only from a
 * `wg0.conf` (its `configuration/sources/{files,secrets}/reader.go`).
 */
const secretsFolderSettings = new Set(['WIREGUARD_ADDRESSES']);
const wireguardFileSettings = new Set(['WIREGUARD_PUBLIC_KEY', 'WIREGUARD_ENDPOINT_IP', 'WIREGUARD_ENDPOINT_PORT']);

const wireguardFile = (settings: GluetunSettings): readonly SettingsFile[] => {
  const publicKey = settings['WIREGUARD_PUBLIC_KEY'];
  const address = settings['WIREGUARD_ENDPOINT_IP'] ?? '';
  const port = settings['WIREGUARD_ENDPOINT_PORT'];
  const peer = [
    ...(publicKey === undefined ? [] : [`PublicKey = ${publicKey}`]),
    ...(address === '' && port === undefined ? [] : [`Endpoint = ${address}${port === undefined ? '' : `:${port}`}`]),
  ];
  if (peer.length === 0) return [];
  return [{ path: `${settingsFolder}/wireguard/wg0.conf`, content: `[Peer]\n${peer.join('\n')}\n` }];
};

const ownFile = (name: string, value: string): readonly SettingsFile[] => {
  if (wireguardFileSettings.has(name)) return [];
  const folder = secretsFolderSettings.has(name) ? secretsFolder : settingsFolder;
  return [{ path: `${folder}/${name.toLowerCase()}`, content: value }];
};

/** Names below /run/secrets that are not just the setting's in lower case. */
const secretFileNames: Readonly<Record<string, string>> = {
  OPENVPN_CERT: 'openvpn_clientcrt',
  OPENVPN_KEY: 'openvpn_clientkey',
};

/** Only what this tunnel uses: a secret may hold more than that. */
const isUsed = (name: string, settings: GluetunSettings): boolean => {
  if (name === 'OPENVPN_CUSTOM_CONFIG') return settings['OPENVPN_CUSTOM_CONFIG'] !== undefined;
  const isWireguard = settings['VPN_TYPE'] === 'wireguard';
  const forwardsPort = settings['VPN_PORT_FORWARDING'] === 'on';
  if (name.startsWith('WIREGUARD_')) return isWireguard;
  if (name.startsWith('VPN_PORT_FORWARDING_')) return forwardsPort;
  // Without credentials of its own, asking for a port uses those of OpenVPN.
  if (name === 'OPENVPN_USER' || name === 'OPENVPN_PASSWORD') return !isWireguard || forwardsPort;
  return !(name.startsWith('OPENVPN_') && isWireguard);
};

const secretFile = ([name, content]: readonly [string, string]): SettingsFile => ({
  path:
    name === 'OPENVPN_CUSTOM_CONFIG'
      ? openVpnConfigFile
      : `${secretsFolder}/${secretFileNames[name] ?? name.toLowerCase()}`,
  content,
});

/** All settings, keys included, as the files that Gluetun reads at its start, sorted by path. */
export const settingsFiles = (settings: GluetunSettings, keys: VpnKeys): readonly SettingsFile[] =>
  [
    ...Object.entries(settings).flatMap(([name, value]) => ownFile(name, value)),
    ...wireguardFile(settings),
    ...Object.entries(keys)
      .filter(([name]) => isUsed(name, settings))
      .map(secretFile),
  ].sort((one, other) => (one.path < other.path ? -1 : 1));

/** A short name of exactly these files, fit for the plan: it changes with every setting and tells none. */
export const settingsDigest = (files: readonly SettingsFile[]): string =>
  createHash('sha256')
    .update(JSON.stringify(files.map(({ path, content }) => [path, content])))
    .digest('hex')
    .slice(0, 16);

/**
 * Roles of the control server, which listens on loopback: two facts for the charm's status may be read by everybody in
 * the pod, all else needs a key. Any role in this file takes away Gluetun's public ones, with which everybody could
 * stop the VPN; the key itself is thrown away, since the charm never changes anything through the server.
 */
export const controlServerRolesFile = (key: string): SettingsFile => ({
  path: controlServerRoles,
  content: [
    '[[roles]]\nname = "facts"\nauth = "none"\nroutes = ["GET /v1/version", "GET /v1/publicip/ip"]\n',
    `[[roles]]\nname = "nobody"\nauth = "apikey"\napikey = "${key}"\nroutes = ["GET /v1/vpn/status"]\n`,
  ].join('\n'),
});
