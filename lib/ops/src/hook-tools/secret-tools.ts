import type { HookToolSession } from './hook-tool-session.js';
import { expectStrings } from './json-shape.js';

/** Content of a secret: the tracked revision, or with `refresh` the latest one, which is tracked from then on. */
export const readSecret = async (
  tools: HookToolSession,
  id: string,
  refresh: boolean,
): Promise<Readonly<Record<string, string>>> =>
  expectStrings('secret-get', await tools.json('secret-get', ['--format=json', id, ...(refresh ? ['--refresh'] : [])]));
