import { asObject, asText, at, withValue } from '../json/json.js';
import type { JsonObject } from '../json/json.js';
import type { KubernetesApi } from '../kubernetes-api.js';
import type { ObjectChange, ObjectKey } from '../objects/object-store.js';
import { revisionOf } from './revision.js';

/** A pod that a StatefulSet wants to have. */
export interface PodIdentity {
  readonly namespace: string;
  /** The StatefulSet's name, which is the application's. */
  readonly application: string;
  readonly ordinal: number;
}

/** What the controller wants from the one who runs pods. It is called when the StatefulSet is written, and waits for nothing. */
export interface StatefulSetEvents {
  /** A pod is missing: make it and call {@link StatefulSetController.placePod}. */
  onPodNeeded?(pod: PodIdentity): void;
  /** The pod's template is an old one: end the pod, then call {@link StatefulSetController.placePod}. */
  onPodOutdated?(pod: PodIdentity): void;
  /** There are more pods than replicas: end it, then call {@link StatefulSetController.removePod}. */
  onPodSurplus?(pod: PodIdentity): void;
}

const nameLabel = 'app.kubernetes.io/name';
const revisionLabel = 'controller-revision-hash';

/**
 * Watches the StatefulSets of an API server: tells which pods are missing, outdated or too many, and keeps the Pod objects.
 * *When* a pod is replaced is up to the one who runs it, because a hook may be running in it.
 */
export class StatefulSetController {
  readonly #api: KubernetesApi;
  readonly #events: StatefulSetEvents;
  readonly #stop: () => void;
  #address = 0;

  constructor(api: KubernetesApi, events: StatefulSetEvents) {
    this.#api = api;
    this.#events = events;
    this.#stop = api.on('change', (change) => {
      this.#onChange(change);
    });
  }

  /** Stops watching. */
  close(): void {
    this.#stop();
  }

  /** The pods whose template differs from the StatefulSet's, in the order in which Kubernetes replaces them: the highest ordinal first. */
  outdatedPods(namespace: string, application: string): readonly PodIdentity[] {
    const revision = this.#revision(namespace, application);
    return this.#pods(namespace, application)
      .filter((pod) => at(pod, 'metadata', 'labels', revisionLabel) !== revision)
      .map((pod) => ({ namespace, application, ordinal: ordinalOf(pod) }))
      .toSorted((left, right) => right.ordinal - left.ordinal);
  }

  /** Stores the Pod object of the present template, with a new uid and address, in place of an older one. */
  placePod(identity: PodIdentity): JsonObject {
    const { namespace, application } = identity;
    const statefulSet = this.#api.store.get(this.#setKey(namespace, application));
    if (statefulSet === undefined) throw new Error(`there is no StatefulSet ${namespace}/${application}`);
    const key = this.#podKey(identity);
    this.#api.store.remove(key);
    const { object } = this.#api.objects.create(key, podOf(statefulSet, identity), {
      manager: 'kube-controller-manager',
    });
    this.#address += 1;
    const podIP = `10.1.${Math.floor(this.#address / 250)}.${(this.#address % 250) + 1}`;
    const status = {
      ...asObject(object.status),
      phase: 'Running',
      hostIP: '192.168.7.9',
      podIP,
      podIPs: [{ ip: podIP }],
      conditions: [{ type: 'Ready', status: 'True' }],
    };
    return this.#api.store.put(key.kind, { ...object, status });
  }

  /** Takes the Pod object away. */
  removePod(identity: PodIdentity): void {
    this.#api.store.remove(this.#podKey(identity));
  }

  #onChange({ kind, type, object, previous }: ObjectChange): void {
    if (kind.kind !== 'StatefulSet') return;
    const { name, namespace } = asObject(object.metadata);
    const where = { namespace: asText(namespace), application: asText(name) };
    const replicas = type === 'deleted' ? 0 : replicasOf(object);
    const ordinals = new Set(this.#pods(where.namespace, where.application).map(ordinalOf));
    for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
      if (!ordinals.has(ordinal)) this.#events.onPodNeeded?.({ ...where, ordinal });
    }
    for (const ordinal of [...ordinals].toSorted((left, right) => right - left)) {
      if (ordinal >= replicas) this.#events.onPodSurplus?.({ ...where, ordinal });
    }
    if (type !== 'modified' || templateRevision(object) === templateRevision(previous ?? {})) return;
    for (const pod of this.outdatedPods(where.namespace, where.application)) {
      if (pod.ordinal < replicas) this.#events.onPodOutdated?.(pod);
    }
  }

  #revision(namespace: string, application: string): string {
    return templateRevision(this.#api.store.get(this.#setKey(namespace, application)) ?? {});
  }

  #pods(namespace: string, application: string): readonly JsonObject[] {
    return this.#api.store
      .list(this.#api.key('v1', 'Pod', '').kind, namespace)
      .filter(
        (pod) =>
          asText(at(pod, 'metadata', 'labels', 'statefulset.kubernetes.io/pod-name')).replace(/-\d+$/, '') ===
          application,
      );
  }

  #setKey(namespace: string, application: string): ObjectKey {
    return this.#api.key('apps/v1', 'StatefulSet', application, namespace);
  }

  #podKey({ namespace, application, ordinal }: PodIdentity): ObjectKey {
    return this.#api.key('v1', 'Pod', `${application}-${ordinal}`, namespace);
  }
}

const templateRevision = (statefulSet: JsonObject): string => revisionOf(at(statefulSet, 'spec', 'template'));

const replicasOf = (statefulSet: JsonObject): number => {
  const replicas = at(statefulSet, 'spec', 'replicas');
  return typeof replicas === 'number' ? replicas : 1;
};

const ordinalOf = (pod: JsonObject): number => Number(/-(\d+)$/.exec(asText(at(pod, 'metadata', 'name')))?.[1] ?? 0);

const podOf = (statefulSet: JsonObject, { application, ordinal }: PodIdentity): JsonObject => {
  const template = asObject(at(statefulSet, 'spec', 'template'));
  const name = `${application}-${ordinal}`;
  const revision = templateRevision(statefulSet);
  const labels = {
    [nameLabel]: application,
    ...asObject(at(template, 'metadata', 'labels')),
    'apps.kubernetes.io/pod-index': String(ordinal),
    [revisionLabel]: revision,
    'statefulset.kubernetes.io/pod-name': name,
  };
  const spec = {
    ...asObject(template.spec),
    hostname: name,
    subdomain: at(statefulSet, 'spec', 'serviceName'),
    nodeName: 'node-1',
  };
  return withValue(
    { metadata: { ...asObject(template.metadata), name, labels }, spec },
    ['metadata', 'generateName'],
    `${application}-`,
  );
};
