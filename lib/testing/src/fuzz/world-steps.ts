import type { Unit } from '../model/unit.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { changeContainer, killService } from '../sandbox/workload-faults.js';
import { podCaseNames } from '../simulation/pod-case.js';
import type { Outlook, StepKind } from './outlook.js';
import type { Step } from './step.js';

/** What the world does by itself. */
export const worldSteps: readonly StepKind[] = [
  { weight: 3, propose: updateStatus },
  { weight: 3, propose: sleep },
  { weight: 3, propose: deletePod },
  { weight: 5, propose: container },
  { weight: 2, propose: killedService },
  { weight: 3, propose: vpn },
  { weight: 4, propose: network },
  { weight: 1, propose: rotateSecret },
];

function updateStatus({ sandbox, dice }: Outlook): Step | undefined {
  const unit = dice.pick(unitsOf(sandbox));
  if (unit === undefined) return undefined;
  return {
    words: ['update-status', unit.name],
    take: (model) => {
      model.updateStatus(unit.name);
    },
  };
}

function sleep({ dice }: Outlook): Step {
  const seconds = dice.pick([1, 5, 30, 300]) ?? 1;
  return { words: ['sleep', String(seconds)], seconds, take: () => undefined };
}

function deletePod({ sandbox, dice }: Outlook): Step | undefined {
  const unit = dice.pick(unitsOf(sandbox));
  if (unit === undefined) return undefined;
  return {
    words: ['delete-pod', unit.name],
    take: (model) => {
      model.deletePod(unit.name);
    },
  };
}

function container({ sandbox, dice }: Outlook): Step | undefined {
  const unit = dice.pick(unitsOf(sandbox));
  const name = dice.pick(containersOf(sandbox, unit));
  const what = dice.pick(['restart', 'down', 'up'] as const);
  return unit === undefined || name === undefined || what === undefined
    ? undefined
    : containerStep(unit.name, name, what);
}

/** `workload UNIT CONTAINER restart|down|up`. */
export function containerStep(unit: string, name: string, what: 'restart' | 'down' | 'up'): Step {
  return { words: ['workload', unit, name, what], take: (sandbox) => changeContainer(sandbox, unit, name, what) };
}

function killedService({ sandbox, dice }: Outlook): Step | undefined {
  const unit = dice.pick(unitsOf(sandbox));
  const name = dice.pick(containersOf(sandbox, unit));
  if (unit === undefined || name === undefined) return undefined;
  const running = sandbox
    .pod(unit.name)
    .container(name)
    .services.filter(({ current }) => current === 'active');
  const service = dice.pick(running.map((each) => each.name));
  if (service === undefined) return undefined;
  return {
    words: ['workload', unit.name, name, 'kill', service],
    take: (model) => {
      killService(model, unit.name, name, service);
    },
  };
}

/** The VPN of a gateway. */
function vpn({ sandbox, dice }: Outlook): Step | undefined {
  const unit = dice.pick(unitsOf(sandbox).filter((each) => containersOf(sandbox, each).includes('gluetun')));
  return unit === undefined ? undefined : vpnStep(unit.name, dice.chance(50) ? 'up' : 'down');
}

/** `workload UNIT vpn up|down`. */
export function vpnStep(unit: string, state: 'up' | 'down'): Step {
  return {
    words: ['workload', unit, 'vpn', state],
    take: (sandbox) => {
      sandbox.vpn(unit, state);
    },
  };
}

/** The network of a pod that is in an overlay. */
function network({ sandbox, dice }: Outlook): Step | undefined {
  const unit = dice.pick(
    unitsOf(sandbox).filter(({ name }) => sandbox.pod(name).template.containers.includes('vpn-route-sidecar')),
  );
  const name = dice.pick(podCaseNames);
  if (unit === undefined || name === undefined) return undefined;
  return {
    words: ['network', unit.name, name],
    take: (model) => {
      model.pod(unit.name).force(name);
    },
  };
}

/** `network UNIT as-is`. */
export function networkAsIsStep(unit: string): Step {
  return {
    words: ['network', unit, 'as-is'],
    take: (sandbox) => {
      sandbox.pod(unit).force(undefined);
    },
  };
}

/** The time of a charm's own secret has come. */
function rotateSecret({ sandbox, dice }: Outlook): Step | undefined {
  const own = [...sandbox.model.secrets.values()].filter(({ owner, label }) => owner !== 'model' && label !== '');
  const secret = dice.pick(own.sort((a, b) => (`${a.owner} ${a.label}` < `${b.owner} ${b.label}` ? -1 : 1)));
  if (secret === undefined) return undefined;
  const { owner, label } = secret;
  return {
    words: ['rotate-secret', owner, label],
    take: (model) => {
      model.rotateSecret(owner, label);
    },
  };
}

/** Units that have a pod, by name. */
export function unitsOf(sandbox: Sandbox): readonly Unit[] {
  return sandbox.model.units
    .filter(({ life, name }) => life === 'alive' && sandbox.hasPod(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Containers of a unit's workload. */
export function containersOf(sandbox: Sandbox, unit: Unit | undefined): readonly string[] {
  return unit === undefined ? [] : [...sandbox.pod(unit.name).containers.keys()];
}
