import { fields, text } from './answers.js';
import type { Change } from './change.js';
import type { ExecOptions, ExecResult } from './info.js';
import { PebbleChangeError, PebbleTimeoutError } from './pebble-errors.js';
import type { PebbleTransport } from './pebble-transport.js';
import { WebsocketClient } from './websocket.js';

type WaitChange = (id: string, timeoutMs: number) => Promise<Change>;

const endOfStream = '{"command":"end"}';
const stdinPiece = 16 * 1024;
/** Milliseconds that Pebble may take beyond the command's own time: it kills, then waits a second for the output. */
const grace = 5_000;

/**
 * Runs a command: a request that starts a change, then a websocket for each stream, in the order in which Pebble wants them
 * (it gives up when they have not come within 5 s). Source: reference of Pebble's `POST /v1/exec`.
 */
export async function execCommand(
  transport: PebbleTransport,
  command: readonly string[],
  options: ExecOptions,
  waitChange: WaitChange,
): Promise<ExecResult> {
  const timeoutMs = options.timeoutMs ?? 30_000;
  const started = await transport.start('/v1/exec', {
    command,
    'service-context': options.serviceContext,
    environment: options.environment,
    'working-dir': options.workingDir,
    timeout: `${timeoutMs}ms`,
    'user-id': options.userId,
    user: options.user,
    'group-id': options.groupId,
    group: options.group,
    'split-stderr': true,
  });
  // The result also carries the process's whole environment, secrets included: only the task is taken from it.
  const task = text(fields(started.result)['task-id']);
  const sockets: WebsocketClient[] = [];
  try {
    const connect = async (stream: string): Promise<WebsocketClient> => {
      const socket = await WebsocketClient.connect(transport, `/v1/tasks/${task}/websocket/${stream}`);
      sockets.push(socket);
      return socket;
    };
    await connect('control');
    const stdio = await connect('stdio');
    const stderr = await connect('stderr');
    sendAll(stdio, options.stdin);
    const output = Promise.all([readAll(stdio), readAll(stderr)]);
    const change = await waitChange(started.change, timeoutMs + grace);
    const exitCode = exitCodeOf(change, timeoutMs);
    const [out, err] = await atMost(grace, output, sockets);
    return { exitCode, stdout: out.toString('utf8'), stderr: err.toString('utf8') };
  } catch (error) {
    // A refused websocket is the consequence; the change knows the cause.
    if (sockets.length < 3) exitCodeOf(await waitChange(started.change, grace), timeoutMs);
    throw error;
  } finally {
    for (const socket of sockets) socket.close();
  }
}

function exitCodeOf(change: Change, timeoutMs: number): number {
  if (change.err?.includes('timed out after') === true) {
    throw new PebbleTimeoutError(`the command was killed after ${timeoutMs} ms`, {
      cause: new PebbleChangeError(change),
    });
  }
  const exitCode = change.tasks[0]?.data['exit-code'];
  if (change.err !== undefined || typeof exitCode !== 'number') throw new PebbleChangeError(change);
  return exitCode;
}

function sendAll(stdio: WebsocketClient, stdin: string | Uint8Array = ''): void {
  const bytes = Buffer.from(stdin);
  for (let at = 0; at < bytes.length; at += stdinPiece) stdio.sendBinary(bytes.subarray(at, at + stdinPiece));
  stdio.sendText(endOfStream);
}

async function readAll(socket: WebsocketClient): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const { kind, data } of socket.messages()) {
    if (kind === 'binary') pieces.push(data);
    else if (data.toString('utf8').includes('"end"')) break;
  }
  return Buffer.concat(pieces);
}

/** What the streams hold once the command has ended; a descendant that keeps them open is not waited for. */
async function atMost<T>(milliseconds: number, work: Promise<T>, sockets: readonly WebsocketClient[]): Promise<T> {
  const timer = setTimeout(() => {
    for (const socket of sockets) socket.close();
  }, milliseconds);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
