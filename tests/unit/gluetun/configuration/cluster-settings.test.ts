import { describe, expect, test } from '@jest/globals';
import { type ClusterFacts, unknownCluster } from '@charm-ts/vpn-gateway';
import { readClusterSettings } from '../../../../src/configuration/cluster-settings.js';
import { describeFaults } from '../../../../src/configuration/fault.js';
import type { Options } from '../../../../src/configuration/options.js';
import { defaults } from '../options.js';

const facts: ClusterFacts = {
  ...unknownCluster,
  nodes: ['192.168.7.9'],
  podCidrs: ['10.1.0.0/16'],
  serviceCidrs: ['10.152.183.0/24'],
};

const read = (changes: Partial<Options>, cluster: ClusterFacts | undefined, legacyClients = false) => {
  const { faults, cluster: settings } = readClusterSettings({ ...defaults, ...changes }, cluster, legacyClients);
  return { text: describeFaults(faults), cidrs: settings?.clusterCidrs.map(({ text }) => text) };
};

describe('B13: empty cluster-cidrs', () => {
  test('are those of the cluster', () => {
    expect(read({}, facts)).toEqual({ text: '', cidrs: ['10.1.0.0/16', '10.152.183.0/24'] });
  });

  test('have the nodes, too, for clients whose kill switch knows nothing else', () => {
    expect(read({}, facts, true).cidrs).toContain('192.168.7.9/32');
  });

  test.each<[string, Partial<ClusterFacts>, string]>([
    [
      'no pod range',
      { podCidrs: [] },
      'set cluster-cidrs: the pod range of this cluster cannot be read (found services 10.152.183.0/24)',
    ],
    [
      'no service range',
      { serviceCidrs: [] },
      'set cluster-cidrs: the service range of this cluster cannot be read (found pods 10.1.0.0/16)',
    ],
    [
      'nothing',
      { podCidrs: [], serviceCidrs: [] },
      'set cluster-cidrs: the pod and service ranges of this cluster cannot be read',
    ],
    [
      'a pod outside',
      { strays: ['10.2.3.4'] },
      'set cluster-cidrs: this cluster uses 10.2.3.4 besides pods 10.1.0.0/16 and services 10.152.183.0/24',
    ],
    [
      'a range that the overlay has',
      { podCidrs: ['172.16.0.0/16'] },
      'vxlan-network: overlaps 172.16.0.0/16 of this cluster, choose another private network',
    ],
  ])('are asked for with %s', (_case, changes, text) => {
    expect(read({}, { ...facts, ...changes })).toEqual({ text, cidrs: undefined });
  });

  test('are no fault while nothing is known of the cluster', () => {
    expect(read({}, undefined)).toEqual({ text: '', cidrs: undefined });
  });

  test('may be public where the cluster says that they are its own', () => {
    expect(read({}, { ...facts, podCidrs: ['203.0.112.0/20'] }).cidrs).toContain('203.0.112.0/20');
  });
});

describe('A6, B12: cluster-cidrs that are given', () => {
  test.each<[string, string]>([
    ['8.8.8.0/24', 'cluster-cidrs: "8.8.8.0/24" is public and not known as a range of this cluster'],
    ['0.0.0.0/0', 'cluster-cidrs: "0.0.0.0/0" is wider than /8'],
    ['128.0.0.0/1', 'cluster-cidrs: "128.0.0.0/1" is wider than /8'],
    ['10.1.0.0/16,x', 'cluster-cidrs: "x" is not a prefix such as 10.1.0.0/16'],
    ['172.16.0.0/24', 'cluster-cidrs: "172.16.0.0/24" overlaps the overlay network 172.16.0.0/24'],
  ])('%s is refused', (option, text) => {
    expect(read({ 'cluster-cidrs': option }, facts).text).toBe(text);
  });

  test('win over those of the cluster, tidied', () => {
    expect(read({ 'cluster-cidrs': ' 10.9.1.2/16 , 10.9.0.0/16,' }, facts)).toEqual({
      text: '',
      cidrs: ['10.9.0.0/16'],
    });
  });
});
