/** `juju`: cluster admin, as the controller is; `trusted` and `untrusted`: service accounts of applications in `vpn-model`. */
export type ApiUser = 'juju' | 'trusted' | 'untrusted' | 'anonymous' | 'invalid-token';

/** A request on the wire, before the address and the credentials of one server are added. */
export interface ApiRequest {
  readonly verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly user: ApiUser;
}

export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
}

export const contentTypes = {
  json: 'application/json',
  apply: 'application/apply-patch+yaml',
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  jsonPatch: 'application/json-patch+json',
} as const;
