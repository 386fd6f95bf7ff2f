import type { ModelClock } from '../clock/model-clock.js';
import type { Connect } from '../drivers/in-process-driver.js';
import type { PebbleReadyOrder } from '../model/next-hook.js';
import type { Cluster } from '../pod/cluster.js';
import type { ImageFiles } from '../simulation/images.js';
import type { Candidate } from './hook-loop.js';

/** How a sandbox is set up. */
export interface SandboxOptions {
  /** The model's name, which is its namespace as well; `media` by default. */
  readonly model?: string;
  readonly jujuVersion?: string;
  /** A {@link VirtualClock} by default; give a `RealClock` when charms run as processes. */
  readonly clock?: ModelClock;
  /** A cluster to use again: it is emptied first, and stays open at `close`. Starting one takes most of a sandbox's time. */
  readonly cluster?: Cluster;
  readonly pebbleReady?: PebbleReadyOrder;
  /**
   * How charm classes reach the cluster: give `connectInCluster` of `@charm-ts/ops/kubernetes`, and each pod keeps its connection
   * for all its hooks. Without it every hook connects anew, as a real one does.
   */
  readonly connect?: Connect;
  /** Text of files in images, by image and path. What LinuxServer's images tell of their version is known. */
  readonly images?: Readonly<Record<string, ImageFiles>>;
  /** Chooses the next hook among those that are due (an index); for fuzzing orders. */
  readonly choose?: (candidates: readonly Candidate[]) => number;
}
