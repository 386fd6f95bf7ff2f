import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The same token as it would be an hour after its end, signed with the API server's own key. TokenRequest gives none for less than 10 minutes. */
export function expired(token: string): string {
  const [header = '', payload = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Readonly<Record<string, unknown>>;
  const now = Math.floor(Date.now() / 1000);
  const text = `${header}.${encode({ ...claims, iat: now - 7200, nbf: now - 7200, exp: now - 3600 })}`;
  const key = readFileSync(process.env['KUBE_ACCOUNTS_KEY'] ?? '', 'utf8');
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
}
