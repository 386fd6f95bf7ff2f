import { UnknownNameError } from '../errors/programming-errors.js';
import type { DispatchSession } from '../framework/dispatch-session.js';
import { trackedContainer } from '../framework/tracked-container.js';
import { addSecret, type SecretDetails } from '../hook-tools/secret-tools.js';
import { closePort, openPort, readOpenedPorts, writeWorkloadVersion } from '../hook-tools/unit-tools.js';
import type { CharmMetadata, ContainerName } from '../metadata/charm-metadata.js';
import { Container } from '../pebble/container.js';
import { PebbleClient } from '../pebble/pebble-client.js';
import { Secret } from './secret.js';
import type { SettableStatus } from './status.js';

/** A port that the unit serves on. */
export interface Port {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/** The unit that the charm runs in. */
export class Unit<M extends CharmMetadata> {
  /** `<application>/<number>`. */
  readonly name: string;
  readonly #session: DispatchSession;
  readonly #containerNames: readonly string[];
  readonly #containers = new Map<string, Container>();

  /** Built by {@link CharmBase}. */
  constructor(session: DispatchSession, metadata: M) {
    this.name = session.context.unitName;
    this.#session = session;
    this.#containerNames = Object.keys(metadata.containers);
  }

  /** Whether this unit leads the application; asked for once in a dispatch. */
  isLeader(): Promise<boolean> {
    return this.#session.isLeader();
  }

  /** A container of this unit, whether or not it runs. */
  container(name: ContainerName<M>): Container {
    const known = this.#containers.get(name);
    if (known !== undefined) return known;
    if (!this.#containerNames.includes(name)) throw new UnknownNameError('container', name, this.#containerNames);
    const { context, calls } = this.#session;
    const pebble = new PebbleClient({ socketPath: `${context.root}/charm/containers/${name}/pebble.socket` });
    const container = trackedContainer(new Container(name, pebble), calls);
    this.#containers.set(name, container);
    return container;
  }

  /**
   * Adds to what may become the unit's status: at the end of the dispatch the gravest (blocked, maintenance, waiting, active; the
   * first of equals) is set, if Juju shows another one. With none added the status stays.
   */
  addStatus(status: SettableStatus): void {
    this.#session.statuses.add(status);
  }

  /** Makes the opened ports exactly these; a number is a TCP port. Opens and closes only the difference. */
  async setPorts(...ports: readonly (number | Port)[]): Promise<void> {
    const { tools } = this.#session;
    const wanted = new Set(
      ports.map((port) => (typeof port === 'number' ? `${port}/tcp` : `${port.port}/${port.protocol}`)),
    );
    const opened = new Set(await readOpenedPorts(tools));
    for (const port of opened) if (!wanted.has(port)) await closePort(tools, port);
    for (const port of wanted) if (!opened.has(port)) await openPort(tools, port);
  }

  /** Makes a secret that this unit owns; see {@link Application.addSecret}. */
  async addSecret(content: Readonly<Record<string, string>>, details: SecretDetails = {}): Promise<Secret> {
    const { tools } = this.#session;
    return new Secret(tools, { id: await addSecret(tools, 'unit', content, details) }, content);
  }

  /** Sets the version of the workload that `juju status` shows. */
  setWorkloadVersion(version: string): Promise<void> {
    return writeWorkloadVersion(this.#session.tools, version);
  }
}
