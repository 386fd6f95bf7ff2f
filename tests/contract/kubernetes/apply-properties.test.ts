import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { kindOf } from '../../../lib/testing/src/kubernetes/objects/kinds.js';
import { ObjectStore, ObjectWriter } from '../../../lib/testing/src/kubernetes/index.js';
import type { JsonObject } from '../../../lib/testing/src/kubernetes/index.js';
import { jujuStatefulSet } from './juju-stateful-set.js';

const manager = 'gluetun-k8s';
const identity = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'gluetun', namespace: 'media' } };

const deploy = () => {
  const kind = kindOf('apps/v1', 'StatefulSet');
  if (kind === undefined) throw new Error('the kind is missing');
  const store = new ObjectStore();
  const writer = new ObjectWriter(store, () => new Date(0));
  const key = { kind, namespace: 'media', name: 'gluetun' };
  const { object } = writer.create(key, jujuStatefulSet() as unknown as JsonObject, { manager: 'juju' });
  const apply = (intent: JsonObject) => writer.apply(key, intent, { manager });
  return { original: object, apply };
};

const juju = { containers: ['charm', 'gluetun'], initContainers: ['charm-init'] } as const;
type ListName = keyof typeof juju;

/** A list's names in one order: own ones anywhere, Juju's (as many as the charm names) in Juju's order. */
const layout = (list: ListName) =>
  fc
    .tuple(fc.subarray([...juju[list]]), fc.subarray(['own-1', 'own-2', 'own-3'], { minLength: 1 }))
    .chain(([theirs, own]) => fc.shuffledSubarray([...theirs, ...own], { minLength: theirs.length + own.length }))
    .map((names) => {
      const theirs: string[] = juju[list].filter((name) => names.includes(name));
      return names.map((name) => (name.startsWith('own') ? name : (theirs.shift() ?? name)));
    });

const env = fc.uniqueArray(fc.record({ name: fc.constantFrom('A', 'B', 'C'), value: fc.string({ maxLength: 3 }) }), {
  selector: ({ name }) => name,
  maxLength: 3,
});

/** Items in the order of a layout: all of Juju's that it has, some of the own ones. */
const itemsOf = (names: readonly string[]) =>
  fc
    .tuple(
      ...names.map((name) => fc.record({ env, isThere: name.startsWith('own') ? fc.boolean() : fc.constant(true) })),
    )
    .map((choices) =>
      choices.flatMap(({ env: variables, isThere }, index) => {
        const name = names[index] ?? '';
        const image = name.startsWith('own') ? { image: 'own:1' } : {};
        return isThere ? [{ name, ...image, env: variables }] : [];
      }),
    );

/**
 * Intents of one charm, one after the other. They keep to one layout: an intent that names an item of Juju's after an own one that stands
 * behind it already would move Juju's item (the intent's order wins), which no charm may do.
 */
const sequences = fc.tuple(layout('containers'), layout('initContainers')).chain(([containers, initContainers]) =>
  fc.array(
    fc
      .record({
        containers: itemsOf(containers),
        initContainers: itemsOf(initContainers),
        volumes: fc.subarray(['v1', 'v2']),
        annotations: fc.dictionary(fc.constantFrom('a/x', 'a/y'), fc.string({ maxLength: 3 })),
      })
      .map(({ volumes, annotations, ...lists }) => ({
        ...identity,
        spec: {
          template: {
            metadata: { annotations },
            spec: { ...lists, volumes: volumes.map((name) => ({ name, emptyDir: {} })) },
          },
        },
      })),
    { minLength: 2, maxLength: 3 },
  ),
);

const podSpec = (object: JsonObject) =>
  (object.spec as { template: { spec: Record<'containers' | 'initContainers', { name: string }[]> } }).template.spec;
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
const jujuNames = (object: JsonObject) => {
  const { containers, initContainers } = podSpec(object);
  return [names(containers), names(initContainers)].map((list) => list.filter((name) => /charm|gluetun/.test(name)));
};

describe('server-side apply', () => {
  test('applied twice is applied once: version, generation and times stay', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const { apply } = deploy();
        for (const earlier of sequence) apply(earlier);
        const intent = sequence.at(-1) ?? identity;
        const { object } = apply(intent);
        expect(apply(intent)).toEqual({ object, created: false, changed: false });
      }),
      { numRuns: 30 },
    );
  });

  test('an empty intent gives the original back, whatever was applied before', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const { original, apply } = deploy();
        for (const intent of sequence) apply(intent);
        const { object } = apply(identity);
        expect(object.spec).toEqual(original.spec);
        expect((object.metadata as JsonObject).managedFields).toEqual((original.metadata as JsonObject).managedFields);
      }),
      { numRuns: 30 },
    );
  });

  test("Juju's items keep their order", () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const { original, apply } = deploy();
        for (const intent of sequence) {
          expect(jujuNames(apply(intent).object)).toEqual(jujuNames(original));
        }
      }),
      { numRuns: 30 },
    );
  });

  test('the last intent alone decides which items there are', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const { apply } = deploy();
        for (const earlier of sequence) apply(earlier);
        const last = sequence.at(-1) ?? identity;
        const { containers, initContainers } = podSpec(apply(last).object);
        const direct = podSpec(deploy().apply(last).object);
        const byName = (list: readonly { readonly name: string }[]) =>
          list.toSorted((left, right) => (left.name < right.name ? -1 : 1));
        const withSortedEnv = (list: readonly { readonly name: string }[]) =>
          byName(list).map((one) => ('env' in one ? { ...one, env: byName(one.env as { name: string }[]) } : one));
        expect(withSortedEnv(containers)).toEqual(withSortedEnv(direct.containers));
        expect(withSortedEnv(initContainers)).toEqual(withSortedEnv(direct.initContainers));
      }),
      { numRuns: 30 },
    );
  });
});
