import type { Cluster, ClusterRef } from '@charm-ts/testing';
import { contentTypes } from '../api/api-request.js';
import type { RealApiServer } from '../api/real-api-server.js';
import { SynchronousClient } from '../api/synchronous-client.js';

type PlainObject = Parameters<Cluster['put']>[0];
/** What a sandbox uses of its cluster: all but the fake server itself. */
type SandboxCluster = Omit<Cluster, 'api'>;

/** Where the API server keeps objects of a kind. */
const collections: Readonly<
  Record<string, { readonly path: string; readonly plural: string; readonly global?: true; readonly custom?: true }>
> = {
  Namespace: { path: '/api/v1', plural: 'namespaces', global: true },
  Node: { path: '/api/v1', plural: 'nodes', global: true },
  Pod: { path: '/api/v1', plural: 'pods' },
  Service: { path: '/api/v1', plural: 'services' },
  Endpoints: { path: '/api/v1', plural: 'endpoints' },
  ConfigMap: { path: '/api/v1', plural: 'configmaps' },
  Secret: { path: '/api/v1', plural: 'secrets' },
  ServiceAccount: { path: '/api/v1', plural: 'serviceaccounts' },
  StatefulSet: { path: '/apis/apps/v1', plural: 'statefulsets' },
  NetworkPolicy: { path: '/apis/networking.k8s.io/v1', plural: 'networkpolicies' },
  ServiceCIDR: { path: '/apis/networking.k8s.io/v1', plural: 'servicecidrs', global: true },
  EndpointSlice: { path: '/apis/discovery.k8s.io/v1', plural: 'endpointslices' },
  Role: { path: '/apis/rbac.authorization.k8s.io/v1', plural: 'roles' },
  RoleBinding: { path: '/apis/rbac.authorization.k8s.io/v1', plural: 'rolebindings' },
  ClusterRole: { path: '/apis/rbac.authorization.k8s.io/v1', plural: 'clusterroles', global: true },
  IPPool: { path: '/apis/crd.projectcalico.org/v1', plural: 'ippools', global: true, custom: true },
  ClusterRoleBinding: { path: '/apis/rbac.authorization.k8s.io/v1', plural: 'clusterrolebindings', global: true },
};

/** The real API server as the test kit's cluster: Juju and the kubelet write as cluster admin, charms with real tokens. */
export class RealCluster implements SandboxCluster {
  readonly host = '127.0.0.1';
  readonly port: number;
  readonly caCertificate: string;
  readonly #client: SynchronousClient;

  constructor(api: RealApiServer) {
    this.port = Number(api.url.port);
    this.caCertificate = api.caCertificate;
    this.#client = new SynchronousClient(api);
  }

  /** The kit's type names its own class, whose fake server a sandbox never asks for. */
  forSandbox(): Cluster {
    return this satisfies SandboxCluster as unknown as Cluster;
  }

  get(ref: ClusterRef): PlainObject | undefined {
    const { status, body } = this.#client.send('GET', objectPath(ref));
    return status === 200 ? (body as PlainObject) : undefined;
  }

  list(kind?: string): readonly PlainObject[] {
    const kinds = kind === undefined ? Object.keys(collections) : [kind];
    return kinds.flatMap((name) => {
      const list = this.#expect('GET', collectionPath(name)) as PlainObject & { items: readonly PlainObject[] };
      return list.items.map((item) => ({ ...item, apiVersion: list.apiVersion, kind: name }));
    });
  }

  /** As Juju and the kubelet write: one request for the object, and one for its status where it has one. */
  put(object: PlainObject): void {
    const { kind, metadata, status } = object;
    if (collections[kind]?.custom === true) this.#define(kind);
    const ref = { ...object, ...metadata };
    if (this.get(ref) === undefined) {
      this.#expect('POST', `${collectionPath(kind, metadata.namespace)}?fieldManager=juju`, object);
    } else {
      this.patch(ref, { ...object, status: undefined });
    }
    if (status !== undefined && kind !== 'Namespace') {
      const path = `${objectPath(ref)}/status?fieldManager=kubelet`;
      this.#expect('PATCH', path, { status }, contentTypes.strategic);
    }
  }

  patch(ref: ClusterRef, body: Readonly<Record<string, unknown>>): void {
    this.#expect('PATCH', `${objectPath(ref)}?fieldManager=juju`, body, contentTypes.strategic);
  }

  delete(ref: ClusterRef): void {
    this.#client.send('DELETE', `${objectPath(ref)}?gracePeriodSeconds=0`);
  }

  token(namespace: string, unit: string): string {
    const path = `${collectionPath('ServiceAccount', namespace)}/${unit.split('/')[0] ?? unit}/token`;
    const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } };
    return (this.#expect('POST', path, request) as { status: { token: string } }).status.token;
  }

  setTrust(namespace: string, app: string, trust: boolean): void {
    const everything = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
    const readNamespaces = [{ apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] }];
    const rules = trust ? everything : readNamespaces;
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1' };
    this.#expect('PATCH', objectPath({ ...role, kind: 'Role', namespace, name: app }), { rules }, contentTypes.merge);
    const clusterRole = objectPath({ ...role, kind: 'ClusterRole', name: `${namespace}-${app}` });
    this.#expect('PATCH', clusterRole, { rules }, contentTypes.merge);
    this.#waitForTrust(namespace, app, trust);
  }

  /** Nobody is told: the pods look again at every tick of the clock. */
  onWrite(): () => void {
    return () => undefined;
  }

  /** Each test has a namespace of its own. */
  reset(): void {
    return;
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** What a network plugin brings: the definition of a kind of its own. */
  #define(kind: string): void {
    const { path = '', plural = '', global } = collections[kind] ?? {};
    const [, , group = '', version = ''] = path.split('/');
    const openAPIV3Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}` },
      spec: {
        group,
        scope: global === true ? 'Cluster' : 'Namespaced',
        names: { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` },
        versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema } }],
      },
    };
    if (this.#client.send('POST', definitions, definition).status === 409) return;
    // Served some moments after it is there.
    for (let tries = 0; tries < 2000; tries += 1)
      if (this.#client.send('GET', `${path}/${plural}`).status === 200) return;
    throw new Error(`the API server does not serve ${plural}`);
  }

  /** The authorizer learns of changed roles by a watch, some milliseconds later. */
  #waitForTrust(namespace: string, app: string, trust: boolean): void {
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: {
        user: `system:serviceaccount:${namespace}:${app}`,
        resourceAttributes: { namespace, group: 'apps', resource: 'statefulsets', verb: 'patch' },
      },
    };
    for (let tries = 0; tries < 1000; tries += 1) {
      const answer = this.#expect('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', review);
      if ((answer as { status: { allowed: boolean } }).status.allowed === trust) return;
    }
    throw new Error(`the API server does not see that ${app} is ${trust ? '' : 'not '}trusted`);
  }

  #expect(verb: string, path: string, body?: unknown, contentType?: string): unknown {
    const answer = this.#client.send(verb, path, body, contentType);
    if (answer.status >= 300 || answer.status === 0) throw new Error(`${verb} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

function collectionPath(kind: string, namespace?: string): string {
  const collection = collections[kind];
  if (collection === undefined) throw new Error(`no path is known for objects of the kind ${kind}`);
  const { path, plural, global } = collection;
  return global === true || namespace === undefined ? `${path}/${plural}` : `${path}/namespaces/${namespace}/${plural}`;
}

function objectPath({ kind, namespace, name }: ClusterRef): string {
  return `${collectionPath(kind, namespace)}/${name}`;
}
