import { request } from 'node:http';
import { TestingError } from '../errors/testing-error.js';
import type { Pod } from '../pod/pod.js';
import type { ContainerState } from './state.js';

/** Adds the layers and starts the services that a state says are there, as a former hook of the charm would have done. */
export async function prepareContainers(pod: Pod, containers: Readonly<Record<string, ContainerState>>): Promise<void> {
  for (const [name, { canConnect, layers = {}, running = [] }] of Object.entries(containers)) {
    const { socketPath } = pod.container(name);
    if (!canConnect) continue;
    for (const [label, layer] of Object.entries(layers)) {
      // JSON is YAML.
      const body = { action: 'add', combine: true, label, format: 'yaml', layer: JSON.stringify(layer) };
      await post(socketPath, '/v1/layers', body);
    }
    if (running.length > 0) await post(socketPath, '/v1/services', { action: 'start', services: running });
  }
}

function post(socketPath: string, path: string, body: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const call = request({ socketPath, path, method: 'POST', headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        if ((response.statusCode ?? 500) < 300) resolve();
        else reject(new TestingError('bad-argument', `the state's layers or services: ${path}: ${text}`));
      });
    });
    call.on('error', reject);
    call.end(JSON.stringify(body));
  });
}
