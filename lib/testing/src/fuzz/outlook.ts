import type { Sandbox } from '../sandbox/sandbox.js';
import type { Dice } from './dice.js';
import type { Recipe } from './recipe.js';
import type { Step } from './step.js';

/** What the next step is chosen from. */
export interface Outlook {
  readonly sandbox: Sandbox;
  readonly recipe: Recipe;
  readonly dice: Dice;
}

/** A kind of step, and how often it comes up; it proposes none where there is nothing to do it to. */
export interface StepKind {
  readonly weight: number;
  propose(outlook: Outlook): Step | undefined;
}
