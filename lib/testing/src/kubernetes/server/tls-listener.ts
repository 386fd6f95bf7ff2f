import { createServer } from 'node:https';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ServerCertificate } from './certificate.js';

/** A request with its whole body. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly contentType: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** The answer, a cut connection, or silence. */
export type WireAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown; readonly retryAfter?: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' };

/** A TLS server on the loopback that answers whole requests. It does not keep its process alive: who waits for an answer does. */
export class TlsListener {
  readonly port: number;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async start(
    { key, certificate }: ServerCertificate,
    answer: (request: WireRequest) => WireAnswer,
  ): Promise<TlsListener> {
    const server = createServer({ key, cert: certificate }, (incoming, outgoing) => {
      readBody(incoming, (body) => {
        respond(outgoing, answer(toWireRequest(incoming, body)));
      });
    });
    server.unref();
    for (const event of ['connection', 'secureConnection'] as const)
      server.on(event, (socket: Socket) => socket.unref());
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
        else resolve(new TlsListener(server, address.port));
      });
    });
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }
}

const readBody = (incoming: IncomingMessage, done: (body: string) => void): void => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    done(Buffer.concat(chunks).toString('utf8'));
  });
};

const toWireRequest = (incoming: IncomingMessage, body: string): WireRequest => ({
  method: incoming.method ?? 'GET',
  url: new URL(incoming.url ?? '/', 'https://127.0.0.1'),
  contentType: (incoming.headers['content-type'] ?? '').split(';')[0] ?? '',
  authorization: incoming.headers.authorization,
  body,
});

const respond = (outgoing: ServerResponse, answer: WireAnswer): void => {
  if (answer.kind === 'hang') return;
  if (answer.kind === 'cut') {
    outgoing.socket?.destroy();
    return;
  }
  const isText = typeof answer.body === 'string';
  const headers = {
    'Content-Type': isText ? 'text/plain; charset=utf-8' : 'application/json',
    ...(answer.retryAfter === undefined ? {} : { 'Retry-After': String(answer.retryAfter) }),
  };
  outgoing.writeHead(answer.status, headers);
  outgoing.end(isText ? answer.body : JSON.stringify(answer.body));
};
