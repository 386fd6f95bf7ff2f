import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretContentError } from '../errors/programming-errors.js';

/** Juju's own rule for the keys of a secret. */
const keyRule = /^[a-z](?:-?[a-z0-9]){2,}$/;

/**
 * Runs a tool with `key#file=path` arguments. Values go through files that only this user can read and that are gone afterwards:
 * everybody on the machine can read a command line. Throws {@link SecretContentError} for what Juju would refuse.
 */
export const withSecretFiles = async <T>(
  content: Readonly<Record<string, string>>,
  run: (args: readonly string[]) => Promise<T>,
): Promise<T> => {
  const entries = Object.entries(content);
  if (entries.length === 0) throw new SecretContentError('a secret needs a key at least');
  for (const [key] of entries) {
    if (!keyRule.test(key)) {
      throw new SecretContentError(`"${key}" is no key: three lower-case letters, digits or hyphens at least`);
    }
  }
  const folder = await mkdtemp(join(tmpdir(), 'secret-'));
  try {
    const write = async ([key, value]: readonly [string, string]): Promise<string> => {
      const path = join(folder, key);
      await writeFile(path, value, { mode: 0o600 });
      return `${key}#file=${path}`;
    };
    return await run(await Promise.all(entries.map(write)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
