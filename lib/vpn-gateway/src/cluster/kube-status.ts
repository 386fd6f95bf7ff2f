import { BlockedStatus, KubeApiError, type SettableStatus, WaitingStatus } from '@charm-ts/ops';

/** The status that tells the operator about a failed Kubernetes call. What is not an answer of the API server is thrown again: it is a mistake in the code. */
export function statusOfKubeError(error: unknown, app: string): SettableStatus {
  if (!(error instanceof KubeApiError)) throw error;
  switch (error.code) {
    case 'kubernetes-forbidden':
      return new BlockedStatus(`run: juju trust ${app} --scope=cluster`);
    case 'kubernetes-field-conflict': {
      const [conflict] = error.conflicts;
      return new BlockedStatus(
        `Kubernetes: ${conflict?.manager ?? 'somebody else'} owns ${conflict?.field ?? 'a field of the pod'}; give it back`,
      );
    }
    case 'kubernetes-invalid':
    case 'kubernetes-failed':
      return new BlockedStatus(`Kubernetes refuses the VPN objects: ${error.message.slice(0, 160)}`);
    case 'kubernetes-unauthorized':
    case 'kubernetes-conflict':
    case 'kubernetes-not-found':
    case 'kubernetes-unavailable':
      return new WaitingStatus('Kubernetes does not answer, will try again');
  }
}
