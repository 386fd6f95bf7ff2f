import { applyObjects, deleteNamespaces, kubectlDone } from './kubectl.js';
import { userland } from './images.js';

export const controllerNamespace = 'controller-gluetun-cluster-test';
const labels = { app: 'controller' };
const port = 17_070;

/** Stands for a Juju controller in the cluster: something that answers at its port. */
export class Controller {
  /** Its addresses as Juju tells them to its agents. */
  async start(): Promise<readonly string[]> {
    const metadata = { namespace: controllerNamespace };
    await applyObjects(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: controllerNamespace } },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...metadata, name: 'controller-0', labels },
        spec: {
          terminationGracePeriodSeconds: 1,
          containers: [
            {
              name: 'api-server',
              image: userland,
              imagePullPolicy: 'Never',
              command: ['/opt/pebble', 'run', '--http', `:${String(port)}`],
            },
          ],
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { ...metadata, name: 'controller-service' },
        spec: { selector: labels, ports: [{ name: 'api-server', port, targetPort: port }] },
      },
    );
    const path = [
      '-n',
      controllerNamespace,
      'get',
      'service',
      'controller-service',
      '-o',
      'jsonpath={.spec.clusterIP}',
    ];
    const address = await kubectlDone(path);
    return [
      `${address}:${String(port)}`,
      `controller-service.${controllerNamespace}.svc.cluster.local:${String(port)}`,
    ];
  }

  async remove(): Promise<void> {
    await deleteNamespaces(controllerNamespace);
  }
}
