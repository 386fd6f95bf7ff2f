import type { KubeConfig } from '@kubernetes/client-node';

/**
 * Imports `KubeConfig` without a word on standard error. client-node 1.4 pulls in node-fetch 2 and with it the `punycode` module of Node,
 * which prints DEP0040 from Node 21 on when the code is bundled: a line in `juju debug-log` at every hook. Node emits the warning while the
 * module is evaluated, so it is muted for just that time, whatever bundler a charm uses. (A bundle that maps `node-fetch` to Node's own fetch needs
 * no muting and is half the size; this stays harmless there.)
 */
export const loadKubeConfig = async (): Promise<KubeConfig> => {
  const before = process.noDeprecation;
  process.noDeprecation = true;
  try {
    const clientNode = await import('@kubernetes/client-node');
    return new clientNode.KubeConfig();
  } finally {
    if (before === undefined) delete process.noDeprecation;
    else process.noDeprecation = before;
  }
};
