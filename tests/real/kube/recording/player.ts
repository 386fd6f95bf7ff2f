import type { ApiResponse } from '../api/api-request.js';
import type { RealApiServer } from '../api/real-api-server.js';
import { JujuApplication } from '../juju/juju-application.js';
import { Normaliser } from './normaliser.js';
import { namespace, path } from './requests.js';
import type { Recording, Sequence } from './sequence.js';

/** Sends sequences to the real server, each into a namespace without objects of an earlier one. */
export class Player {
  readonly #api: RealApiServer;

  constructor(api: RealApiServer) {
    this.#api = api;
  }

  /** The two service accounts of {@link ApiUser}. */
  async prepare(): Promise<void> {
    const trusted = new JujuApplication(this.#api, namespace, 'gluetun');
    const untrusted = new JujuApplication(this.#api, namespace, 'sabnzbd');
    await trusted.createAccount({ trust: true });
    await untrusted.createAccount({ trust: false });
    this.#api.useToken('trusted', await trusted.token());
    this.#api.useToken('untrusted', await untrusted.token());
  }

  async play({ name, steps }: Sequence): Promise<Recording> {
    await this.#clean();
    const normaliser = new Normaliser(this.#api.url.host);
    const answers: ApiResponse[] = [];
    const recorded: Recording['steps'][number][] = [];
    for (const step of steps) {
      const request = typeof step === 'function' ? step(answers) : step;
      const response = await this.#api.send(request);
      answers.push(response);
      recorded.push(normaliser.step(request, response));
    }
    return { name, steps: recorded };
  }

  async #clean(): Promise<void> {
    const query = { gracePeriodSeconds: '0' };
    for (const kind of ['StatefulSet', 'ConfigMap', 'NetworkPolicy', 'Pod', 'Service'] as const)
      await this.#api.expectSuccess({ verb: 'DELETE', path: path(kind), query, user: 'juju' });
  }
}
