import type { Sections } from './sections.js';

/** The combined plan, for looking at. */
export interface PlanView extends Sections {
  /** As `pebble plan` prints it. */
  readonly yaml: string;
  /** Labels of the layers, lowest first. */
  readonly layers: readonly string[];
}
