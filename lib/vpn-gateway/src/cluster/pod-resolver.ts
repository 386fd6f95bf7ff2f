import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { isDnsName } from '../contract/name-format.js';

/** What the kubelet wrote into the pod's `resolv.conf`. */
export interface PodResolver {
  /** Addresses of name servers. */
  readonly servers: readonly string[];
  /** The domain after `svc.` in the search list. */
  readonly domain: string | undefined;
}

/** Reads the charm's container's file below `root`. A file that is missing says nothing. */
export async function readPodResolver(root: string): Promise<PodResolver> {
  const text = await readFile(`${root}/etc/resolv.conf`, 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/));
  const values = (key: string): string[] => lines.flatMap(([first, ...rest]) => (first === key ? rest : []));
  const domain = values('search')
    .find((name) => name.startsWith('svc.'))
    ?.slice('svc.'.length)
    .replace(/\.$/, '');
  return {
    servers: values('nameserver').filter((server) => isIP(server) !== 0),
    domain: domain !== undefined && isDnsName(domain) ? domain : undefined,
  };
}
