import { request } from 'node:http';
import type { PebbleUnderTest } from './pebble-under-test.js';

/** An answer of Pebble's API with what differs from run to run replaced. */
export interface WireAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

/** What goes with the first line of a request. */
export interface Question {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks without the client under test. */
export async function rawAsk(
  pebble: PebbleUnderTest,
  line: string,
  { headers, body }: Question = {},
): Promise<WireAnswer> {
  const [method = 'GET', path = '/'] = line.split(' ');
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { socketPath: pebble.socketPath, method, path, agent: false, headers: { ...headers } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const contentType = incoming.headers['content-type'] ?? '';
          const content: unknown = contentType === 'application/json' ? JSON.parse(text) : text;
          resolve({ status: incoming.statusCode ?? 0, contentType, body: content });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export function json(payload: unknown): Question {
  return { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(payload) };
}

export function layerRequest(label: string, layer: unknown, combine: boolean): Question {
  return json({ action: 'add', combine, label, format: 'yaml', layer: JSON.stringify(layer) });
}

export function layerText(label: string, layer: string): Question {
  return json({ action: 'add', label, format: 'yaml', layer });
}

export function pushRequest(path: string, content: string, extra: Readonly<Record<string, unknown>> = {}): Question {
  const boundary = '0123456789abcdef0123456789abcdef';
  const metadata = JSON.stringify({ action: 'write', files: [{ path, ...extra }] });
  const part = (name: string, body: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name=${name}\r\n\r\n${body}\r\n`;
  return {
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
    body: `${part('"request"', metadata)}${part(`"files"; filename="${path}"`, content)}--${boundary}--\r\n`,
  };
}
