import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { type ApiRequest, type ApiResponse, type ApiUser, contentTypes } from './api-request.js';

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: start these tests with npm run test:real -- kube`);
  return value;
}

/** The server that tests/real/kube/server/with has started. */
export class RealApiServer {
  readonly url: URL;
  readonly caCertificate: string;
  readonly #tokens: Map<ApiUser, string>;

  constructor() {
    this.url = new URL(variable('KUBE_SERVER'));
    this.caCertificate = readFileSync(variable('KUBE_CA'), 'utf8');
    this.#tokens = new Map([
      ['juju', variable('KUBE_ADMIN_TOKEN')],
      ['invalid-token', 'not-a-token'],
    ]);
  }

  /** From now on requests of `user` carry this token. */
  useToken(user: 'trusted' | 'untrusted', token: string): void {
    this.#tokens.set(user, token);
  }

  async send({ verb, path, query = {}, contentType, body, user }: ApiRequest): Promise<ApiResponse> {
    const token = this.#tokens.get(user);
    if (token === undefined && user !== 'anonymous') throw new Error(`no token for user ${user}`);
    const target = new URL(path, this.url);
    for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
    const headers = {
      accept: contentTypes.json,
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    return new Promise((resolve, reject) => {
      const call = request(target, { method: verb, headers, ca: this.caCertificate }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => {
          const isJson = response.headers['content-type']?.startsWith(contentTypes.json) ?? false;
          resolve({ status: response.statusCode ?? 0, body: isJson ? (JSON.parse(text) as unknown) : text });
        });
      });
      call.on('error', reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Like {@link send}, for requests that prepare a test: throws unless the answer is 2xx. */
  async expectSuccess(request: ApiRequest): Promise<unknown> {
    const { status, body } = await this.send(request);
    if (status >= 300) throw new Error(`${request.verb} ${request.path}: ${String(status)} ${JSON.stringify(body)}`);
    return body;
  }
}
