import { asObject, isObject } from '../json/json.js';
import type { JsonObject } from '../json/json.js';

/** What the API server adds to a StatefulSet. */
export const statefulSetDefaults = (
  object: JsonObject,
  podSpecDefaults: (spec: JsonObject) => JsonObject,
): JsonObject => {
  const spec = asObject(object.spec);
  const template = asObject(spec.template);
  const strategy = asObject(spec.updateStrategy);
  const isRolling = strategy.type === undefined || strategy.type === 'RollingUpdate';
  return {
    ...object,
    spec: {
      podManagementPolicy: 'OrderedReady',
      replicas: 1,
      revisionHistoryLimit: 10,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      ...spec,
      updateStrategy: {
        type: 'RollingUpdate',
        ...strategy,
        ...(isRolling ? { rollingUpdate: { partition: 0, ...asObject(strategy.rollingUpdate) } } : {}),
      },
      template: { ...template, spec: podSpecDefaults(asObject(template.spec)) },
    },
    status: isObject(object.status) ? object.status : { replicas: 0, availableReplicas: 0 },
  };
};
