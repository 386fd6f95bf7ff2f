import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Cluster, Sandbox } from '@charm-ts/testing';
import { StoringCharm } from './storing-charm.js';

jest.setTimeout(30_000);

let cluster: Cluster;
let sandbox: Sandbox;
const files = (unit: string, container = 'app') => sandbox.pod(unit).container(container).files;

beforeAll(async () => {
  cluster = await Cluster.start();
  sandbox = await Sandbox.create({ cluster, images: { 'docker.io/library/exporter:2': { '/etc/exporter': 'two' } } });
  await sandbox.deploy(StoringCharm, 'store', { units: 2 });
  await sandbox.settle();
});
afterAll(async () => {
  await sandbox.close();
  await cluster.close();
});

describe('the storage of a unit', () => {
  test('survives its pod, and nothing else does', async () => {
    files('store/0').write('/data/deep/kept', 'x', { mode: 0o600 });
    files('store/0').write('/srv/gone', 'y');
    sandbox.deletePod('store/0');
    await sandbox.settle();
    expect(sandbox.journal.of('pod-replaced', 'store/0')).toHaveLength(1);
    expect(files('store/0').entry('/data/deep/kept')).toMatchObject({ content: Buffer.from('x'), mode: 0o600 });
    expect(files('store/0').read('/srv/gone')).toBeUndefined();
  });

  test('is the same in each container that mounts it, and no other unit’s', () => {
    files('store/0').write('/data/kept', 'x');
    expect(files('store/0', 'exporter').read('/srv/data/kept')).toBe('x');
    expect(files('store/1').read('/data/kept')).toBeUndefined();
  });

  test('is a claim of the StatefulSet and a volume of the pod; an optional one is not there unless it was asked for', () => {
    const ref = { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'media', name: 'store' };
    expect(cluster.get(ref)).toMatchObject({
      spec: { volumeClaimTemplates: [{ metadata: { name: expect.stringMatching(/^store-data-/) } }] },
    });
    expect(cluster.get({ apiVersion: 'v1', kind: 'Pod', namespace: 'media', name: 'store-1' })).toMatchObject({
      spec: {
        volumes: [
          { name: 'charm-data' },
          { persistentVolumeClaim: { claimName: expect.stringMatching(/^store-data-.*-store-1$/) } },
        ],
      },
    });
    expect(files('store/0').paths()).not.toContain('/media');
  });
});

test('an image brings its files: what the sandbox was told of, and the version that LinuxServer writes', () => {
  expect(files('store/0').read('/build_version')).toBe('Linuxserver.io version: 4.5.5-ls240\n');
  expect(files('store/0', 'exporter').read('/etc/exporter')).toBe('two');
});

test('storage goes with the application', async () => {
  files('store/0').write('/data/kept', 'x');
  sandbox.removeApplication('store');
  await sandbox.settle();
  await sandbox.deploy(StoringCharm, 'store');
  await sandbox.settle();
  expect(files('store/0').paths()).toContain('/data');
  expect(files('store/0').read('/data/kept')).toBeUndefined();
});
