import type { Clock } from '../clock.js';
import type { HookTools } from '../hook-tools/hook-tools.js';
import type { KubeApi } from '../kubernetes/kube-api.js';

/** Everything that a dispatch needs from outside. {@link main} passes the process's own; the test kit passes its own. */
export interface CharmHost {
  /** Juju's variables: what the process was started with. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly hookTools: HookTools;
  readonly clock: Clock;
  /** Connects to the cluster's API server. Default: the service account of the pod, by `@charm-ts/ops/kubernetes`. */
  readonly kubeApi?: () => Promise<KubeApi>;
  /** Takes text that `juju run` shows when an action fails, and log lines that `juju-log` refused. Default: the process's standard error. */
  readonly stderr?: (text: string) => void;
}
