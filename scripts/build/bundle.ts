import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** A bundle and the files that went into it. */
export interface Bundle {
  readonly code: Uint8Array;
  /** Paths relative to the repository. */
  readonly inputs: readonly string[];
}

const kubernetesModule = '@charm-ts/ops/kubernetes';
/** Name of the second bundle, beside the charm's own. */
export const kubernetesFile = 'k8s.cjs';

/**
 * The Kubernetes client is a bundle of its own, loaded when a hook first needs it: V8 would have to parse its two
 * megabytes at the start of every hook, even behind a dynamic import in the same file.
 */
const kubernetesApart: Plugin = {
  name: 'the Kubernetes client apart',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^@charm-ts\/ops\/kubernetes$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: `./${kubernetesFile}`, external: true },
    );
  },
};

/** The one class of client-node that is used; its index would bring the types of every kind of object, three megabytes. */
const configurationOnly = `export { KubeConfig } from '@kubernetes/client-node/dist/config.js';`;

/** Node has had these since version 18; the package brings a Unicode table of 260 KB and a deprecated module along. */
const fetchOfNode = `
const { fetch, Headers, Request, Response, FormData } = globalThis;
export default fetch;
export { fetch, Headers, Request, Response, FormData };
`;

const smallKubernetesClient: Plugin = {
  name: 'a small Kubernetes client',
  setup: (bundler) => {
    const replace = (filter: RegExp, contents: string): void => {
      bundler.onResolve({ filter }, ({ path, resolveDir }) => ({
        path,
        namespace: 'replaced',
        pluginData: resolveDir,
      }));
      bundler.onLoad({ filter, namespace: 'replaced' }, ({ pluginData }: { readonly pluginData: unknown }) => ({
        contents,
        resolveDir: String(pluginData),
      }));
    };
    replace(/^@kubernetes\/client-node$/, configurationOnly);
    replace(/^node-fetch$/, fetchOfNode);
  },
};

const bundle = async (root: string, entry: string, minify: boolean): Promise<Bundle> => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    minify,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    conditions: ['@charm-ts/source'],
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [kubernetesApart, smallKubernetesClient],
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of ${entry}`);
  return { code: output.contents, inputs: Object.keys(metafile.inputs) };
};

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** The charm's own code, readable: a stack trace in the unit's log shows real names. */
export const bundleCharm = async (root: string, charmFolder: string): Promise<Bundle> => {
  const entry = (await isFile(join(charmFolder, 'src', 'main.ts'))) ? 'main.ts' : 'charm.ts';
  return bundle(root, join(charmFolder, 'src', entry), false);
};

export const bundleKubernetesClient = (root: string): Promise<Bundle> => bundle(root, kubernetesModule, true);
