import { type CharmMetadata, type ContainerName, PebbleError, type ServiceInfo } from '@charm-ts/ops';
import type { ContainerSeam, UnitSeam } from '../charm/charm-seam.js';
import { endWorkload } from './end-workload.js';

/** The charm's workload containers together. */
export class Workload<M extends CharmMetadata> {
  readonly #containers: readonly ContainerSeam[];

  constructor(meta: M, unit: UnitSeam<M>) {
    this.#containers = containerNames(meta).map((name) => unit.container(name));
  }

  /** The container that carries the check. */
  get first(): ContainerSeam | undefined {
    return this.#containers[0];
  }

  /** The first container whose Pebble does not answer. */
  async unreachable(): Promise<ContainerSeam | undefined> {
    const answers = await Promise.all(this.#containers.map((container) => container.canConnect()));
    return this.#containers.find((_, index) => answers[index] !== true);
  }

  /**
   * True when services are active and none that should be is not. Where Pebble does not answer nothing is known to run, which is enough to
   * look closer, never to take protection away.
   */
  async isRunning(): Promise<boolean> {
    const services = (await Promise.all(this.#containers.map(knownServices))).flat();
    return services.some(isActive) && services.every((service) => service.startup !== 'enabled' || isActive(service));
  }

  /**
   * Stops every service, also one that looks inactive: Pebble shows it so from the first signal on. A Pebble that is not there has taken its
   * services along.
   *
   * @throws MayStillRunError
   */
  async stopAll(): Promise<void> {
    for (const container of this.#containers) {
      await endWorkload(async () => {
        const names = (await container.services()).map(({ name }) => name);
        if (names.length > 0) await container.stop(...names);
      });
    }
  }
}

function isActive(service: ServiceInfo): boolean {
  return service.current !== 'inactive';
}

async function knownServices(container: ContainerSeam): Promise<readonly ServiceInfo[]> {
  try {
    return await container.services();
  } catch (error) {
    if (error instanceof PebbleError) return [];
    throw error;
  }
}

function containerNames<M extends CharmMetadata>(meta: M): ContainerName<M>[] {
  return Object.keys(meta.containers);
}
