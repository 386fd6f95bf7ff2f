import { dump } from 'js-yaml';
import { Refused } from '../refused.js';
import { combineLayers } from './combine-layers.js';
import { parseLayer } from './parse-layer.js';
import type { PlanView } from './plan-view.js';
import type { Sections, StoredLayer } from './sections.js';
import { validateLayer, validatePlan } from './validate.js';

const nothing: Sections = { services: {}, checks: {}, logTargets: {} };

/** The layers and the plan they combine to. */
export class PlanManager {
  /** Called when a layer has been added. */
  onChange: () => void = () => undefined;
  readonly #journal: (kind: string, detail: string) => void;
  #layers: readonly StoredLayer[] = [];
  #sections = nothing;

  constructor(journal: (kind: string, detail: string) => void) {
    this.#journal = journal;
  }

  get sections(): Sections {
    return this.#sections;
  }

  view(): PlanView {
    return { ...this.#sections, layers: this.#layers.map(({ label }) => label), yaml: this.yaml() };
  }

  /** In Pebble's format: four blanks, its own order of keys, empty values left out. */
  yaml(): string {
    const { services, checks, logTargets } = this.#sections;
    const document = { services, checks, 'log-targets': logTargets };
    const present = Object.entries(document).filter(([, section]) => Object.keys(section).length > 0);
    return dump(Object.fromEntries(present), { indent: 4, lineWidth: -1 });
  }

  /** Adds a layer on top, or combines it with the one of the same label. A refused layer changes nothing. */
  add(label: string, yaml: string, combine: boolean): void {
    const layer = parseLayer(label, yaml);
    validateLayer(layer);
    const index = this.#layers.findIndex((other) => other.label === label);
    const present = this.#layers[index];
    if (present !== undefined && !combine) throw new Refused(`layer "${label}" already exists`);
    const layers =
      present === undefined
        ? [...this.#layers, layer]
        : this.#layers.with(index, { label, ...combineLayers([present, layer]) });
    const sections = combineLayers(layers);
    validatePlan(sections);
    this.#layers = layers;
    this.#sections = sections;
    this.#journal('pebble-layer', label);
    this.onChange();
  }

  forget(): void {
    this.#layers = [];
    this.#sections = nothing;
  }
}
