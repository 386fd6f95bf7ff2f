import { randomUUID } from 'node:crypto';

/** Who sends a request, as far as access goes. */
export type Caller =
  | { readonly kind: 'admin'; readonly actor: string }
  | { readonly kind: 'service-account'; readonly namespace: string; readonly name: string; readonly actor: string }
  | { readonly kind: 'anonymous'; readonly actor: string };

/** The name under which the API server knows a caller. */
export const userName = (caller: Caller): string => {
  switch (caller.kind) {
    case 'admin':
      return 'admin';
    case 'service-account':
      return `system:serviceaccount:${caller.namespace}:${caller.name}`;
    case 'anonymous':
      return 'system:anonymous';
    default:
      return caller satisfies never;
  }
};

/** Tokens of Juju and of the applications, and who of them is trusted. */
export class ServiceAccounts {
  /** The token of cluster admin, which is what Juju's controller is. */
  readonly adminToken = randomUUID();
  readonly #callers = new Map<string, Caller>([[this.adminToken, { kind: 'admin', actor: 'juju' }]]);
  readonly #trusted = new Set<string>();

  /** A new token for an application's service account. */
  createToken(namespace: string, name: string, actor = name): string {
    const token = randomUUID();
    this.#callers.set(token, { kind: 'service-account', namespace, name, actor });
    return token;
  }

  /** What `juju trust` and `juju trust --remove` do. */
  setTrust(namespace: string, name: string, trusted: boolean): void {
    if (trusted) this.#trusted.add(`${namespace}/${name}`);
    else this.#trusted.delete(`${namespace}/${name}`);
  }

  isTrusted(caller: Caller): boolean {
    return caller.kind === 'service-account' && this.#trusted.has(`${caller.namespace}/${caller.name}`);
  }

  /** The caller of a request with that `Authorization` header; `undefined` for a token that nobody has. */
  callerOf(authorization: string | undefined): Caller | undefined {
    if (authorization === undefined) return { kind: 'anonymous', actor: 'anonymous' };
    return this.#callers.get(/^Bearer\s+(\S+)$/.exec(authorization)?.[1] ?? '');
  }
}
