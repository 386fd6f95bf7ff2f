const command = /^sh -c 'test "([^"']*)" = "([^"']*)"'$/;
const firstLine = /\$\(head -n 1 (\S+) 2>\/dev\/null\)/g;

/**
 * Runs the one shell command that a simulation can run for real: `sh -c 'test "…" = "…"'` with `$(head -n 1 FILE 2>/dev/null)`
 * on the left. Undefined for everything else.
 */
export function compareFiles(
  words: string,
  read: (path: string) => string | undefined,
): { readonly equal: boolean; readonly found: string } | undefined {
  const [, left, right] = command.exec(words) ?? [];
  if (left === undefined || right === undefined) return undefined;
  const found = left.replace(firstLine, (_all, path: string) => (read(path) ?? '').split('\n')[0] ?? '');
  return { equal: found === right, found };
}
