import type { FileEntry, Volume } from '../pebble/index.js';
import type { PodTemplate } from '../simulation/pod-template.js';

/** The volumes behind the claims of StatefulSets: they outlive every pod, and wait for the unit of the same number. */
export class ClaimedVolumes {
  readonly #volumes = new Map<string, Volume>();

  /** What a container of a pod mounts, by path. */
  of(pod: string, { claims }: PodTemplate, container: string): ReadonlyMap<string, Volume> {
    const mounts = Object.entries(claims[container] ?? {});
    return new Map(mounts.map(([path, claim]) => [path, this.#volume(`${claim}-${pod}`)]));
  }

  /** Juju names the claims of an application anew when it is deployed again. */
  forget(app: string): void {
    const ofApp = new RegExp(`-${app}-\\d+$`);
    for (const name of this.#volumes.keys()) if (ofApp.test(name)) this.#volumes.delete(name);
  }

  #volume(name: string): Volume {
    const known: Volume = this.#volumes.get(name) ?? new Map<string, FileEntry>();
    this.#volumes.set(name, known);
    return known;
  }
}
