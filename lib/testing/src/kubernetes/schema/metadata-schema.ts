import { atomic, itemsBy, mapOf, number, set, struct, text, flag } from './schema.js';

/** The metadata that all objects have. */
export const metadataSchema = struct({
  name: text,
  generateName: text,
  namespace: text,
  labels: mapOf(text),
  annotations: mapOf(text),
  finalizers: set,
  ownerReferences: itemsBy(
    'uid',
    struct({ apiVersion: text, kind: text, name: text, uid: text, controller: flag, blockOwnerDeletion: flag }),
  ),
  uid: text,
  resourceVersion: text,
  generation: number,
  creationTimestamp: text,
  deletionTimestamp: text,
  deletionGracePeriodSeconds: number,
  managedFields: atomic,
  selfLink: text,
});
