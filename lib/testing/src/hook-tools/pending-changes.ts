import type { Secret } from '../model/secret.js';

/** What a hook has asked for and Juju keeps only if it exits with 0. */
export class PendingChanges {
  /** Relation id → databag (unit or application name) → changes; an empty value deletes. */
  readonly settings = new Map<number, Map<string, Map<string, string>>>();
  readonly state = new Map<string, string | undefined>();
  readonly openPorts = new Set<string>();
  readonly closePorts = new Set<string>();
  /** Secrets that the charm has made, by id: the hook itself can read them. */
  readonly newSecrets = new Map<string, Secret>();
  /** Changes to charm-owned secrets, in order. */
  readonly secrets: (() => void)[] = [];

  changeSetting(relationId: number, entity: string, key: string, value: string): void {
    const bags = this.settings.get(relationId) ?? new Map<string, Map<string, string>>();
    const bag = bags.get(entity) ?? new Map<string, string>();
    this.settings.set(relationId, bags.set(entity, bag.set(key, value)));
  }

  settingsOf(relationId: number, entity: string): ReadonlyMap<string, string> {
    return this.settings.get(relationId)?.get(entity) ?? new Map<string, string>();
  }
}
