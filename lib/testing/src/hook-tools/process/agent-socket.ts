import { mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import type { HookContext } from '../hook-context.js';

interface ToolRequest {
  readonly contextId: string;
  readonly cwd: string;
  readonly tool: string;
  readonly args: readonly string[];
  readonly stdin?: string;
}

/**
 * The agent's end of the hook tools while one hook runs. Request and answer are one line of JSON each; Juju's own wire (Go's gob)
 * is not spoken, and a client that tries it is cut off.
 */
export class AgentSocket {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(context: HookContext) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket)).on('error', () => socket.destroy());
      serve(socket, context);
    });
  }

  static async listen(path: string, context: HookContext): Promise<AgentSocket> {
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    const agent = new AgentSocket(context);
    await new Promise<void>((resolve, reject) => {
      agent.#server.once('error', reject).listen(path, resolve);
    });
    return agent;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function serve(socket: Socket, context: HookContext): void {
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    if (!text.startsWith('{')) socket.destroy();
    if (!text.endsWith('\n')) return;
    // The client is this package's own script.
    const request = JSON.parse(text) as ToolRequest;
    socket.end(`${JSON.stringify(answer(request, context))}\n`);
  });
}

function answer(request: ToolRequest, context: HookContext): unknown {
  if (request.contextId !== context.id) {
    const text = `bad request: expected context id ${JSON.stringify(context.id)}, got ${JSON.stringify(request.contextId)}`;
    return { exitCode: 1, stdout: '', stderr: `ERROR ${text}\n` };
  }
  if (request.stdin === undefined && context.wantsStdin(request)) return { wantsStdin: true };
  return context.answer(request);
}
