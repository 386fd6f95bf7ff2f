import { posix } from 'node:path';

/** Something in a container's file system. */
export interface FileEntry {
  readonly kind: 'file' | 'directory';
  readonly content: Buffer;
  readonly mode: number;
  readonly userId: number;
  readonly groupId: number;
  readonly modified: Date;
}

/** Attributes of what is written. */
export interface FileAttributes {
  readonly mode?: number;
  readonly userId?: number;
  readonly groupId?: number;
}

/** An error of the file system, in the words and with the kind that Pebble reports. */
export class FileSystemError extends Error {
  override readonly name = 'FileSystemError';
  readonly kind: 'not-found' | 'permission-denied' | 'generic-file-error';

  constructor(message: string, kind: FileSystemError['kind'] = 'generic-file-error') {
    super(message);
    this.kind = kind;
  }
}

/** The files of a container, in memory. Paths are absolute. */
export class ContainerFiles {
  readonly #now: () => Date;
  #entries = new Map<string, FileEntry>();

  constructor(now: () => Date) {
    this.#now = now;
    this.reset({}, []);
  }

  /** The text of a file, undefined when there is none. */
  read(path: string): string | undefined {
    return this.readBytes(path)?.toString('utf8');
  }

  readBytes(path: string): Buffer | undefined {
    const entry = this.entry(path);
    return entry?.kind === 'file' ? entry.content : undefined;
  }

  /** What is at a path. */
  entry(path: string): FileEntry | undefined {
    return this.#entries.get(posix.resolve('/', path));
  }

  /** All paths in order, directories included. */
  paths(): readonly string[] {
    return [...this.#entries.keys()].sort();
  }

  /** Names in a directory, in order. */
  names(directory: string): readonly string[] {
    const parent = posix.resolve('/', directory);
    return this.paths()
      .filter((path) => path !== '/' && posix.dirname(path) === parent)
      .map((path) => posix.basename(path));
  }

  /** Writes a file as a program in the container would, with its parents. */
  write(path: string, content: string | Uint8Array, attributes: FileAttributes = {}): void {
    this.makeDirectory(posix.dirname(posix.resolve('/', path)), { parents: true });
    this.writeFile(path, content, attributes);
  }

  /** Writes a file into a directory that must exist. */
  writeFile(path: string, content: string | Uint8Array, attributes: FileAttributes = {}): void {
    const full = posix.resolve('/', path);
    const parent = this.#entries.get(posix.dirname(full));
    if (parent === undefined) throw new FileSystemError(`open ${path}: no such file or directory`, 'not-found');
    if (parent.kind !== 'directory') throw new FileSystemError(`open ${path}: not a directory`);
    if (this.#entries.get(full)?.kind === 'directory') throw new FileSystemError(`rename ${path}: file exists`);
    this.#put(full, { kind: 'file', content: Buffer.from(content), mode: 0o644, ...attributes });
  }

  makeDirectory(
    path: string,
    { parents = false, ...attributes }: FileAttributes & { readonly parents?: boolean } = {},
  ): void {
    const full = posix.resolve('/', path);
    const present = this.#entries.get(full);
    if (present !== undefined) {
      if (parents && present.kind === 'directory') return;
      throw new FileSystemError(`mkdir ${path}: ${parents ? 'not a directory' : 'file exists'}`);
    }
    const parent = posix.dirname(full);
    if (!this.#entries.has(parent)) {
      if (!parents) throw new FileSystemError(`mkdir ${path}.mkdir-new: no such file or directory`, 'not-found');
      this.makeDirectory(parent, { parents, ...attributes });
    }
    this.#put(full, { kind: 'directory', content: Buffer.alloc(0), mode: 0o755, ...attributes });
  }

  remove(path: string, { recursive = false }: { readonly recursive?: boolean } = {}): void {
    const full = posix.resolve('/', path);
    const below = this.paths().filter((other) => other.startsWith(full === '/' ? full : `${full}/`));
    if (!recursive) {
      if (!this.#entries.has(full)) throw new FileSystemError(`remove ${path}: no such file or directory`, 'not-found');
      if (below.length > 0) throw new FileSystemError(`remove ${path}: directory not empty`);
    }
    for (const gone of [full, ...below]) this.#entries.delete(gone);
  }

  /** Back to the image, but for what lies in volumes. */
  reset(image: Readonly<Record<string, string>>, volumes: readonly string[]): void {
    const kept = [...this.#entries].filter(([path]) =>
      volumes.some((volume) => path === volume || path.startsWith(`${volume}/`)),
    );
    this.#entries = new Map();
    this.#put('/', { kind: 'directory', content: Buffer.alloc(0), mode: 0o755 });
    this.makeDirectory('/tmp', { mode: 0o777 });
    for (const [path, content] of Object.entries(image)) this.write(path, content);
    for (const volume of volumes) this.makeDirectory(volume, { parents: true });
    for (const [path, entry] of kept) this.#entries.set(path, entry);
  }

  #put(path: string, entry: Pick<FileEntry, 'kind' | 'content' | 'mode'> & FileAttributes): void {
    this.#entries.set(path, { userId: 0, groupId: 0, modified: this.#now(), ...entry });
  }
}
