import type { HookContext, HookOutcome } from '../hook-tools/hook-context.js';
import type { Pod } from '../pod/pod.js';

/** What a hook is run with. */
export interface HookRun {
  readonly context: HookContext;
  readonly pod: Pod;
  readonly environment: Readonly<Record<string, string>>;
}

/** Runs an application's hooks. */
export interface HookDriver {
  run(run: HookRun): Promise<HookOutcome>;
  /** Puts the charm into a new pod. */
  install(pod: Pod): void;
}
