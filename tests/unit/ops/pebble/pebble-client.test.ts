import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  Container,
  PebbleApiError,
  PebbleChangeError,
  PebbleClient,
  PebbleConnectionError,
  PebbleError,
  PebbleTimeoutError,
} from '@charm-ts/ops';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server that speaks whatever a test makes it say. */
describe('PebbleClient with a server that misbehaves', () => {
  let folder: string;
  let server: Server | undefined;
  let client: PebbleClient;
  const sockets = new Set<Socket>();

  const serve = async (onRequest: (socket: Socket, request: string) => void): Promise<void> => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        onRequest(socket, chunk.toString('latin1'));
      });
    });
    const listening = server;
    await new Promise<void>((resolve) => listening.listen(join(folder, 's'), resolve));
  };
  const answer = (status: number, body: string): string =>
    `HTTP/1.1 ${status} X\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;
  const failureOf = async (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pebble-'));
    client = new PebbleClient({ socketPath: join(folder, 's'), timeoutMs: 100 });
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    const listening = server;
    if (listening !== undefined) await new Promise((resolve) => listening.close(resolve));
    server = undefined;
    await rm(folder, { recursive: true });
  });

  test('no socket', async () => {
    const failure = await failureOf(client.plan());
    expect(failure).toBeInstanceOf(PebbleConnectionError);
    expect(failure).toMatchObject({ code: 'pebble-connection', cause: { code: 'ENOENT' } });
    expect(await new Container('a', client).canConnect()).toBe(false);
  });

  test('silence', async () => {
    await serve(() => undefined);
    const failure = await failureOf(client.systemInfo());
    expect(failure).toBeInstanceOf(PebbleTimeoutError);
    expect(failure).toBeInstanceOf(PebbleError);
    expect(await new Container('a', client).canConnect()).toBe(false);
  });

  test('a connection that is cut before and during the answer', async () => {
    await serve((socket) => socket.destroy());
    expect(await failureOf(client.systemInfo())).toBeInstanceOf(PebbleConnectionError);
    sockets.clear();
    server?.removeAllListeners('connection').on('connection', (socket: Socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"type"');
      socket.on('data', () => socket.destroy());
    });
    expect(await failureOf(client.systemInfo())).toBeInstanceOf(PebbleConnectionError);
  });

  test('answers that are not Pebble\u2019s', async () => {
    const answers = ['hello', '[]', '{"result":"text"}'];
    await serve((socket) => socket.end(answer(200, answers.shift() ?? '{}')));
    expect(await failureOf(client.systemInfo())).toBeInstanceOf(PebbleConnectionError);
    expect(await failureOf(client.systemInfo())).toBeInstanceOf(PebbleConnectionError);
    expect(await failureOf(client.systemInfo())).toBeInstanceOf(PebbleConnectionError);
  });

  test('errors keep status and kind, with and without an envelope', async () => {
    const answers = [
      answer(401, '{"type":"error","result":{"message":"access denied","kind":"login-required"}}'),
      answer(502, 'bad gateway'),
    ];
    await serve((socket) => socket.end(answers.shift() ?? ''));
    expect(await failureOf(client.plan())).toMatchObject({
      status: 401,
      kind: 'login-required',
      message: 'access denied',
    });
    const failure = await failureOf(client.plan());
    expect(failure).toBeInstanceOf(PebbleApiError);
    expect(failure).toMatchObject({ status: 502, message: 'bad gateway', kind: undefined });
  });

  test('waits again when the server gave up waiting', async () => {
    const requests: string[] = [];
    await serve((socket, request) => {
      requests.push(request);
      const patient = requests.length < 3;
      const done = '{"result":{"id":"7","status":"Done","ready":true}}';
      socket.end(patient ? answer(504, '{"result":{"message":"timed out"}}') : answer(200, done));
    });
    expect(await client.waitChange('7', { timeoutMs: 2_000 })).toMatchObject({ id: '7', status: 'Done' });
    expect(requests).toHaveLength(3);
  });

  test('a change that does not end in time is a time-out', async () => {
    await serve((socket) => socket.end(answer(504, '{"result":{"message":"timed out"}}')));
    expect(await failureOf(client.waitChange('7', { timeoutMs: 20 }))).toBeInstanceOf(PebbleTimeoutError);
  });

  test('a failed change tells the logs of its tasks', async () => {
    const task = {
      id: '1',
      kind: 'start',
      summary: 'Start service "a"',
      status: 'Error',
      log: ['T INFO output:\n    oops', 'T ERROR died'],
    };
    const change = { id: '7', status: 'Error', ready: true, err: 'cannot perform', tasks: [task] };
    await serve((socket, request) => {
      const started = request.startsWith('POST');
      socket.end(started ? answer(202, '{"change":"7"}') : answer(200, JSON.stringify({ result: change })));
    });
    const failure = await failureOf(client.startServices(['a']));
    expect(failure).toBeInstanceOf(PebbleChangeError);
    expect(String(failure)).toContain('Start service "a": T ERROR died');
    expect(String(failure)).toContain('oops');
  });

  test('unknown words of a newer Pebble stay what they are', async () => {
    const service = { name: 'a', startup: 'on-demand', current: 'frozen', 'new-key': 1 };
    await serve((socket) => socket.end(answer(200, JSON.stringify({ result: [service] }))));
    expect(await client.services()).toEqual([{ name: 'a', startup: 'on-demand', current: 'frozen' }]);
  });

  test('a refused websocket is explained by the change', async () => {
    const failed = { id: '7', status: 'Error', ready: true, err: 'cannot perform: no such user', tasks: [] };
    await serve((socket, request) => {
      if (request.startsWith('POST')) socket.end(answer(202, '{"change":"7","result":{"task-id":"9"}}'));
      else if (request.includes('websocket')) socket.end(answer(404, '{"result":{"message":"cannot find task"}}'));
      else socket.end(answer(200, JSON.stringify({ result: failed })));
    });
    const failure = await failureOf(client.exec(['ls']));
    expect(failure).toBeInstanceOf(PebbleChangeError);
    expect(String(failure)).toContain('no such user');
  });
});
