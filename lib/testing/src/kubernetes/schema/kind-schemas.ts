import { metadataSchema } from './metadata-schema.js';
import { podSpecSchema } from './pod-schema.js';
import { atomic, flag, mapOf, number, open, portsBy, quantity, struct, text } from './schema.js';
import type { Schema, StructSchema } from './schema.js';

const kind = (fields: Readonly<Record<string, Schema>>): StructSchema =>
  struct({ apiVersion: text, kind: text, metadata: metadataSchema, ...fields });

export const statefulSetSchema = kind({
  spec: struct({
    replicas: number,
    selector: atomic,
    serviceName: text,
    podManagementPolicy: text,
    minReadySeconds: number,
    revisionHistoryLimit: number,
    ordinals: struct({ start: number }),
    persistentVolumeClaimRetentionPolicy: struct({ whenDeleted: text, whenScaled: text }),
    updateStrategy: struct({ type: text, rollingUpdate: struct({ partition: number, maxUnavailable: quantity }) }),
    template: struct({ metadata: metadataSchema, spec: podSpecSchema }),
    volumeClaimTemplates: atomic,
  }),
  status: open,
});

export const podSchema = kind({ spec: podSpecSchema, status: open });

export const configMapSchema = kind({ data: mapOf(text), binaryData: mapOf(text), immutable: flag });

export const secretSchema = kind({ data: mapOf(text), stringData: mapOf(text), immutable: flag, type: text });

export const networkPolicySchema = kind({
  spec: struct({ podSelector: atomic, policyTypes: atomic, ingress: atomic, egress: atomic }),
});

export const serviceSchema = kind({
  spec: struct({
    allocateLoadBalancerNodePorts: flag,
    clusterIP: text,
    clusterIPs: atomic,
    externalIPs: atomic,
    externalName: text,
    externalTrafficPolicy: text,
    healthCheckNodePort: number,
    internalTrafficPolicy: text,
    ipFamilies: atomic,
    ipFamilyPolicy: text,
    loadBalancerClass: text,
    loadBalancerIP: text,
    loadBalancerSourceRanges: atomic,
    ports: portsBy(
      'port',
      struct({ port: number, protocol: text, name: text, nodePort: number, targetPort: quantity, appProtocol: text }),
    ),
    publishNotReadyAddresses: flag,
    selector: atomic,
    sessionAffinity: text,
    sessionAffinityConfig: open,
    trafficDistribution: text,
    type: text,
  }),
  status: open,
});

export const roleSchema = kind({ rules: atomic, aggregationRule: open });

export const bindingSchema = kind({ subjects: atomic, roleRef: atomic });

/** Kinds that are only read here, and custom resources. */
export const openSchema = kind({
  spec: open,
  status: open,
  data: open,
  subsets: atomic,
  endpoints: atomic,
  ports: atomic,
  addressType: text,
  automountServiceAccountToken: flag,
  secrets: open,
  imagePullSecrets: open,
  revision: number,
});
