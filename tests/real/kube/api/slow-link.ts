import { createServer, connect, type Server, type Socket } from 'node:net';

/** A TCP proxy on 127.0.0.1 that keeps the server's answers back for a while; requests arrive at once. */
export class SlowLink {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Milliseconds for each answer. */
  delay = 0;

  private constructor(target: URL) {
    this.#server = createServer((client) => {
      const server = connect(Number(target.port), target.hostname);
      for (const socket of [client, server]) {
        this.#sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          client.destroy();
          server.destroy();
          this.#sockets.delete(socket);
        });
      }
      client.pipe(server);
      server.on('data', (data) => {
        if (this.delay === 0) client.write(data);
        else setTimeout(() => client.writable && client.write(data), this.delay).unref();
      });
    });
  }

  static async to(target: URL): Promise<SlowLink> {
    const link = new SlowLink(target);
    await new Promise<void>((resolve) => link.#server.listen(0, '127.0.0.1', resolve));
    return link;
  }

  get url(): URL {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the link does not listen');
    return new URL(`https://127.0.0.1:${String(address.port)}`);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
