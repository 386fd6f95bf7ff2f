import { KubeApiError } from './kube-api-error.js';
import type { KubeObject } from './kube-object.js';
import type { Attempt } from './map-failure.js';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isKubeObject = (value: unknown): value is KubeObject =>
  isRecord(value) &&
  typeof value.apiVersion === 'string' &&
  typeof value.kind === 'string' &&
  isRecord(value.metadata) &&
  typeof value.metadata.name === 'string';

const parse = (attempt: Attempt, body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new KubeApiError('kubernetes-failed', `cannot ${attempt.verb} ${attempt.target}: the answer is not JSON`, {
      cause,
    });
  }
};

const unexpected = (attempt: Attempt, expected: string): KubeApiError =>
  new KubeApiError('kubernetes-failed', `cannot ${attempt.verb} ${attempt.target}: the answer is not ${expected}`);

/** Reads an object that the API server sent. Nothing is dropped. */
export const parseObject = (attempt: Attempt, body: string): KubeObject => {
  const value = parse(attempt, body);
  if (!isKubeObject(value)) throw unexpected(attempt, 'an object');
  return value;
};

/** Reads a collection. Its items come without `apiVersion` and `kind`, which are filled in. */
export const parseList = (
  attempt: Attempt,
  body: string,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): readonly KubeObject[] => {
  const value = parse(attempt, body);
  if (!isRecord(value) || !Array.isArray(value.items)) throw unexpected(attempt, 'a list');
  return value.items.map((item: unknown) => {
    const object: unknown = isRecord(item) ? { apiVersion, kind, ...item } : item;
    if (!isKubeObject(object)) throw unexpected(attempt, 'a list of objects');
    return object;
  });
};
