import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';

/** A message from the client. */
export interface ClientMessage {
  readonly kind: 'text' | 'binary';
  readonly data: Buffer;
}

const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
/** The constant of RFC 6455 that a server mixes into the client's key. */
const handshakeConstant = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The server's side of RFC 6455, without extensions. */
export class WebsocketServer {
  readonly #socket: Duplex;
  readonly #queue: ClientMessage[] = [];
  #buffered: Buffer = Buffer.alloc(0);
  #pieces: readonly Buffer[] = [];
  #kind: ClientMessage['kind'] = 'binary';
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(socket: Duplex, key: string, head: Buffer) {
    this.#socket = socket;
    const accept = createHash('sha1')
      .update(key + handshakeConstant)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const end = (): void => {
      this.#ended = true;
      this.#wake();
    };
    socket.on('data', (chunk: Buffer) => {
      this.#receive(chunk);
    });
    socket.on('end', end);
    socket.on('close', end);
    socket.on('error', end);
    this.#receive(head);
  }

  /** The next message, undefined at the end of the connection. */
  async next(): Promise<ClientMessage | undefined> {
    for (;;) {
      const message = this.#queue.shift();
      if (message !== undefined) return message;
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  sendText(text: string): void {
    this.#send(opcodes.text, Buffer.from(text));
  }

  sendBinary(data: Buffer): void {
    this.#send(opcodes.binary, data);
  }

  close(): void {
    this.#socket.end();
  }

  #receive(chunk: Buffer): void {
    this.#buffered = Buffer.concat([this.#buffered, chunk]);
    for (;;) {
      const frame = readFrame(this.#buffered);
      if (frame === undefined) break;
      this.#buffered = this.#buffered.subarray(frame.size);
      this.#accept(frame.opcode, frame.final, frame.payload);
    }
    this.#wake();
  }

  #accept(opcode: number, final: boolean, payload: Buffer): void {
    if (opcode === opcodes.close) this.#ended = true;
    if (opcode === opcodes.ping) this.#send(opcodes.pong, payload);
    if (opcode > opcodes.binary) return;
    if (opcode !== opcodes.continuation) this.#kind = opcode === opcodes.text ? 'text' : 'binary';
    this.#pieces = [...this.#pieces, payload];
    if (!final) return;
    this.#queue.push({ kind: this.#kind, data: Buffer.concat(this.#pieces) });
    this.#pieces = [];
  }

  #send(opcode: number, payload: Buffer): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    this.#socket.write(Buffer.concat([frameHead(opcode, payload.length), payload]));
  }
}

function frameHead(opcode: number, length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | opcode, length]);
  const long = length > 0xffff;
  const head = Buffer.alloc(long ? 10 : 4);
  head[0] = 0x80 | opcode;
  head[1] = long ? 127 : 126;
  if (long) head.writeBigUInt64BE(BigInt(length), 2);
  else head.writeUInt16BE(length, 2);
  return head;
}

interface Frame {
  readonly opcode: number;
  readonly final: boolean;
  readonly payload: Buffer;
  readonly size: number;
}

function readFrame(buffer: Buffer): Frame | undefined {
  if (buffer.length < 2) return undefined;
  const short = buffer.readUInt8(1) & 0x7f;
  const lengthEnd = short === 127 ? 10 : short === 126 ? 4 : 2;
  const masked = (buffer.readUInt8(1) & 0x80) !== 0;
  const start = lengthEnd + (masked ? 4 : 0);
  if (buffer.length < start) return undefined;
  const length = short === 127 ? Number(buffer.readBigUInt64BE(2)) : short === 126 ? buffer.readUInt16BE(2) : short;
  if (buffer.length < start + length) return undefined;
  const mask = masked ? buffer.subarray(lengthEnd, start) : Buffer.alloc(4);
  const payload = Buffer.from(
    buffer.subarray(start, start + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0)),
  );
  const first = buffer.readUInt8(0);
  return { opcode: first & 0x0f, final: (first & 0x80) !== 0, payload, size: start + length };
}
