/** An address and a port. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Parses `address:port`; IPv6 with or without brackets, the last colon separates the port. */
export function parseHostPort(text: string): { readonly host: string; readonly port: number } | undefined {
  const match = /^\[?([^[\]\s]+?)\]?:(\d{1,5})$/.exec(text);
  const [, host, port] = match ?? [];
  if (host === undefined || port === undefined || Number(port) < 1 || Number(port) > 65535) return undefined;
  return { host, port: Number(port) };
}

/** `address:port` as the settings file has it. */
export function formatEndpoint({ address, port }: Endpoint): string {
  return `${address}:${port}`;
}
