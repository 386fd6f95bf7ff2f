import { describe, expect, test } from '@jest/globals';
import { describeRef, listPath, objectPath } from '../../../../lib/ops/src/kubernetes/resource-path.js';

describe('paths of the Kubernetes API', () => {
  test.each([
    ['apps/v1', 'StatefulSet', '/apis/apps/v1/namespaces/media/statefulsets/x'],
    ['v1', 'ConfigMap', '/api/v1/namespaces/media/configmaps/x'],
    ['v1', 'Pod', '/api/v1/namespaces/media/pods/x'],
    ['v1', 'Service', '/api/v1/namespaces/media/services/x'],
    ['v1', 'Endpoints', '/api/v1/namespaces/media/endpoints/x'],
    ['discovery.k8s.io/v1', 'EndpointSlice', '/apis/discovery.k8s.io/v1/namespaces/media/endpointslices/x'],
    ['networking.k8s.io/v1', 'NetworkPolicy', '/apis/networking.k8s.io/v1/namespaces/media/networkpolicies/x'],
    ['cilium.io/v2', 'CiliumNetworkPolicy', '/apis/cilium.io/v2/namespaces/media/ciliumnetworkpolicies/x'],
    ['networking.k8s.io/v1', 'ServiceCIDR', '/apis/networking.k8s.io/v1/servicecidrs/x'],
    ['v1', 'Node', '/api/v1/nodes/x'],
    ['v1', 'Namespace', '/api/v1/namespaces/x'],
    [
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/x',
    ],
  ])('%s %s', (apiVersion, kind, path) => {
    expect(objectPath({ apiVersion, kind, name: 'x' }, 'media')).toBe(path);
  });

  test('an own namespace goes before the default, and names cannot leave their place', () => {
    const ref = { apiVersion: 'v1', kind: 'Service', name: '../secrets/x', namespace: 'kube-system' };
    expect(objectPath(ref, 'media')).toBe('/api/v1/namespaces/kube-system/services/..%2Fsecrets%2Fx');
  });

  test('a list spans a namespace, or all of them', () => {
    const query = { apiVersion: 'v1', kind: 'Pod' };
    expect(listPath(query, 'media')).toBe('/api/v1/namespaces/media/pods');
    expect(listPath({ ...query, namespace: 'all' }, 'media')).toBe('/api/v1/pods');
    expect(listPath({ apiVersion: 'v1', kind: 'Node' }, 'media')).toBe('/api/v1/nodes');
  });

  test('names an unknown kind, and the known ones', () => {
    const unknown = { apiVersion: 'v1beta1', kind: 'Gadget', name: 'x' };
    expect(() => objectPath(unknown, 'media')).toThrow(/does not know the kind Gadget of v1beta1; it knows .*apps\/v1/);
  });

  test('describes an object for people', () => {
    expect(describeRef({ apiVersion: 'v1', kind: 'Pod', name: 'x' }, 'media')).toBe('Pod media/x');
    expect(describeRef({ apiVersion: 'v1', kind: 'Node', name: 'x' }, 'media')).toBe('Node x');
  });
});
