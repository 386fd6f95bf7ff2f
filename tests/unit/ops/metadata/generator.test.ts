import { describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCharmYaml } from '../../../../lib/ops/src/cli/charm-yaml.js';
import { firstDifference } from '../../../../scripts/gen/first-difference.js';
import { metadata, metadataModule } from '../../../../scripts/gen/metadata.js';

const full = {
  metadata: `
name: hello-k8s
summary: not needed
containers:
  hello: { resource: hello-image, mounts: [{ storage: data, location: /data }] }
  side-car:
resources:
  hello-image: { type: oci-image, description: an image, upstream-source: docker.io/hello:1 }
  map: { type: file, filename: map.txt }
provides:
  website: { interface: http }
requires:
  vpn-gateway: { interface: vpn-gateway, limit: 1, optional: true }
peers:
  hello-peers: { interface: hello-peers }
storage:
  data: { type: filesystem }
`,
  config: `
options:
  port: { type: int, default: 8080, description: x }
  empty: { type: string, default: "" }
  motto: { type: string }
  unset: { type: string, default: null }
  key: { type: secret }
  ratio: { type: float, default: 0.5 }
  loud: { type: boolean, default: false }
`,
  actions: `
greet:
  description: x
  params:
    name: { type: string, default: you }
    often: { type: integer }
verify-vpn:
`,
};

describe('metadata from YAML', () => {
  test('has names and types, and nothing else', () => {
    expect(readCharmYaml(full)).toEqual({
      name: 'hello-k8s',
      containers: {
        hello: { resource: 'hello-image', mounts: [{ storage: 'data', location: '/data' }] },
        'side-car': {},
      },
      provides: { website: { interface: 'http' } },
      requires: { 'vpn-gateway': { interface: 'vpn-gateway', limit: 1, optional: true } },
      peers: { 'hello-peers': { interface: 'hello-peers' } },
      options: {
        port: { type: 'int', default: 8080 },
        empty: { type: 'string', default: '' },
        motto: { type: 'string' },
        unset: { type: 'string' },
        key: { type: 'secret' },
        ratio: { type: 'float', default: 0.5 },
        loud: { type: 'boolean', default: false },
      },
      actions: {
        greet: { params: { name: { type: 'string', default: 'you' }, often: { type: 'integer' } } },
        'verify-vpn': { params: {} },
      },
      storage: { data: { type: 'filesystem' } },
      resources: {
        'hello-image': { type: 'oci-image', upstreamSource: 'docker.io/hello:1' },
        map: { type: 'file' },
      },
    });
  });

  test('needs a name only; files may be missing or hold nothing but comments', () => {
    expect(readCharmYaml({ metadata: 'name: x', config: '# none\n', actions: undefined })).toMatchObject({
      name: 'x',
      options: {},
      actions: {},
      requires: {},
    });
  });

  test.each([
    [{ metadata: 'summary: x' }, 'metadata.yaml: name: not a text'],
    [{ metadata: 'name: x\nrequires: { db: {} }' }, 'requires.db.interface: not a text'],
    [{ metadata: 'name: x\nrequires: [db]' }, 'metadata.yaml: requires: not a mapping'],
    [{ metadata: 'name: x\ncontainers: { a: { mounts: /data } }' }, 'containers.a.mounts: not a list'],
    [{ metadata: 'name: x\ncontainers: { a: { mounts: [{ storage: b }] } }' }, 'a.mounts[0].location: not a text'],
    [{ config: 'options: { a: { type: integer } }' }, 'options.a.type: integer is not one of string, secret, int'],
    [{ config: 'options: { a: { type: int, default: "1" } }' }, 'options.a.default: not of type int'],
    [{ config: 'options: { a: { type: boolean, default: yes } }' }, 'options.a.default: not of type boolean'],
  ])('%j is refused with its place', (wrong, message) => {
    expect(() => readCharmYaml({ ...full, ...wrong })).toThrow(message);
  });

  test('becomes a module that says that it is generated', async () => {
    const module = await metadataModule(readCharmYaml(full));
    expect(module).toMatch(/^\/\/ Generated from .* do not edit\.\n/);
    expect(module).toContain("port: { type: 'int', default: 8080 }");
    expect(module).toContain('} as const satisfies CharmMetadata;');
  });

  test('is made for the root charm and every charm in charms/', async () => {
    const root = await mkdtemp(join(tmpdir(), 'gen-'));
    try {
      await mkdir(join(root, 'charms', 'b'), { recursive: true });
      await mkdir(join(root, 'charms', 'a'));
      await mkdir(join(root, 'charms', 'no-charm'));
      for (const folder of ['.', 'charms/a', 'charms/b'])
        await writeFile(join(root, folder, 'metadata.yaml'), 'name: x\n');
      expect((await metadata(root)).map(({ path }) => path)).toEqual([
        'src/generated/metadata.ts',
        'charms/a/src/generated/metadata.ts',
        'charms/b/src/generated/metadata.ts',
      ]);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});

test('what is committed for the charms here is up to date', async () => {
  const files = await metadata();
  expect(files.length).toBeGreaterThanOrEqual(2);
  for (const { path, content } of files) expect(await readFile(path, 'utf8')).toBe(content);
});

test.each([
  ['a\nb', 'a\nb', ''],
  ['a\nb\n', 'a\nc\n', 'line 2:\n- b\n+ c'],
  ['a', 'a\nb', 'line 2:\n+ b'],
  ['a\nb', 'a', 'line 2:\n- b'],
  [`${'x'.repeat(500)}old`, `${'x'.repeat(500)}new`, `line 1:\n- …${'x'.repeat(50)}old\n+ …${'x'.repeat(50)}new`],
])('a stale file is told by its first line that differs: %j, %j', (present, wanted, expected) => {
  expect(firstDifference(present, wanted)).toBe(expected);
});
