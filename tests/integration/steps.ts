import type { Deployment } from './deployment.js';
import type { Constraints } from './orders.js';

/** What an operator does, in no particular order. */
export type Step = 'deploy gluetun' | 'deploy sabnzbd' | 'set options' | 'add secret' | 'grant secret' | 'integrate';

/** `set options` names the secret, so it needs its URI. */
export const constraints: Constraints<Step> = {
  'deploy gluetun': [],
  'deploy sabnzbd': [],
  'add secret': [],
  'set options': ['deploy gluetun', 'add secret'],
  'grant secret': ['deploy gluetun', 'add secret'],
  integrate: ['deploy gluetun', 'deploy sabnzbd'],
};

/** The same with the option that names the secret as a step of its own. */
export type FineStep = Step | 'set secret option';

export const fineConstraints: Constraints<FineStep> = {
  ...constraints,
  'set options': ['deploy gluetun'],
  'set secret option': ['deploy gluetun', 'add secret'],
};

/** Does one step. */
export async function take(deployment: Deployment, step: Step): Promise<void> {
  if (step === 'set options') deployment.setOptions();
  else await takeFine(deployment, step);
}

/** Does one of the seven steps. */
export async function takeFine(deployment: Deployment, step: FineStep): Promise<void> {
  switch (step) {
    case 'deploy gluetun':
      return deployment.deployGluetun();
    case 'deploy sabnzbd':
      return deployment.deploySabnzbd();
    case 'set options':
      deployment.setOptionsWithoutSecret();
      return;
    case 'set secret option':
      deployment.setSecretOption();
      return;
    case 'add secret':
      deployment.addSecret();
      return;
    case 'grant secret':
      deployment.grantSecret();
      return;
    case 'integrate':
      deployment.integrate();
      return;
    default:
      return step satisfies never;
  }
}
