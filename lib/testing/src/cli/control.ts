import { connect, createServer, type Server } from 'node:net';

/** One command, on its way to the background process. */
export interface ControlRequest {
  readonly command: string;
  readonly argv: readonly string[];
  readonly cwd: string;
}

export interface ControlAnswer {
  readonly exitCode: number;
  readonly text: string;
}

/** Answers requests, one line of JSON each, on a Unix socket. */
export function listen(path: string, answer: (request: ControlRequest) => Promise<ControlAnswer>): Promise<Server> {
  const server = createServer((socket) => {
    let text = '';
    socket.on('error', () => socket.destroy());
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (!text.endsWith('\n')) return;
      // The other end is this same program.
      void answer(JSON.parse(text) as ControlRequest).then((result) => socket.end(`${JSON.stringify(result)}\n`));
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(path, () => {
      resolve(server);
    });
  });
}

/** Sends a request; undefined when nobody listens. */
export function send(path: string, request: ControlRequest): Promise<ControlAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let text = '';
    socket.on('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      if (code === 'ENOENT' || code === 'ECONNREFUSED') resolve(undefined);
      else reject(error);
    });
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('end', () => {
      if (text === '') reject(new Error('the model ended in the middle of a command'));
      else resolve(JSON.parse(text) as ControlAnswer);
    });
    socket.write(`${JSON.stringify(request)}\n`);
  });
}
