import { randomBytes } from 'node:crypto';

/** One part of a `multipart/form-data` body. */
export interface Part {
  readonly name: string;
  readonly filename: string;
  readonly content: Buffer;
}

/** The parts of a body, in order; undefined when it is cut off or no multipart. */
export function readParts(contentType: string, body: Buffer): readonly Part[] | undefined {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return undefined;
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const text = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts: Part[] = [];
  for (let at = text.indexOf(delimiter); at !== -1;) {
    const start = at + delimiter.length;
    if (text.toString('latin1', start, start + 2) === '--') return parts;
    const headersEnd = text.indexOf('\r\n\r\n', start);
    at = text.indexOf(delimiter, start);
    if (headersEnd === -1 || at === -1) return undefined;
    const headers = text.toString('utf8', start, headersEnd);
    parts.push({
      name: parameter(headers, 'name'),
      filename: parameter(headers, 'filename'),
      content: text.subarray(headersEnd + 4, at),
    });
  }
  return undefined;
}

/** A quoted string of a header, its backslash escapes undone. */
function parameter(headers: string, name: string): string {
  const quoted = new RegExp(`[; ]${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(headers)?.[1] ?? '';
  return quoted.replaceAll(/\\(.)/g, '$1');
}

/** Pebble's answer to reading files: their contents, then what became of each. */
export function writeParts(
  files: readonly Part[],
  response: string,
): { readonly contentType: string; readonly body: Buffer } {
  const boundary = randomBytes(30).toString('hex');
  const chunks = files.flatMap(({ name, filename, content }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${filename.replaceAll(/["\\]/g, '\\$&')}"\r\n` +
        'Content-Type: application/octet-stream\r\n\r\n',
    ),
    content,
    Buffer.from('\r\n'),
  ]);
  const last =
    `--${boundary}\r\nContent-Disposition: form-data; name="response"\r\nContent-Type: application/json\r\n\r\n` +
    `${response}\n\r\n--${boundary}--\r\n`;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...chunks, Buffer.from(last)]),
  };
}
