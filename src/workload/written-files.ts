import { parseRecord } from '../json.js';

/** Which files the charm has written into the container, and for which settings. */
export interface WrittenFiles {
  readonly digest: string;
  readonly paths: readonly string[];
}

/** It lies in the container itself, so it is gone exactly when the files are. */
export const writtenFilesPath = '/gluetun/.charm-files.json';

const nothing: WrittenFiles = { digest: '', paths: [] };

/** Reads the record; an unreadable one counts as nothing written, so that everything is written again. */
export const parseWrittenFiles = (text: string | undefined): WrittenFiles => {
  const { digest, paths } = parseRecord(text ?? '') ?? {};
  if (typeof digest !== 'string' || !Array.isArray(paths)) return nothing;
  return { digest, paths: paths.filter((path) => typeof path === 'string') };
};
