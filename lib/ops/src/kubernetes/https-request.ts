import { Agent, request } from 'node:https';

/** How a request proves who it is; asked for at each request, because the token in the pod changes every hour or so. */
export interface Credentials {
  readonly ca: string | Buffer | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** One request to the API server. The body is sent as it is and never logged. */
export interface KubeRequest {
  readonly method: 'GET' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly contentType?: string;
  readonly body?: string;
}

/** What the API server answered. */
export interface KubeResponse {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** Sends a request and takes the whole answer. Rejects only where no answer came. */
export type SendRequest = (request: KubeRequest) => Promise<KubeResponse>;

/** One for the process, which a charm is for one hook and a test kit for many: connections are kept apart by server and authority. */
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/**
 * Requests over TLS with kept connections. Idle connections do not keep the process alive: Node unreferences them.
 *
 * @param timeout Milliseconds that one request may take from connecting to the last byte.
 */
export const httpsSender = (server: URL, credentials: () => Promise<Credentials>, timeout: number): SendRequest => {
  return async (kubeRequest) => {
    const { ca, headers } = await credentials();
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          agent,
          ca,
          // URL keeps the brackets of an IPv6 address, which node:https does not take.
          host: server.hostname.replace(/^\[|\]$/g, ''),
          port: server.port === '' ? 443 : server.port,
          method: kubeRequest.method,
          path: kubeRequest.path,
          signal: AbortSignal.timeout(timeout),
          headers: {
            ...headers,
            Accept: 'application/json',
            'User-Agent': 'charm-ts-ops',
            ...(kubeRequest.body === undefined
              ? {}
              : {
                  'Content-Type': kubeRequest.contentType ?? 'application/json',
                  'Content-Length': Buffer.byteLength(kubeRequest.body),
                }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            resolve({
              status: response.statusCode ?? 0,
              retryAfter: response.headers['retry-after'],
              body: Buffer.concat(chunks).toString('utf8'),
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(kubeRequest.body);
    });
  };
};
