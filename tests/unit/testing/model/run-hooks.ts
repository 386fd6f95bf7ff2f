import {
  type HookEvent,
  HookContext,
  hookName,
  Journal,
  JujuModel,
  nextHook,
  type PebbleReadyOrder,
} from '@charm-ts/testing';

export function newModel(jujuVersion = '3.6.9'): JujuModel {
  return new JujuModel({ jujuVersion, journal: new Journal(() => new Date(0)) });
}

export interface RunOptions {
  readonly pebbleReady?: PebbleReadyOrder;
  /** What the charm does in a hook; the exit code, 0 when nothing is given. */
  readonly charm?: (context: HookContext) => number | undefined;
}

/** Plays all agents until nothing is due, with pods that are always there. Gives `unit hook` in the order in which they ran. */
export function runHooks(model: JujuModel, { pebbleReady, charm }: RunOptions = {}): readonly string[] {
  const ran: string[] = [];
  for (let busy = true; busy;) {
    busy = false;
    for (const unit of model.units) {
      if (unit.address === '') placePod(model, unit.name);
      const due = nextHook(model, unit, pebbleReady);
      if (due === undefined) continue;
      busy = true;
      const context = new HookContext(model, unit, due);
      const exitCode = charm?.(context) ?? 0;
      context.finish({ kind: 'exited', exitCode });
      ran.push(`${unit.name} ${describe(due.event)}`);
      if (ran.length > 200) throw new Error(`never idle: ${ran.slice(-5).join(', ')}`);
    }
  }
  return ran;
}

/** Hooks of one unit, without its name. */
export function ofUnit(ran: readonly string[], unit: string): readonly string[] {
  return ran.filter((line) => line.startsWith(`${unit} `)).map((line) => line.slice(unit.length + 1));
}

let addresses = 0;

export function placePod(model: JujuModel, unitName: string): void {
  const unit = model.unit(unitName);
  addresses += 1;
  unit.address = `10.1.0.${addresses}`;
  for (const container of Object.keys(model.application(unit.app).charm.containers)) {
    unit.memory.readyContainers.add(container);
  }
}

/** The hook's name, with the remote unit where there is one. */
function describe(event: HookEvent): string {
  return 'remoteUnit' in event ? `${hookName(event)} ${event.remoteUnit}` : hookName(event);
}
