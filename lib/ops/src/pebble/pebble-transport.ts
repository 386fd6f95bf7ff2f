import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { fields, isFields, text } from './answers.js';
import { PebbleApiError, PebbleConnectionError, PebbleTimeoutError } from './pebble-errors.js';

/** A plain HTTP answer. */
export interface RawAnswer {
  readonly contentType: string;
  readonly body: Buffer;
}

interface RawRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Milliseconds that the server may take on purpose, on top of the usual patience. */
  readonly extraMs?: number;
}

/** HTTP over Pebble's Unix socket: a new connection for each request, every failure a PebbleError. */
export class PebbleTransport {
  readonly #socketPath: string;
  readonly #timeoutMs: number;

  constructor(socketPath: string, timeoutMs: number) {
    this.#socketPath = socketPath;
    this.#timeoutMs = timeoutMs;
  }

  /** The `result` of a GET. */
  async get(path: string, query: Readonly<Record<string, string | undefined>> = {}, extraMs = 0): Promise<unknown> {
    const { body } = await this.send({ method: 'GET', path: withQuery(path, query), extraMs });
    return envelope(body)['result'];
  }

  /** The `result` of a POST with a JSON body. */
  async post(path: string, payload: unknown): Promise<unknown> {
    return (await this.#postJson(path, payload))['result'];
  }

  /** A POST that starts a change. */
  async start(path: string, payload: unknown): Promise<{ readonly change: string; readonly result: unknown }> {
    const answer = await this.#postJson(path, payload);
    return { change: text(answer['change']), result: answer['result'] };
  }

  /** @throws PebbleApiError for every status from 400 on. */
  async send({ method, path, headers, body, extraMs = 0 }: RawRequest): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        reject(this.#wrap(error));
      };
      const outgoing = request(
        {
          socketPath: this.#socketPath,
          method,
          path,
          agent: false,
          headers: { Host: 'localhost', Accept: 'application/json', ...headers, ...lengthOf(body) },
        },
        (response) => {
          readBody(response).then((received) => {
            if ((response.statusCode ?? 0) < 400) {
              resolve({ contentType: response.headers['content-type'] ?? '', body: received });
            } else {
              reject(apiError(response.statusCode ?? 0, received));
            }
          }, fail);
        },
      );
      outgoing.setTimeout(this.#timeoutMs + extraMs, () => outgoing.destroy(this.#silence(extraMs)));
      outgoing.on('error', fail);
      outgoing.end(body);
    });
  }

  /** Opens a connection and changes its protocol; the socket and what has arrived on it since. */
  async upgrade(path: string, headers: Readonly<Record<string, string>>): Promise<readonly [Socket, Buffer]> {
    return new Promise((resolve, reject) => {
      const outgoing = request({
        socketPath: this.#socketPath,
        path,
        agent: false,
        headers: { Host: 'localhost', ...headers },
      });
      outgoing.setTimeout(this.#timeoutMs, () => outgoing.destroy(this.#silence(0)));
      outgoing.on('error', (error) => {
        reject(this.#wrap(error));
      });
      outgoing.on('response', (response) => {
        readBody(response).then(
          (received) => {
            reject(apiError(response.statusCode ?? 0, received));
          },
          (error: unknown) => {
            reject(this.#wrap(error));
          },
        );
      });
      outgoing.on('upgrade', (_response, socket, head) => {
        outgoing.setTimeout(0);
        socket.setTimeout(0);
        resolve([socket, head]);
      });
      outgoing.end();
    });
  }

  async #postJson(path: string, payload: unknown): Promise<Readonly<Record<string, unknown>>> {
    const headers = { 'Content-Type': 'application/json' };
    const { body } = await this.send({ method: 'POST', path, headers, body: JSON.stringify(payload) });
    return envelope(body);
  }

  #silence(extraMs: number): PebbleTimeoutError {
    return new PebbleTimeoutError(`Pebble at ${this.#socketPath} was silent for ${this.#timeoutMs + extraMs} ms`);
  }

  #wrap(cause: unknown): Error {
    if (cause instanceof PebbleTimeoutError) return cause;
    const code = isErrno(cause) ? cause.code : undefined;
    const why =
      code === 'ENOENT'
        ? 'there is no socket (the container is starting or gone)'
        : cause instanceof Error
          ? cause.message
          : String(cause);
    return new PebbleConnectionError(`cannot reach Pebble at ${this.#socketPath}: ${why}`, { cause });
  }
}

function isErrno(value: unknown): value is NodeJS.ErrnoException {
  return value instanceof Error && 'code' in value;
}

function lengthOf(body: string | Uint8Array | undefined): Readonly<Record<string, string>> {
  return body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
}

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [`${key}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

export function envelope(body: Buffer): Readonly<Record<string, unknown>> {
  return fields(parse(body));
}

function apiError(status: number, body: Buffer): PebbleApiError {
  const answer = parse(body);
  const result = isFields(answer) && isFields(answer['result']) ? answer['result'] : {};
  const message = text(result['message']) || body.toString('utf8').trim() || `HTTP ${status}`;
  return new PebbleApiError(message, status, text(result['kind']) || undefined);
}
