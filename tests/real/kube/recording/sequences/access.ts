import { type ApiUser, contentTypes } from '../../api/api-request.js';
import { gatewayIntent, smallStatefulSet } from '../gluetun-objects.js';
import { apply, get, juju, patch, path, remove } from '../requests.js';
import type { Sequence } from '../sequence.js';

const target = path('StatefulSet', 'gluetun');
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'vpn-model' } };

const review = (user: ApiUser) => ({
  verb: 'POST' as const,
  path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
  contentType: contentTypes.json,
  body: {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { namespace: 'vpn-model', group: 'apps', resource: 'statefulsets', verb: 'patch' } },
  },
  user,
});

/** What Juju's two role sets allow: the service account `sabnzbd` is not trusted, `gluetun` is. */
export const accessSequences: readonly Sequence[] = [
  {
    name: 'access-untrusted',
    steps: [
      juju.create(path('StatefulSet'), smallStatefulSet()),
      get('/api/v1/namespaces/vpn-model', {}, 'untrusted'),
      get(path('Pod'), {}, 'untrusted'),
      get(target, {}, 'untrusted'),
      get(path('StatefulSet'), {}, 'untrusted'),
      get(path('ConfigMap', 'nosuch'), {}, 'untrusted'),
      get('/api/v1/nodes', {}, 'untrusted'),
      get('/api/v1/namespaces/kube-system/services/kube-dns', {}, 'untrusted'),
      apply(target, gatewayIntent, { user: 'untrusted' }),
      apply(path('ConfigMap', 'settings'), configMap, { user: 'untrusted' }),
      patch(target, 'strategic', { spec: { replicas: 1 } }, 'untrusted'),
      { ...juju.create(path('ConfigMap'), configMap), user: 'untrusted' },
      remove(path('NetworkPolicy', 'gluetun-vpn-gateway'), 'untrusted'),
      review('untrusted'),
    ],
  },
  {
    name: 'access-others',
    steps: [
      get('/api/v1/namespaces/vpn-model', {}, 'anonymous'),
      apply(target, gatewayIntent, { user: 'anonymous' }),
      get(target, {}, 'invalid-token'),
      review('trusted'),
    ],
  },
];
