import { type PodNetwork, PodNetworkError } from '@charm-ts/ops';
import { parseRecord } from '../json.js';

const controlPort = 8000;
const healthPort = 9999;
const patience = 1_000;
const longestReason = 100;

const textOf = (body: string, key: string): string | undefined => {
  const text = parseRecord(body)?.[key];
  return typeof text === 'string' && /^[\p{L}\p{N} .,'()_+-]{1,60}$/u.test(text) ? text : undefined;
};

/** What Gluetun's servers on the pod's loopback add to what the charm sees itself. Nothing depends on their answers. */
export class GluetunServers {
  readonly #network: PodNetwork;

  constructor(network: PodNetwork) {
    this.#network = network;
  }

  /** Version of the program, e.g. `v3.41.1`. */
  async version(): Promise<string | undefined> {
    const answer = await this.#get(controlPort, '/v1/version');
    return answer?.status === 200 ? textOf(answer.body, 'version') : undefined;
  }

  /** Country of the public address. */
  async country(): Promise<string | undefined> {
    const answer = await this.#get(controlPort, '/v1/publicip/ip');
    return answer?.status === 200 ? textOf(answer.body, 'country') : undefined;
  }

  /** Why Gluetun itself calls the tunnel unhealthy, one line of it. */
  async complaint(): Promise<string | undefined> {
    const answer = await this.#get(healthPort, '/');
    if (answer === undefined || answer.status === 200) return undefined;
    const [line = ''] = answer.body.trim().split('\n');
    const printable = line
      .replace(/[^\x20-\x7e]/g, '')
      // The first line may only announce those that follow.
      .replace(/[\s:]+$/, '')
      .trim();
    if (printable === '' || printable.includes('did not run yet')) return undefined;
    return printable.length > longestReason ? `${printable.slice(0, longestReason)}…` : printable;
  }

  async #get(port: number, path: string) {
    try {
      return await this.#network.httpGet(port, path, patience);
    } catch (error) {
      if (error instanceof PodNetworkError) return undefined;
      throw error;
    }
  }
}
