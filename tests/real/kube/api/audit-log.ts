import { readFileSync } from 'node:fs';
import type { RealApiServer } from './real-api-server.js';

interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly responseStatus?: { readonly code: number };
}

const readVerbs = new Set(['get', 'list', 'watch']);

/** The API server's own record of requests: what was really sent, whatever the client believes. */
export class AuditLog {
  readonly #api: RealApiServer;
  readonly #file: string;
  #marks = 0;

  constructor(api: RealApiServer) {
    this.#api = api;
    this.#file = process.env['KUBE_AUDIT_LOG'] ?? '';
  }

  /** Writes of a user while `work` runs, as `verb path`. */
  async writesOf(username: string, work: () => Promise<unknown>): Promise<readonly string[]> {
    const before = (await this.#events()).length;
    await work();
    const during = (await this.#events()).slice(before);
    return during
      .filter(({ user, verb }) => user.username === username && !readVerbs.has(verb))
      .map(({ verb, requestURI }) => `${verb} ${requestURI.replace(/\?.*/, '')}`);
  }

  /** Events are written in order, but after the answer: a request of our own shows that those before it are there. */
  async #events(): Promise<readonly AuditEvent[]> {
    this.#marks += 1;
    const mark = `/version?mark=${String(process.pid)}-${String(this.#marks)}`;
    await this.#api.expectSuccess({ verb: 'GET', path: mark, user: 'juju' });
    for (;;) {
      const lines = readFileSync(this.#file, 'utf8').split('\n');
      const events = lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as AuditEvent);
      if (events.some(({ requestURI }) => requestURI === mark)) return events;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
