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

/** In the order of their text, each once. */
export function sortedEndpoints(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const unique = new Map(endpoints.map((endpoint) => [`${endpoint.address} ${endpoint.port}`, endpoint]));
  return [...unique].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, endpoint]) => endpoint);
}

/** `address:port` as the settings file has it. */
export function formatEndpoint({ address, port }: Endpoint): string {
  return `${address}:${port}`;
}
