import { request } from 'node:https';
import type { KubernetesApi } from '../../../lib/testing/src/kubernetes/index.js';

/** A request that no adapter shaped. */
export interface WireRequest {
  readonly verb: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly token?: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Sends a request over TLS as it is. */
export const send = (api: KubernetesApi, { verb, path, query = {}, contentType, body, token }: WireRequest) =>
  new Promise<WireAnswer>((resolve, reject) => {
    const search = new URLSearchParams(query).toString();
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: api.port,
        ca: api.caCertificate,
        method: verb,
        path: search === '' ? path : `${path}?${search}`,
        headers: {
          ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => {
          const isJson = response.headers['content-type']?.startsWith('application/json') ?? false;
          resolve({ status: response.statusCode ?? 0, body: isJson ? (JSON.parse(text) as unknown) : text });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
