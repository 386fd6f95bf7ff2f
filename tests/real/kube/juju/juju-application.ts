import type { KubeObject } from '@charm-ts/ops';
import { contentTypes } from '../api/api-request.js';
import type { RealApiServer } from '../api/real-api-server.js';
import { templateOf } from './pod-template.js';
import { type JujuRevision, statefulSetOf } from './juju-stateful-set.js';

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const everything = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];

/** Plays the controller for one application on a real API server, with the writes that Juju 3.6 sends. */
export class JujuApplication {
  readonly namespace: string;
  readonly name: string;
  readonly #api: RealApiServer;

  constructor(api: RealApiServer, namespace: string, name: string) {
    this.#api = api;
    this.namespace = namespace;
    this.name = name;
  }

  /** Path of a namespaced object of this application, by default its StatefulSet. */
  path(collection = 'apis/apps/v1/statefulsets', name = this.name): string {
    const cut = collection.lastIndexOf('/');
    return `/${collection.slice(0, cut)}/namespaces/${this.namespace}${collection.slice(cut)}/${name}`;
  }

  /** Namespace, service account, roles and bindings: what stands before the StatefulSet. */
  async createAccount({ trust }: { trust: boolean }): Promise<void> {
    const { name, namespace } = this;
    await this.#create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    await this.#create(`/api/v1/namespaces/${namespace}/serviceaccounts`, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace },
      automountServiceAccountToken: false,
    });
    const subjects = [{ kind: 'ServiceAccount', name, namespace }];
    const bindings = [
      { kind: 'Role', name, namespace, path: `${rbac}/namespaces/${namespace}` },
      { kind: 'ClusterRole', name: `${namespace}-${name}`, namespace: undefined, path: rbac },
    ];
    for (const { kind, path, ...metadata } of bindings) {
      const apiVersion = 'rbac.authorization.k8s.io/v1';
      const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind, name: metadata.name };
      await this.#create(`${path}/${kind.toLowerCase()}s`, {
        apiVersion,
        kind,
        metadata,
        rules: this.#rules(kind, trust),
      });
      await this.#create(`${path}/${kind.toLowerCase()}bindings`, {
        apiVersion,
        kind: `${kind}Binding`,
        metadata,
        roleRef,
        subjects,
      });
    }
  }

  /** The secret that `charm-init` reads, and both services. */
  async createServices(controllerAddresses: readonly string[]): Promise<void> {
    const { name, namespace } = this;
    const collection = (kind: string) => `/api/v1/namespaces/${namespace}/${kind}`;
    const selector = { 'app.kubernetes.io/name': name };
    const stringData = { JUJU_K8S_APPLICATION: name, JUJU_K8S_CONTROLLER_ADDRESSES: controllerAddresses.join(',') };
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: `${name}-application-config`, namespace } };
    await this.#create(collection('secrets'), { ...secret, stringData });
    const service = { apiVersion: 'v1', kind: 'Service' };
    await this.#create(collection('services'), {
      ...service,
      metadata: { name, namespace },
      spec: { selector, ports: [{ name: 'placeholder', port: 65_535 }] },
    });
    await this.#create(collection('services'), {
      ...service,
      metadata: { name: `${name}-endpoints`, namespace },
      spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector },
    });
  }

  /** `juju trust` and `juju trust --remove`. The authorizer sees the change within milliseconds, not at once. */
  async setTrust(trust: boolean): Promise<void> {
    const { name, namespace } = this;
    await this.#patch(`${rbac}/namespaces/${namespace}/roles/${name}`, { rules: this.#rules('Role', trust) });
    await this.#patch(`${rbac}/clusterroles/${namespace}-${name}`, { rules: this.#rules('ClusterRole', trust) });
  }

  /** A token as the kubelet projects it into the pod. */
  async token(): Promise<string> {
    const answer = (await this.#create(`${this.path('api/v1/serviceaccounts')}/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 3600 },
    })) as { status: { token: string } };
    return answer.status.token;
  }

  async create(revision: JujuRevision): Promise<KubeObject> {
    const collection = this.path().slice(0, -this.name.length - 1);
    const created = await this.#create(collection, statefulSetOf(this.namespace, this.name, revision));
    return created as KubeObject;
  }

  async read(): Promise<KubeObject> {
    return (await this.#api.expectSuccess({ verb: 'GET', path: this.path(), user: 'juju' })) as KubeObject;
  }

  /** What the provisioner does after a refresh: the object read, Juju's template put in, sent back as a strategic merge patch. */
  async reapply(revision: JujuRevision): Promise<KubeObject> {
    const desired = statefulSetOf(this.namespace, this.name, revision);
    const live = await this.read();
    const spec = { ...(live['spec'] as object), template: (desired['spec'] as { template: object }).template };
    const annotations = { ...live.metadata.annotations, ...desired.metadata.annotations };
    const body = { ...live, metadata: { ...live.metadata, annotations }, spec };
    return (await this.#patch(this.path(), body)) as KubeObject;
  }

  /** The same with nothing but the template, as older controllers send it. */
  async patchTemplate(revision: JujuRevision): Promise<void> {
    const { spec } = statefulSetOf(this.namespace, this.name, revision) as { spec?: { template: object } };
    await this.#patch(this.path(), { spec: { template: spec?.template } });
  }

  /** A full replace by somebody who has not read the object: everything that others have added is dropped. */
  async replace(revision: JujuRevision): Promise<void> {
    await this.#api.expectSuccess({
      verb: 'PUT',
      path: this.path(),
      query: { fieldManager: 'juju' },
      contentType: contentTypes.json,
      body: statefulSetOf(this.namespace, this.name, revision),
      user: 'juju',
    });
  }

  /** What the StatefulSet controller does, which runs in one of these tests only: unit 0's pod made from the template. */
  async replacePod(): Promise<void> {
    const path = this.path('api/v1/pods', `${this.name}-0`);
    await this.#api.send({ verb: 'DELETE', path, query: { gracePeriodSeconds: '0' }, user: 'juju' });
    const live = await this.read();
    const { metadata, spec } = templateOf(live);
    const { volumeClaimTemplates = [] } = live['spec'] as { volumeClaimTemplates?: { metadata: { name: string } }[] };
    const claims = volumeClaimTemplates.map(({ metadata: { name } }) => ({
      name,
      persistentVolumeClaim: { claimName: `${name}-${this.name}-0` },
    }));
    await this.#create(`/api/v1/namespaces/${this.namespace}/pods`, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...metadata, name: `${this.name}-0`, namespace: this.namespace },
      spec: { ...spec, volumes: [...spec.volumes, ...claims] },
    });
  }

  #rules(kind: string, trust: boolean): readonly object[] {
    if (trust) return everything;
    const readNamespaces = { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] };
    if (kind === 'ClusterRole') return [readNamespaces];
    return [
      { ...readNamespaces, resourceNames: [this.namespace] },
      { apiGroups: [''], resources: ['pods', 'services'], verbs: ['get', 'list', 'patch'] },
      { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] },
    ];
  }

  /** Creates; an object that is there already is taken as it is. */
  async #create(path: string, body: object): Promise<unknown> {
    const answer = await this.#api.send({
      verb: 'POST',
      path,
      query: { fieldManager: 'juju' },
      contentType: contentTypes.json,
      body,
      user: 'juju',
    });
    if (answer.status >= 300 && answer.status !== 409)
      throw new Error(`POST ${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async #patch(path: string, body: object): Promise<unknown> {
    const query = { fieldManager: 'juju' };
    return this.#api.expectSuccess({
      verb: 'PATCH',
      path,
      query,
      contentType: contentTypes.strategic,
      body,
      user: 'juju',
    });
  }
}
