import { brandError, OpsError } from './ops-error.js';

/** The pod's network could not be looked at, or a server in the pod did not answer. */
export class PodNetworkError extends OpsError {
  readonly code = 'pod-network';

  static {
    brandError(this, 'PodNetworkError');
  }
}
