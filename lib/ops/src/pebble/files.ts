import { fields, isFields, readFile, text } from './answers.js';
import type { FileInfo, ListOptions, MakeDirOptions, Ownership, PushOptions, RemoveOptions } from './info.js';
import { readMultipart, writeMultipart } from './multipart.js';
import { PebbleApiError, PebbleConnectionError, PebblePathError } from './pebble-errors.js';
import { envelope, type PebbleTransport } from './pebble-transport.js';

/** The file system of a container, seen by Pebble. Paths are absolute. Operations that fail throw {@link PebblePathError}. */
export class PebbleFiles {
  readonly #transport: PebbleTransport;

  constructor(transport: PebbleTransport) {
    this.#transport = transport;
  }

  /** Entries of a directory by name, or the file itself; undefined when there is no such path. */
  async list(path: string, { pattern, itself }: ListOptions = {}): Promise<readonly FileInfo[] | undefined> {
    try {
      const query = { action: 'list', path, pattern, itself: itself === true ? 'true' : undefined };
      const answer = await this.#transport.get('/v1/files', query);
      return Array.isArray(answer) ? answer.map(readFile) : [];
    } catch (error) {
      if (!(error instanceof PebbleApiError)) throw error;
      if (error.kind === 'not-found') return undefined;
      throw new PebblePathError(error.message, path, error.kind ?? 'generic-file-error');
    }
  }

  /** What is at a path, the directory itself included; undefined when nothing is. */
  async describe(path: string): Promise<FileInfo | undefined> {
    return (await this.list(path, { itself: true }))?.[0];
  }

  /** The content of a regular file, undefined when there is none. */
  async pull(path: string): Promise<Uint8Array | undefined> {
    const { contentType, body } = await this.#transport.send({
      method: 'GET',
      path: `/v1/files?action=read&path=${encodeURIComponent(path)}`,
      headers: { Accept: 'multipart/form-data' },
    });
    const parts = readMultipart(contentType, body);
    const response = parts?.get('response');
    if (response === undefined) throw new PebbleConnectionError(`Pebble's answer to reading ${path} was cut off`);
    const failure = failureIn(envelope(response)['result'], path);
    if (failure?.kind === 'not-found') return undefined;
    if (failure !== undefined) throw failure;
    return parts?.get('files') ?? new Uint8Array();
  }

  async push(path: string, content: string | Uint8Array, options: PushOptions = {}): Promise<void> {
    const file = {
      path,
      'make-dirs': options.makeDirs,
      permissions: octal(options.permissions),
      ...ownership(options),
    };
    const { contentType, body } = writeMultipart([
      { name: 'request', content: JSON.stringify({ action: 'write', files: [file] }) },
      { name: 'files', filename: path, content },
    ]);
    const headers = { 'Content-Type': contentType };
    const answer = await this.#transport.send({ method: 'POST', path: '/v1/files', headers, body });
    throwFailure(envelope(answer.body)['result'], path);
  }

  async makeDir(path: string, options: MakeDirOptions = {}): Promise<void> {
    const directory = {
      path,
      'make-parents': options.makeParents,
      permissions: octal(options.permissions),
      ...ownership(options),
    };
    throwFailure(await this.#transport.post('/v1/files', { action: 'make-dirs', dirs: [directory] }), path);
  }

  async remove(path: string, { recursive = false }: RemoveOptions = {}): Promise<void> {
    throwFailure(await this.#transport.post('/v1/files', { action: 'remove', paths: [{ path, recursive }] }), path);
  }
}

function octal(permissions: number | undefined): string | undefined {
  return permissions?.toString(8).padStart(3, '0');
}

function ownership({ userId, user, groupId, group }: Ownership): Readonly<Record<string, string | number | undefined>> {
  return { 'user-id': userId, user, 'group-id': groupId, group };
}

function throwFailure(result: unknown, path: string): void {
  const failure = failureIn(result, path);
  if (failure !== undefined) throw failure;
}

function failureIn(result: unknown, path: string): PebblePathError | undefined {
  const [first] = Array.isArray(result) ? (result as readonly unknown[]) : [];
  const error = fields(first)['error'];
  return isFields(error) ? new PebblePathError(text(error['message']), path, text(error['kind'])) : undefined;
}
