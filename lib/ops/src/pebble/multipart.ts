import { randomBytes } from 'node:crypto';

/** One part of a `multipart/form-data` body. */
export interface Part {
  readonly name: string;
  readonly filename?: string;
  readonly content: Uint8Array | string;
}

/** Writes parts, with a boundary that the content cannot contain but by a chance of 2⁻¹²⁸. Pebble wants 32 characters at least. */
export function writeMultipart(parts: readonly Part[]): { readonly contentType: string; readonly body: Buffer } {
  const boundary = randomBytes(16).toString('hex');
  const chunks = parts.flatMap(({ name, filename, content }) => {
    const file = filename === undefined ? '' : `; filename="${quote(filename)}"`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quote(name)}"${file}\r\n\r\n`;
    return [Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')];
  });
  return {
    contentType: `multipart/form-data; boundary="${boundary}"`,
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

function quote(value: string): string {
  return value.replaceAll(/["\\]/g, '\\$&');
}

/** Reads a body into its parts, bytes untouched; undefined when it is not a complete multipart body. */
export function readMultipart(contentType: string, body: Buffer): ReadonlyMap<string, Buffer> | undefined {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return undefined;
  const parts = new Map<string, Buffer>();
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // A leading line break lets the first delimiter look like all others.
  const text = Buffer.concat([Buffer.from('\r\n'), body]);
  let at = text.indexOf(delimiter);
  while (at !== -1) {
    const start = at + delimiter.length;
    if (text.subarray(start, start + 2).toString() === '--') return parts;
    const end = text.indexOf(delimiter, start);
    const headersEnd = text.indexOf('\r\n\r\n', start);
    if (end === -1 || headersEnd === -1) return undefined;
    const name = /[; ]name="([^"]*)"/i.exec(text.subarray(start, headersEnd).toString())?.[1];
    if (name !== undefined) parts.set(name, text.subarray(headersEnd + 4, end));
    at = end;
  }
  return undefined;
}
