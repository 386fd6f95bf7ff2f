/** Attributes of the secret that become settings of Gluetun as they are, and Gluetun's names for them. */
export const attributeSettings = {
  'private-key': 'WIREGUARD_PRIVATE_KEY',
  'preshared-key': 'WIREGUARD_PRESHARED_KEY',
  'openvpn-user': 'OPENVPN_USER',
  'openvpn-password': 'OPENVPN_PASSWORD',
  'openvpn-cert': 'OPENVPN_CERT',
  'openvpn-key': 'OPENVPN_KEY',
  'openvpn-encrypted-key': 'OPENVPN_ENCRYPTED_KEY',
  'openvpn-key-passphrase': 'OPENVPN_KEY_PASSPHRASE',
  'openvpn-config': 'OPENVPN_CUSTOM_CONFIG',
  'port-forwarding-username': 'VPN_PORT_FORWARDING_USERNAME',
  'port-forwarding-password': 'VPN_PORT_FORWARDING_PASSWORD',
  'publicip-api-token': 'PUBLICIP_API_TOKEN',
} as const;

export type SecretAttribute = keyof typeof attributeSettings;

export const wireguardConfAttribute = 'wg0-conf';

export const isSecretAttribute = (name: string): name is SecretAttribute => Object.hasOwn(attributeSettings, name);

export const secretAttributes: readonly SecretAttribute[] = Object.keys(attributeSettings).filter(isSecretAttribute);
