import { createHash } from 'node:crypto';
import { transformSync, version } from 'esbuild';

const options = { loader: 'ts', format: 'esm', target: 'node20', sourcemap: 'inline' };

export default {
  getCacheKey: (source, path) =>
    createHash('sha256')
      .update([version, JSON.stringify(options), path, source].join('\0'))
      .digest('hex'),
  process: (source, path) => transformSync(source, { ...options, sourcefile: path }),
};
