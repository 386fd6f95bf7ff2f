/** A file that `npm run gen` writes and `npm run check:gen` compares; `path` is relative to the repository. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** One kind of generated files. */
export type Generator = () => Promise<readonly GeneratedFile[]>;
