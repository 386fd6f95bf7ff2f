const keyBytes = 32;

/** Why a text is not a WireGuard key, without quoting it, or `undefined` when it is one. */
export const wireguardKeyProblem = (text: string): string | undefined => {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return 'is not base64';
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== keyBytes) return `must be ${keyBytes} bytes in base64 (it has ${bytes.length})`;
  if (bytes.toString('base64') !== text) return 'is not base64 of exactly 32 bytes';
  return undefined;
};
