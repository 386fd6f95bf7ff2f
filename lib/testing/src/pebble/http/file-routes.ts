import { posix } from 'node:path';
import { FileSystemError, type ContainerFiles, type FileAttributes } from '../container-files.js';
import { goTime } from '../go-time.js';
import { Refused } from '../refused.js';
import { readParts, writeParts, type Part } from './multipart.js';
import { Payload } from './payload.js';
import { envelope, type ApiRequest, type Reply } from './reply.js';

/** What the routes of files need. */
export interface FileParts {
  readonly files: ContainerFiles;
  readonly users: Readonly<Record<string, number>>;
  readonly journal: (kind: string, detail: string) => void;
}

type Outcome = { readonly path: string; readonly error?: { readonly kind: string; readonly message: string } };

export function getFiles(request: ApiRequest, parts: FileParts): Reply {
  const action = request.query.get('action') ?? '';
  if (action === 'read') return readFiles(request, parts);
  if (action !== 'list') throw new Refused(`invalid action "${action}"`);
  const path = request.query.get('path') ?? '';
  if (path === '') throw new Refused('must specify path');
  if (!posix.isAbsolute(path)) throw new Refused(`path must be absolute, got "${path}"`);
  const itself = request.query.get('itself') ?? '';
  if (!['', 'true', 'false'].includes(itself)) throw new Refused('itself parameter must be "true" or "false"');
  const entry = parts.files.entry(path);
  if (entry === undefined) throw new Refused(`stat ${path}: no such file or directory`, 404, 'not-found');
  const directory = entry.kind === 'directory' && itself !== 'true';
  const pattern = globPattern(request.query.get('pattern') ?? '');
  const full = posix.normalize(path).replace(/(.)\/$/, '$1');
  const paths = directory ? parts.files.names(full).map((name) => posix.join(full, name)) : [full];
  const matching = paths.filter((candidate) => pattern.test(posix.basename(candidate)));
  return { kind: 'sync', result: matching.map((candidate) => fileJson(candidate, parts)) };
}

export function postFiles(request: ApiRequest, parts: FileParts): Reply {
  const contentType = String(request.headers['content-type'] ?? '');
  if (contentType.startsWith('multipart/form-data')) return writeFiles(contentType, request.body, parts);
  if (!contentType.startsWith('application/json')) throw new Refused(`invalid media type "${contentType}"`);
  const payload = Payload.parse(request.body);
  switch (payload.text('action')) {
    case 'make-dirs':
      return each(payload.objects('dirs'), (item, path) => {
        const parents = item.flag('make-parents');
        parts.files.makeDirectory(path, { ...attributes(item, 0o755, parts), parents });
      });
    case 'remove':
      return each(payload.objects('paths'), (item, path) => {
        parts.files.remove(path, { recursive: item.flag('recursive') });
        parts.journal('pebble-file', `remove ${path}`);
      });
    case 'write':
      throw new Refused('must use multipart with "write" action');
  }
  throw new Refused(`invalid action "${payload.text('action')}"`);
}

function readFiles({ query, headers }: ApiRequest, { files }: FileParts): Reply {
  const paths = query.getAll('path');
  if (paths.length === 0) throw new Refused('must specify one or more paths');
  if (headers['accept'] !== 'multipart/form-data') throw new Refused('must accept multipart/form-data');
  const found: Part[] = [];
  const result = paths.map((path) =>
    attempt(path, () => {
      const entry = files.entry(path);
      if (entry === undefined) throw new FileSystemError(`stat ${path}: no such file or directory`, 'not-found');
      if (entry.kind !== 'file') throw new FileSystemError(`can only read a regular file: "${path}"`);
      found.push({ name: 'files', filename: path, content: entry.content });
    }),
  );
  return { kind: 'raw', ...writeParts(found, envelope('sync', 200, { result })) };
}

function writeFiles(contentType: string, body: Buffer, parts: FileParts): Reply {
  const [request, ...contents] = readParts(contentType, body) ?? [];
  if (request === undefined) throw new Refused('cannot read request metadata: multipart: NextPart: EOF');
  if (request.name !== 'request') throw new Refused(`metadata field name must be "request", got "${request.name}"`);
  const payload = Payload.parse(request.content);
  if (payload.text('action') !== 'write') {
    throw new Refused(`multipart action must be "write", got "${payload.text('action')}"`);
  }
  const items = payload.objects('files');
  const stray = contents.find(({ filename }) => !items.some((item) => item.text('path') === filename));
  if (stray !== undefined) throw new Refused(`no metadata for path "${stray.filename}"`);
  return each(items, (item, path) => {
    const content = contents.find(({ filename }) => filename === path)?.content;
    if (content === undefined) throw new FileSystemError(`no file content for path "${path}"`);
    const wanted = attributes(item, 0o644, parts);
    if (item.flag('make-dirs')) {
      parts.files.makeDirectory(posix.dirname(path), { ...wanted, mode: 0o755, parents: true });
    }
    parts.files.writeFile(path, content, wanted);
    parts.journal('pebble-file', `write ${path}`);
  });
}

function each(items: readonly Payload[], act: (item: Payload, path: string) => void): Reply {
  const result = items.map((item) =>
    attempt(item.text('path'), () => {
      act(item, item.text('path'));
    }),
  );
  return { kind: 'sync', result };
}

function attempt(path: string, act: () => void): Outcome {
  try {
    if (!posix.isAbsolute(path)) throw new FileSystemError(`paths must be absolute, got "${path}"`);
    act();
    return { path };
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    return { path, error: { message: error.message, kind: error.kind } };
  }
}

function attributes(item: Payload, mode: number, { users }: FileParts): FileAttributes {
  const permissions = item.text('permissions');
  if (permissions !== '' && !/^[0-7]{3}$/.test(permissions)) {
    throw new FileSystemError(`permissions must be a 3-digit octal string, got "${permissions}"`);
  }
  const userId = item.number('user-id') ?? lookUp(users, 'user', item.text('user'));
  const groupId = item.number('group-id') ?? lookUp(users, 'group', item.text('group')) ?? userId;
  return {
    mode: permissions === '' ? mode : Number.parseInt(permissions, 8),
    ...(userId !== undefined && { userId }),
    ...(groupId !== undefined && { groupId }),
  };
}

function lookUp(users: Readonly<Record<string, number>>, what: string, name: string): number | undefined {
  if (name === '' || Object.hasOwn(users, name)) return users[name];
  throw new FileSystemError(`cannot look up user and group: ${what}: unknown ${what} ${name}`);
}

function fileJson(path: string, { files, users }: FileParts): Readonly<Record<string, unknown>> {
  const entry = files.entry(path);
  if (entry === undefined) return { path };
  const nameOf = (id: number): string => Object.entries(users).find(([, number]) => number === id)?.[0] ?? '';
  return {
    path,
    name: posix.basename(path) || '/',
    type: entry.kind,
    ...(entry.kind === 'file' && { size: entry.content.length }),
    permissions: entry.mode.toString(8).padStart(3, '0'),
    'last-modified': goTime(entry.modified, 'seconds'),
    'user-id': entry.userId,
    user: nameOf(entry.userId),
    'group-id': entry.groupId,
    group: nameOf(entry.groupId),
  };
}

function globPattern(glob: string): RegExp {
  if (glob === '') return /^/;
  const source = glob
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`);
}
