import { pbkdf2Sync, randomBytes } from 'node:crypto';

/**
 * A password as qBittorrent keeps it since version 4.2: PBKDF2 with HMAC-SHA512, 100 000 rounds, 16 bytes of salt, 64 of key, in Qt's
 * form for bytes. It is made once and kept in the secret beside the password: it takes as long as half a hook.
 */
export const passwordHash = (password: string, salt: Uint8Array = randomBytes(16)): string => {
  const key = pbkdf2Sync(password, salt, 100_000, 64, 'sha512');
  return `@ByteArray(${Buffer.from(salt).toString('base64')}:${key.toString('base64')})`;
};
