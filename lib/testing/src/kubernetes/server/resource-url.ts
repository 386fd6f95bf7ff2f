import { kinds } from '../objects/kinds.js';
import type { KindInfo } from '../objects/kinds.js';

/** What a URL of the API names. */
export interface ResourceUrl {
  readonly group: string;
  readonly resource: string;
  /** Empty across the cluster. */
  readonly namespace: string;
  /** Empty for a collection. */
  readonly name: string;
  /** `undefined`: the server does not serve that resource. */
  readonly kind: KindInfo | undefined;
}

const pattern = /^\/(?:api|apis\/([^/]+))\/([^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?$/;

/** Reads a path; `undefined` for one that is none of a resource. A namespace itself counts as inside itself, as RBAC sees it. */
export const parseResourceUrl = (pathname: string): ResourceUrl | undefined => {
  const one = /^\/api\/v1\/namespaces\/([^/]+)$/.exec(pathname);
  if (one !== null) {
    const name = decodeURIComponent(one[1] ?? '');
    return { group: '', resource: 'namespaces', namespace: name, name, kind: kindAt('v1', 'namespaces') };
  }
  const match = pattern.exec(pathname);
  if (match === null) return undefined;
  const [, group = '', version = '', namespace = '', resource = '', name = ''] = match.map(
    (part: string | undefined) => (part === undefined ? '' : decodeURIComponent(part)),
  );
  const apiVersion = group === '' ? version : `${group}/${version}`;
  return { group, resource, namespace, name, kind: kindAt(apiVersion, resource) };
};

const kindAt = (apiVersion: string, plural: string): KindInfo | undefined =>
  kinds.find((kind) => kind.apiVersion === apiVersion && kind.plural === plural);
