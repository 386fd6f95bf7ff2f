/** Which files the charm has written into the container, and for which settings. */
export interface WrittenFiles {
  readonly digest: string;
  readonly paths: readonly string[];
}

/** It lies in the container itself, so it is gone exactly when the files are. */
export const writtenFilesPath = '/gluetun/.charm-files.json';

const nothing: WrittenFiles = { digest: '', paths: [] };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads the record; an unreadable one counts as nothing written, so that everything is written again. */
export const parseWrittenFiles = (text: string | undefined): WrittenFiles => {
  if (text === undefined) return nothing;
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || typeof value['digest'] !== 'string' || !Array.isArray(value['paths'])) return nothing;
    return { digest: value['digest'], paths: value['paths'].filter((path) => typeof path === 'string') };
  } catch {
    return nothing;
  }
};
