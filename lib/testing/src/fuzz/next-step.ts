import { operatorSteps } from './operator-steps.js';
import type { Outlook } from './outlook.js';
import { repairSteps } from './repair-steps.js';
import type { Step } from './step.js';
import { worldSteps } from './world-steps.js';

const kinds = [...operatorSteps, ...worldSteps, ...repairSteps];

/** What happens next: one step in four does not wait until the hooks of the one before have ended. */
export function nextStep(outlook: Outlook): Step {
  const { dice } = outlook;
  for (;;) {
    const step = dice.pickHeavy(kinds)?.propose(outlook);
    if (step !== undefined) return dice.chance(25) ? { ...step, hooks: dice.below(4) } : step;
  }
}
