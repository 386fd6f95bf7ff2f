import type { HookEvent } from '@charm-ts/ops';
import { seededRandom } from '../../../lib/testing/src/fuzz/seeded-random.js';
import type { Entry } from './journal.js';
import { judge } from './oracle.js';
import { World } from './world.js';

/** Name of a step in the table: a failure can be read and shortened. */
export type Step = string;

const relation = { endpoint: 'vpn-gateway', relationId: 3, remoteApp: 'gluetun' } as const;
const hooks = {
  changed: { kind: 'relation-changed', ...relation },
  broken: { kind: 'relation-broken', ...relation },
  config: { kind: 'config-changed' },
  update: { kind: 'update-status' },
  upgrade: { kind: 'upgrade-charm' },
  start: { kind: 'start' },
  ready: { kind: 'pebble-ready', container: 'sabnzbd' },
  leader: { kind: 'leader-elected' },
  failed: { kind: 'pebble-check-failed', container: 'sabnzbd', check: 'vpn-route' },
  recovered: { kind: 'pebble-check-recovered', container: 'sabnzbd', check: 'vpn-route' },
  secret: { kind: 'secret-changed', secretId: 'x' },
} as const satisfies Record<string, HookEvent>;

const boot = async (world: World): Promise<void> => {
  for (const event of [hooks.upgrade, hooks.config, hooks.start, hooks.ready]) await world.hook(event);
};
const then =
  (change: (world: World) => void | Promise<void>, event: HookEvent) =>
  async (world: World): Promise<void> => {
    await change(world);
    await world.hook(event);
  };

/** All that can happen. Those with a hook are what Juju does; those without are what it notices later. */
const steps: Readonly<Record<string, (world: World) => void | Promise<void>>> = {
  'no relation': then((world) => {
    world.relate('none');
  }, hooks.broken),
  'no data': then((world) => {
    world.relate('empty');
  }, hooks.changed),
  'bad data': then((world) => {
    world.relate('invalid');
  }, hooks.changed),
  'tunnel down': then((world) => {
    world.relate('down');
  }, hooks.changed),
  'tunnel up': then((world) => {
    world.relate('up');
  }, hooks.changed),
  'overlay 42': then((world) => {
    world.relate('up', 42);
  }, hooks.changed),
  'overlay 43': then((world) => {
    world.relate('up', 43);
  }, hooks.changed),
  'unsafe on': then((world) => {
    world.setUnsafe(true);
  }, hooks.config),
  'unsafe off': then((world) => {
    world.setUnsafe(false);
  }, hooks.config),
  'new pod': async (world) => {
    world.churn();
    await boot(world);
  },
  'new pod, joined in time': async (world) => {
    world.churn();
    world.whileAsleep(() => {
      world.join(true);
    });
    await boot(world);
  },
  'new pod, not booted': (world) => {
    world.churn();
  },
  joined: then((world) => {
    world.join(true);
    world.setCheck('up');
  }, hooks.recovered),
  'joined, unnoticed': (world) => {
    world.join(true);
  },
  'overlay lost': then((world) => {
    world.join(false);
    world.setCheck('down');
  }, hooks.failed),
  'overlay lost, unnoticed': (world) => {
    world.join(false);
  },
  'a default route': (world) => {
    world.tamper(true);
  },
  'no default route': (world) => {
    world.tamper(false);
  },
  'container down': (world) => {
    world.setContainer(false);
  },
  'container up': then((world) => {
    world.setContainer(true);
  }, hooks.ready),
  'leader lost': (world) => {
    world.leader = false;
  },
  'leader elected': then((world) => {
    world.leader = true;
  }, hooks.leader),
  'API server away': (world) => {
    world.fail('*', 'kubernetes-unavailable');
  },
  'no trust': (world) => {
    world.fail('*', 'kubernetes-forbidden');
  },
  'StatefulSet refused': (world) => {
    world.fail('apply StatefulSet', 'kubernetes-field-conflict');
  },
  'policy refused': (world) => {
    world.fail('apply NetworkPolicy', 'kubernetes-invalid');
  },
  'ConfigMap refused': (world) => {
    world.fail('apply ConfigMap', 'kubernetes-conflict');
  },
  'deletion refused': (world) => {
    world.fail('delete NetworkPolicy', 'kubernetes-unavailable');
  },
  'API server back': then((world) => {
    world.heal();
  }, hooks.update),
  'policy deleted': (world) => world.drift('policy'),
  'policy deleted while asleep': (world) => {
    world.whileAsleep(() => void world.drift('policy'));
  },
  'ConfigMap deleted': (world) => world.drift('config-map'),
  'template given back': (world) => world.drift('template'),
  ...Object.fromEntries(
    Object.entries(hooks).map(([name, event]) => [`hook ${name}`, (world: World) => world.hook(event)]),
  ),
};

const names = Object.keys(steps);

/** The sequence of a seed; every other one begins with a client that has come up. */
export const sequenceOf = (seed: number): readonly Step[] => {
  const next = seededRandom(seed);
  const prefix: readonly Step[] = next() < 0.5 ? [] : ['tunnel up', 'new pod, joined in time'];
  const length = 4 + Math.floor(next() * 16);
  return [...prefix, ...Array.from({ length }, () => names[Math.floor(next() * names.length)] ?? 'hook update')];
};

/** Everything is repaired; then the unit gets the hooks that Juju would send, a few rounds. */
const settle = async (world: World, related: boolean): Promise<void> => {
  world.whileAsleep(() => undefined);
  world.heal();
  world.leader = true;
  world.setContainer(true);
  world.tamper(false);
  world.relate(related ? 'up' : 'none');
  await world.hook(related ? hooks.changed : hooks.broken);
  for (let round = 0; round < 2 || (world.isStale && round < 5); round += 1) {
    if (world.isStale) world.churn();
    world.join(true);
    world.setCheck('up');
    await boot(world);
  }
  world.journal.push({ what: 'settled', related });
};

/** Runs a sequence; gives its journal, which ends with the unit settled in one of three ways. */
export const play = async (sequence: readonly Step[], ending: number): Promise<readonly Entry[]> => {
  const world = new World();
  for (const step of sequence) await steps[step]?.(world);
  if (ending % 3 !== 2) await settle(world, true);
  if (ending % 3 !== 0) await settle(world, false);
  return world.journal;
};

/** A sequence that breaks a promise, as short as leaving out steps makes it. */
export interface Finding {
  readonly seed: number;
  readonly broken: string;
  readonly sequence: readonly Step[];
  readonly journal: readonly Entry[];
}

/** Plays the sequence of a seed. */
export const tryOut = async (seed: number): Promise<Finding | undefined> => {
  let sequence = sequenceOf(seed);
  let journal = await play(sequence, seed);
  let broken = judge(journal);
  if (broken === undefined) return undefined;
  for (let index = 0; index < sequence.length;) {
    const shorter = sequence.filter((_, other) => other !== index);
    const next = await play(shorter, seed);
    const verdict = judge(next);
    if (verdict === undefined) index += 1;
    else [sequence, journal, broken] = [shorter, next, verdict];
  }
  return { seed, broken, sequence, journal };
};
