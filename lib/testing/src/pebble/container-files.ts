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

/** Files that outlive the containers that mount them, by their path in the volume. */
export type Volume = Map<string, FileEntry>;

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

/** The files of a container, in memory: its own and those of the volumes that it mounts. Paths are absolute. */
export class ContainerFiles {
  readonly #now: () => Date;
  readonly #volumes: ReadonlyMap<string, Volume>;
  #own: Volume = new Map();

  /** `volumes` by the path where they are mounted, none inside another. */
  constructor(now: () => Date, volumes: ReadonlyMap<string, Volume> = new Map()) {
    this.#now = now;
    this.#volumes = volumes;
    this.reset({});
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
    const [files, inside] = this.#locate(posix.resolve('/', path));
    return files.get(inside);
  }

  /** All paths in order, directories included. */
  paths(): readonly string[] {
    const mounted = [...this.#volumes].flatMap(([mount, files]) =>
      [...files.keys()].map((inside) => (inside === '/' ? mount : mount + inside)),
    );
    return [...this.#own.keys(), ...mounted].sort();
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
    const parent = this.entry(posix.dirname(full));
    if (parent === undefined) throw new FileSystemError(`open ${path}: no such file or directory`, 'not-found');
    if (parent.kind !== 'directory') throw new FileSystemError(`open ${path}: not a directory`);
    if (this.entry(full)?.kind === 'directory') throw new FileSystemError(`rename ${path}: file exists`);
    this.#put(full, { kind: 'file', content: Buffer.from(content), mode: 0o644, ...attributes });
  }

  makeDirectory(
    path: string,
    { parents = false, ...attributes }: FileAttributes & { readonly parents?: boolean } = {},
  ): void {
    const full = posix.resolve('/', path);
    const present = this.entry(full);
    if (present !== undefined) {
      if (parents && present.kind === 'directory') return;
      throw new FileSystemError(`mkdir ${path}: ${parents ? 'not a directory' : 'file exists'}`);
    }
    const parent = posix.dirname(full);
    if (this.entry(parent) === undefined) {
      if (!parents) throw new FileSystemError(`mkdir ${path}.mkdir-new: no such file or directory`, 'not-found');
      this.makeDirectory(parent, { parents, ...attributes });
    }
    this.#put(full, { kind: 'directory', content: Buffer.alloc(0), mode: 0o755, ...attributes });
  }

  remove(path: string, { recursive = false }: { readonly recursive?: boolean } = {}): void {
    const full = posix.resolve('/', path);
    const below = this.paths().filter((other) => other.startsWith(full === '/' ? full : `${full}/`));
    if (!recursive) {
      if (this.entry(full) === undefined)
        throw new FileSystemError(`remove ${path}: no such file or directory`, 'not-found');
      if (below.length > 0) throw new FileSystemError(`remove ${path}: directory not empty`);
    }
    for (const gone of [full, ...below]) {
      const [files, inside] = this.#locate(gone);
      files.delete(inside);
    }
  }

  /** Back to the image, but for what lies in volumes. */
  reset(image: Readonly<Record<string, string>>): void {
    this.#own = new Map();
    this.#put('/', { kind: 'directory', content: Buffer.alloc(0), mode: 0o755 });
    this.makeDirectory('/tmp', { mode: 0o777 });
    for (const mount of this.#volumes.keys()) {
      this.makeDirectory(posix.dirname(mount), { parents: true });
      this.makeDirectory(mount, { parents: true });
    }
    // What an image has below a mounted volume cannot be seen.
    for (const [path, content] of Object.entries(image)) {
      if (this.#locate(posix.resolve('/', path))[0] === this.#own) this.write(path, content);
    }
  }

  /** Whose a path is, and what it is called there. */
  #locate(full: string): readonly [Volume, string] {
    for (const [mount, files] of this.#volumes) {
      if (full === mount || full.startsWith(`${mount}/`)) return [files, full.slice(mount.length) || '/'];
    }
    return [this.#own, full];
  }

  #put(path: string, entry: Pick<FileEntry, 'kind' | 'content' | 'mode'> & FileAttributes): void {
    const [files, inside] = this.#locate(path);
    files.set(inside, { userId: 0, groupId: 0, modified: this.#now(), ...entry });
  }
}
