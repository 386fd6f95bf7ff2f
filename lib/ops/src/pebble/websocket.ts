import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { PebbleTransport } from './pebble-transport.js';

/** A message of a websocket: text and binary differ in meaning here (commands and data). */
export interface WebsocketMessage {
  readonly kind: 'text' | 'binary';
  readonly data: Buffer;
}

interface Frame {
  readonly final: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
}

const opcodes = { continuation: 0x0, text: 0x1, binary: 0x2, close: 0x8, ping: 0x9, pong: 0xa } as const;

/** The client's side of RFC 6455, without extensions. */
export class WebsocketClient {
  readonly #socket: Socket;
  readonly #head: Buffer;

  private constructor(socket: Socket, head: Buffer) {
    this.#socket = socket;
    this.#head = head;
    // Whoever reads messages sees the end of the stream; a reset while writing needs no second report.
    socket.on('error', () => undefined);
  }

  static async connect(transport: PebbleTransport, path: string): Promise<WebsocketClient> {
    const [socket, head] = await transport.upgrade(path, {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    });
    return new WebsocketClient(socket, head);
  }

  sendText(text: string): void {
    this.#send(opcodes.text, Buffer.from(text));
  }

  sendBinary(data: Uint8Array): void {
    this.#send(opcodes.binary, Buffer.from(data));
  }

  /** Ends the connection at once, without a closing handshake. */
  close(): void {
    this.#socket.destroy();
  }

  /** Messages until the peer closes or the connection is lost. */
  async *messages(): AsyncGenerator<WebsocketMessage> {
    let kind: WebsocketMessage['kind'] = 'binary';
    let pieces: Buffer[] = [];
    for await (const { final, opcode, payload } of this.#frames()) {
      if (opcode === opcodes.close) return;
      if (opcode === opcodes.ping) this.#send(opcodes.pong, payload);
      if (opcode > opcodes.binary) continue;
      if (opcode !== opcodes.continuation) {
        kind = opcode === opcodes.text ? 'text' : 'binary';
        pieces = [];
      }
      pieces.push(payload);
      if (final) yield { kind, data: Buffer.concat(pieces) };
    }
  }

  async *#frames(): AsyncGenerator<Frame> {
    let buffered = this.#head;
    for (;;) {
      const [frame, size] = readFrame(buffered);
      if (frame !== undefined) {
        buffered = buffered.subarray(size);
        yield frame;
        continue;
      }
      const chunk = await this.#read();
      if (chunk === undefined) return;
      buffered = Buffer.concat([buffered, chunk]);
    }
  }

  async #read(): Promise<Buffer | undefined> {
    const socket = this.#socket;
    for (;;) {
      const chunk = socket.read() as Buffer | null;
      if (chunk !== null) return chunk;
      if (socket.readableEnded || socket.destroyed) return undefined;
      await new Promise<void>((resolve) => {
        const events = ['readable', 'end', 'close'] as const;
        const wake = (): void => {
          for (const event of events) socket.off(event, wake);
          resolve();
        };
        for (const event of events) socket.on(event, wake);
      });
    }
  }

  #send(opcode: number, payload: Buffer): void {
    if (!this.#socket.destroyed) this.#socket.write(writeFrame(opcode, payload));
  }
}

function writeFrame(opcode: number, payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const masked = Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return Buffer.concat([Buffer.from([0x80 | opcode]), maskedLength(payload.length), mask, masked]);
}

function maskedLength(length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | length]);
  const long = length > 0xffff;
  const field = Buffer.alloc(long ? 9 : 3);
  field[0] = 0x80 | (long ? 127 : 126);
  if (long) field.writeBigUInt64BE(BigInt(length), 1);
  else field.writeUInt16BE(length, 1);
  return field;
}

/** The first frame of the buffer and the bytes it took, or none yet. Servers do not mask. */
function readFrame(buffer: Buffer): readonly [Frame | undefined, number] {
  const none = [undefined, 0] as const;
  if (buffer.length < 2) return none;
  const first = buffer.readUInt8(0);
  const short = buffer.readUInt8(1) & 0x7f;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (buffer.length < start) return none;
  const length = short === 127 ? Number(buffer.readBigUInt64BE(2)) : short === 126 ? buffer.readUInt16BE(2) : short;
  if (buffer.length < start + length) return none;
  const payload = buffer.subarray(start, start + length);
  return [{ final: (first & 0x80) !== 0, opcode: first & 0x0f, payload }, start + length];
}
