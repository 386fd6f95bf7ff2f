import { Container, PebbleClient } from '@charm-ts/ops';
import type { PebbleUnderTest, StartPebble } from './pebble-under-test.js';
import { RequestLog } from './request-log.js';

interface Running {
  readonly pebble: PebbleUnderTest;
  readonly log: RequestLog;
  readonly container: Container;
}

/** A fresh Pebble for each test, a container on it, and what was asked in between. */
export class ContainerFixture {
  readonly #start: StartPebble;
  #running: Running | undefined;

  constructor(start: StartPebble) {
    this.#start = start;
  }

  get pebble(): PebbleUnderTest {
    return this.#present().pebble;
  }

  get container(): Container {
    return this.#present().container;
  }

  async setUp(): Promise<void> {
    const pebble = await this.#start();
    const log = new RequestLog(pebble.socketPath);
    await log.start();
    const container = new Container('workload', new PebbleClient({ socketPath: log.socketPath }));
    this.#running = { pebble, log, container };
  }

  async tearDown(): Promise<void> {
    const { pebble, log } = this.#present();
    this.#running = undefined;
    await log.stop();
    await pebble.stop();
  }

  /** Requests that may change something, since the last look. */
  writes(): readonly string[] {
    return this.#present()
      .log.take()
      .filter((line) => !line.startsWith('GET '));
  }

  /** Looks away from what was asked so far. */
  forget(): void {
    this.#present().log.take();
  }

  async current(service: string): Promise<string | undefined> {
    return (await this.container.services()).find((info) => info.name === service)?.current;
  }

  #present(): Running {
    if (this.#running === undefined) throw new Error('there is no Pebble outside a test');
    return this.#running;
  }
}
