import { connect, createServer } from 'node:net';
import { rm } from 'node:fs/promises';

/** Stands between a client and a Pebble and notes the first line of every connection, which is one request. */
export class RequestLog {
  readonly socketPath: string;
  readonly #target: string;
  readonly #lines: string[] = [];
  readonly #server = createServer((client) => {
    const upstream = connect(this.#target);
    client.once('data', (chunk: Buffer) => {
      this.#lines.push(chunk.toString('latin1').split(' HTTP/')[0] ?? '');
    });
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });

  constructor(target: string) {
    this.#target = target;
    this.socketPath = `${target}.log`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.socketPath, resolve));
  }

  /** What was asked since the last call. */
  take(): readonly string[] {
    return this.#lines.splice(0);
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.socketPath, { force: true });
  }
}
