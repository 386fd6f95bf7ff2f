import { createServer, type Server } from 'node:http';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PodCase } from '../simulation/pod-case.js';

/** What one pod meets on its loopback or outside: a page behind a Unix socket, because all pods share one machine. */
export class LoopbackServer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(socketPath: string, page: (path: string) => PodCase['verdict']): Promise<LoopbackServer> {
    mkdirSync(dirname(socketPath), { recursive: true });
    rmSync(socketPath, { force: true });
    const server = createServer((request, response) => {
      const answer = page(request.url ?? '/');
      if (answer === undefined) {
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.status, { 'content-type': 'text/plain', connection: 'close' }).end(answer.body);
    });
    server.unref();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(socketPath, resolve);
    });
    return new LoopbackServer(server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
