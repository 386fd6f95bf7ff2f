import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `kubectl` against the cluster of KUBECONFIG; never rejects for an exit code. */
export function kubectl(args: readonly string[], input?: string): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = execFile('kubectl', args, { timeout: 60_000 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ exitCode, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

/** Like {@link kubectl}, for what prepares a test: throws unless it succeeds. */
export async function kubectlDone(args: readonly string[], input?: string): Promise<string> {
  const { exitCode, stdout, stderr } = await kubectl(args, input);
  if (exitCode !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Creates or updates objects, waiting for nothing. */
export async function applyObjects(...items: readonly object[]): Promise<void> {
  await kubectlDone(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
}

/** A command in a container; its output, or the empty string when it fails. */
export async function inContainer(
  namespace: string,
  pod: string,
  container: string,
  ...command: readonly string[]
): Promise<string> {
  const { exitCode, stdout } = await kubectl(['-n', namespace, 'exec', pod, '-c', container, '--', ...command]);
  return exitCode === 0 ? stdout.trim() : '';
}

/** Deletes namespaces with everything in them, and waits until they are gone. */
export async function deleteNamespaces(...names: readonly string[]): Promise<void> {
  await kubectlDone(['delete', 'namespace', ...names, '--ignore-not-found', '--wait', '--timeout=120s']);
}

/** Runs a line of a page as an operator types it: the first of its kind after `$ `, with its placeholders filled. Throws unless it succeeds. */
export function typedFrom(page: string, start: string, values: Readonly<Record<string, string>>): Promise<string> {
  const line = readFileSync(page, 'utf8')
    .split('\n')
    .map((text) => text.replace(/^\$ /, ''))
    .find((text) => text.startsWith(start));
  if (line === undefined) throw new Error(`${page} has no line that begins with ${start}`);
  const command = line.replaceAll(/<(\w+)>/g, (placeholder, name: string) => values[name] ?? placeholder);
  return new Promise((resolve, reject) => {
    execFile('bash', ['-c', command], { timeout: 60_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${command}: ${stderr}`));
    });
  });
}
