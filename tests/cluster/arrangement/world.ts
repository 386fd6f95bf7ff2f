import { applyObjects, deleteNamespaces, inContainer } from './kubectl.js';
import { userland } from './images.js';
import { until } from './until.js';

const namespace = 'gluetun-cluster-test-world';

/** Addresses outside the cluster, from a documentation range: a page that shows who asks, and a WireGuard server. */
export const web = '198.51.100.130';
export const vpnServer = { address: '198.51.100.140', port: 51_820 };
/** The client's address in the tunnel: what the page shows for requests that came through it. */
export const tunnelAddress = '10.2.0.2';
/** A name that only the resolver behind the tunnel knows. */
export const webName = 'web.example.org';

const nodeSide = '198.51.100.129/25';

const worldPod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'world', namespace },
  spec: {
    hostNetwork: true,
    terminationGracePeriodSeconds: 5,
    containers: [
      {
        name: 'world',
        image: userland,
        imagePullPolicy: 'Never',
        command: ['/opt/world', web, vpnServer.address, nodeSide],
        securityContext: { privileged: true },
      },
    ],
  },
};

/** What is outside the cluster: the script `world` of the image, behind the node, with a meter. */
export class World {
  async start(): Promise<void> {
    await applyObjects({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, worldPod);
    const state = await until(
      () => this.#run('sh', '-c', 'test -e /run/world/ready && echo ready'),
      (answer) => answer === 'ready',
    );
    if (state !== 'ready') throw new Error('the world outside the cluster does not start');
  }

  /** Keys of the WireGuard server's one client. */
  async keys(): Promise<{ readonly client: string; readonly server: string }> {
    return {
      client: await this.#run('cat', '/run/world/client.key'),
      server: await this.#run('cat', '/run/world/server.pub'),
    };
  }

  async reset(): Promise<void> {
    await this.#run('ip', 'netns', 'exec', 'world', 'nft', 'reset', 'counters');
  }

  /** Packets from the cluster since the last reset: inside the tunnel and beside it. */
  async metered(): Promise<{ readonly tunnel: number; readonly beside: number }> {
    const text = await this.#run('ip', 'netns', 'exec', 'world', 'nft', '-j', 'list', 'counters');
    const { nftables } = JSON.parse(text) as { nftables: { counter?: { name: string; packets: number } }[] };
    const packets = (name: string) => nftables.find(({ counter }) => counter?.name === name)?.counter?.packets ?? -1;
    return { tunnel: packets('tunnel'), beside: packets('beside') };
  }

  async remove(): Promise<void> {
    await deleteNamespaces(namespace);
  }

  #run(...command: readonly string[]): Promise<string> {
    return inContainer(namespace, 'world', 'world', ...command);
  }
}
