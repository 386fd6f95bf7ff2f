import type { HookToolSession } from '../hook-tools/hook-tool-session.js';
import { readStorageLocation } from '../hook-tools/storage-tools.js';

/**
 * A storage of this unit.
 *
 * @example
 * ```ts
 * const [media] = await this.model.storages('media');
 * if (media !== undefined) log.info(`${media.id} is mounted at ${await media.location()}`);
 * ```
 */
export class Storage {
  /** `<name>/<number>`. */
  readonly id: string;
  readonly name: string;
  readonly #tools: HookToolSession;

  /** Built by {@link Model.storages}. */
  constructor(tools: HookToolSession, id: string) {
    this.id = id;
    this.name = id.slice(0, id.lastIndexOf('/'));
    this.#tools = tools;
  }

  /** Where it is mounted in the charm's container; a workload container has it where `metadata.yaml` says. */
  location(): Promise<string> {
    return readStorageLocation(this.#tools, this.id);
  }
}
