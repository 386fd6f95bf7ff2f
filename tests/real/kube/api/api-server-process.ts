import type { RealApiServer } from './real-api-server.js';

/** Ends and starts the API server itself; tests/real/kube/server/with does it on a signal. */
export class ApiServerProcess {
  readonly #api: RealApiServer;

  constructor(api: RealApiServer) {
    this.#api = api;
  }

  /** As in a crash: connections are cut, nothing listens any more. */
  async crash(): Promise<void> {
    this.#signal('SIGUSR1');
    await this.#until(false);
  }

  async start(): Promise<void> {
    this.#signal('SIGUSR2');
    await this.#until(true);
  }

  #signal(signal: NodeJS.Signals): void {
    process.kill(Number(process.env['KUBE_SUPERVISOR']), signal);
  }

  async #until(expected: boolean): Promise<void> {
    const deadline = Date.now() + 60_000;
    while ((await this.#isReady()) !== expected) {
      if (Date.now() > deadline) throw new Error(`the API server is not ${expected ? 'ready' : 'gone'}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  #isReady(): Promise<boolean> {
    return this.#api.send({ verb: 'GET', path: '/readyz', user: 'juju' }).then(
      ({ status }) => status === 200,
      () => false,
    );
  }
}
