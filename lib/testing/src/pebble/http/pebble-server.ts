import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Refused } from '../refused.js';
import { apiRoutes, type ApiParts } from './api-routes.js';
import { Executions, type ExecParts } from './exec-route.js';
import { getFiles, postFiles, type FileParts } from './file-routes.js';
import { envelope, type ApiRequest, type Reply } from './reply.js';

/** A request that the daemon received. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
}

type ServerParts = ApiParts & FileParts & ExecParts & { readonly socketPath: string };

/** HTTP on a Unix socket in front of the daemon's parts. It does not keep its process alive: who waits for an answer does. */
export class PebbleServer {
  readonly #parts: ServerParts;
  readonly #executions: Executions;
  readonly #requests: RequestRecord[] = [];
  readonly #sockets = new Set<Duplex>();
  #server: Server | undefined;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#executions = new Executions(parts);
  }

  get requests(): readonly RequestRecord[] {
    return this.#requests;
  }

  async listen(): Promise<void> {
    rmSync(this.#parts.socketPath, { force: true });
    const server = createServer((request, response) => void this.#serve(request, response));
    server.unref();
    server.on('connection', (socket) => {
      socket.unref();
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    server.on('upgrade', (request, socket, head) => {
      this.#upgrade(request, socket, head);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#parts.socketPath, resolve);
    });
    this.#server = server;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#executions.close();
    for (const socket of this.#sockets) socket.destroy();
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = incoming;
    this.#requests.push({ method, path: url });
    const cut = new AbortController();
    response.on('close', () => {
      cut.abort();
    });
    try {
      const body = await readBody(incoming);
      const { pathname, searchParams } = new URL(url, 'http://localhost');
      const request = { method, path: pathname, query: searchParams, headers, body, signal: cut.signal };
      write(response, await this.#route(request));
    } catch (error) {
      if (cut.signal.aborted) return;
      const { status, kind } = error instanceof Refused ? error : { status: 500, kind: undefined };
      const message = error instanceof Error ? error.message : String(error);
      writeJson(response, status, envelope('error', status, { result: { message, kind } }));
    }
  }

  async #route(request: ApiRequest): Promise<Reply> {
    const { method, path } = request;
    switch (`${method} ${path}`) {
      case 'GET /v1/files':
        return getFiles(request, this.#parts);
      case 'POST /v1/files':
        return postFiles(request, this.#parts);
      case 'POST /v1/exec':
        return this.#executions.start(request);
    }
    const pattern = path.replace(/^(\/v1\/changes)\/[^/]+/, '$1/*');
    const handler = apiRoutes[`${method} ${pattern}`];
    if (handler !== undefined) return handler(request, this.#parts);
    const known = Object.keys(apiRoutes).some((route) => route.endsWith(` ${pattern}`));
    throw known
      ? new Refused(`method "${method}" not allowed`, 405)
      : new Refused(`invalid API endpoint requested`, 404);
  }

  #upgrade({ method = 'GET', url = '/', headers }: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#requests.push({ method, path: url });
    socket.on('error', () => socket.destroy());
    try {
      this.#executions.connect(url, headers['sec-websocket-key'] ?? '', socket, head);
    } catch (error) {
      const { status, message } = error instanceof Refused ? error : { status: 500, message: String(error) };
      const body = envelope('error', status, { result: { message } });
      const length = Buffer.byteLength(body);
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`,
      );
    }
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function write(response: ServerResponse, reply: Reply): void {
  switch (reply.kind) {
    case 'sync': {
      const status = reply.status ?? 200;
      writeJson(response, status, envelope('sync', status, { result: reply.result }));
      return;
    }
    case 'async':
      writeJson(response, 202, envelope('async', 202, { change: reply.change, result: reply.result ?? null }));
      return;
    case 'raw':
      response.writeHead(200, { 'Content-Type': reply.contentType, Connection: 'close' });
      response.end(reply.body);
  }
}

function writeJson(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' });
  response.end(body);
}
