const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** True for a DNS name of letters, digits and inner hyphens: RFC 1123 labels, 253 characters at most, no trailing dot. */
export function isDnsName(text: string): boolean {
  return text.length <= 253 && text.split('.').every((part) => label.test(part)) && !/^[\d.]+$/.test(text);
}

/** The application and namespace that a gateway's DNS name tells: `<app>-endpoints.<namespace>.svc.<domain>`. */
export function parseGatewayName(
  dnsName: string,
): { readonly app: string; readonly namespace: string; readonly domain: string } | undefined {
  const match = /^([a-z0-9-]+?)(?:-endpoints)?\.([a-z0-9-]+)\.svc\.(.+)$/.exec(dnsName);
  const [, app, namespace, domain] = match ?? [];
  return app === undefined || namespace === undefined || domain === undefined ? undefined : { app, namespace, domain };
}
