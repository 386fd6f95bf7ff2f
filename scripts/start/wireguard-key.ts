import { generateKeyPairSync } from 'node:crypto';

/** A fresh WireGuard private key: 32 bytes of X25519 in base64, as `wg genkey` prints it. */
export const newWireguardKey = (): string => {
  const { d } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  if (d === undefined) throw new Error('the key has no private part');
  return Buffer.from(d, 'base64url').toString('base64');
};
