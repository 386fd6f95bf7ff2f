import { PebbleConnectionError, type CharmMetadata, type ContainerName } from '@charm-ts/ops';
import type { ContainerSeam, UnitSeam } from '../charm/charm-seam.js';

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

  /** True when services are active and none that should be is not. Where Pebble does not answer nothing is known to run. */
  async isRunning(): Promise<boolean> {
    const services = (await Promise.all(this.#containers.map(servicesOf))).flat();
    return services.some(isActive) && services.every((service) => service.startup !== 'enabled' || isActive(service));
  }

  /** Stops every service. A Pebble that does not answer is gone, and its services with it. */
  async stopAll(): Promise<void> {
    for (const container of this.#containers) {
      const names = (await servicesOf(container)).filter(isActive).map(({ name }) => name);
      if (names.length > 0) await container.stop(...names);
    }
  }
}

function isActive(service: { readonly current: string }): boolean {
  return service.current !== 'inactive';
}

async function servicesOf(container: ContainerSeam) {
  try {
    return await container.services();
  } catch (error) {
    if (error instanceof PebbleConnectionError) return [];
    throw error;
  }
}

function containerNames<M extends CharmMetadata>(meta: M): ContainerName<M>[] {
  return Object.keys(meta.containers);
}
