import { asList, asObject, asText, isObject, members } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';

const mapList = (value: Json | undefined, change: (item: JsonObject) => JsonObject): Json | undefined =>
  value === undefined ? undefined : asList(value).map((item) => (isObject(item) ? change(item) : item));

const present = (object: JsonObject): JsonObject => Object.fromEntries(members(object));

const probeDefaults = (probe: JsonObject): JsonObject =>
  present({
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
    ...probe,
    httpGet: isObject(probe.httpGet) ? { path: '/', scheme: 'HTTP', ...probe.httpGet } : probe.httpGet,
  });

const variableDefaults = (variable: JsonObject): JsonObject => {
  const source = asObject(variable.valueFrom);
  return isObject(source.fieldRef)
    ? { ...variable, valueFrom: { ...source, fieldRef: { apiVersion: 'v1', ...source.fieldRef } } }
    : variable;
};

/** An image without a tag, or with the tag `latest`, is pulled always. */
const pullPolicy = (image: string): string => {
  const name = image.split('@')[0] ?? '';
  const tag = /:([^/:]+)$/.exec(name)?.[1] ?? (image.includes('@') ? 'digest' : 'latest');
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
};

const containerDefaults = (container: JsonObject): JsonObject => {
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((name) => {
    const probe = container[name];
    return isObject(probe) ? [[name, probeDefaults(probe)] as const] : [];
  });
  return present({
    imagePullPolicy: pullPolicy(asText(container.image)),
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ...container,
    env: mapList(container.env, variableDefaults),
    ports: mapList(container.ports, (port) => ({ protocol: 'TCP', ...port })),
    ...Object.fromEntries(probes),
  });
};

const fileMode = 0o644;

const volumeDefaults = (volume: JsonObject): JsonObject => {
  const withMode = ['configMap', 'secret', 'downwardAPI', 'projected'].flatMap((source) => {
    const value = volume[source];
    return isObject(value) ? [[source, { defaultMode: fileMode, ...value }] as const] : [];
  });
  const hostPath = isObject(volume.hostPath) ? { hostPath: { type: '', ...volume.hostPath } } : {};
  const bare = members(volume).every(([name]) => name === 'name') ? { emptyDir: {} } : {};
  return { ...volume, ...Object.fromEntries(withMode), ...hostPath, ...bare };
};

/** What the API server adds to a pod's specification. */
export const podSpecDefaults = (spec: JsonObject): JsonObject =>
  present({
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    ...spec,
    // The deprecated name of the field is kept in step.
    serviceAccount: spec.serviceAccountName ?? spec.serviceAccount,
    serviceAccountName: spec.serviceAccountName ?? spec.serviceAccount,
    initContainers: mapList(spec.initContainers, containerDefaults),
    containers: mapList(spec.containers, containerDefaults),
    volumes: mapList(spec.volumes, volumeDefaults),
  });

export const podDefaults = (pod: JsonObject): JsonObject => ({
  ...pod,
  spec: { enableServiceLinks: true, ...podSpecDefaults(asObject(pod.spec)) },
  status: { phase: 'Pending', qosClass: 'BestEffort', ...asObject(pod.status) },
});

const evictedFrom = (key: string): JsonObject => ({
  key: `node.kubernetes.io/${key}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
});

/** What the admission plugins that are always on add to a pod. */
export const podAdmission = (pod: JsonObject): JsonObject => ({
  ...pod,
  spec: {
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
    tolerations: [evictedFrom('not-ready'), evictedFrom('unreachable')],
    ...asObject(pod.spec),
  },
});
