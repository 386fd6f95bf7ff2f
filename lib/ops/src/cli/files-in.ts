import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Paths of the files below a folder, relative to it, with `/`, in order. */
export const filesIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
    .sort();
};
