import { describe, expect, test } from '@jest/globals';
import { type Databag, HookToolError, RelationDataAccessError, UnknownNameError } from '@charm-ts/ops';
import { fails } from '../fake-hook-tools.js';
import { type HelloCharm, reconcile, relationEnvironment } from '../hello-charm.js';

const related = {
  'relation-ids vpn-gateway': ['vpn-gateway:9', 'vpn-gateway:7'],
  'relation-list --format=json -r vpn-gateway:7': ['gluetun/0', 'gluetun/1'],
  'relation-list --format=json -r vpn-gateway:9': [],
  'relation-list --format=json --app -r vpn-gateway:9': 'other-vpn',
  'relation-ids hello-peers': ['hello-peers:1'],
  'relation-list --format=json -r hello-peers:1': ['hello/1'],
  'relation-get': { config: 'x' },
};

const first = async (charm: HelloCharm, endpoint: 'vpn-gateway' | 'hello-peers' = 'vpn-gateway') => {
  const [relation] = await charm.model.relations(endpoint);
  if (relation === undefined) throw new Error('no relation');
  return relation;
};

const relationCalls = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith('relation-'));

describe('relations of an endpoint', () => {
  test('have identifier, application and units, in the order of identifiers', async () => {
    const { result, tools } = await reconcile((charm) => charm.model.relations('vpn-gateway'), related);
    expect(result).toMatchObject([
      {
        id: 7,
        endpoint: 'vpn-gateway',
        app: { name: 'gluetun' },
        units: [{ name: 'gluetun/0', app: { name: 'gluetun' } }, { name: 'gluetun/1' }],
      },
      { id: 9, endpoint: 'vpn-gateway', app: { name: 'other-vpn' }, units: [] },
    ]);
    expect(relationCalls(tools.lines)).toEqual([
      'relation-ids vpn-gateway --format=json',
      'relation-list --format=json -r vpn-gateway:7',
      'relation-list --format=json -r vpn-gateway:9',
      'relation-list --format=json --app -r vpn-gateway:9',
    ]);
  });

  test('are asked for once', async () => {
    const { result, tools } = await reconcile(
      async ({ model }) => (await model.relations('vpn-gateway')) === (await model.relations('vpn-gateway')),
      { 'relation-ids': [] },
    );
    expect(result).toBe(true);
    expect(relationCalls(tools.lines)).toHaveLength(1);
  });

  test('do not have the one that is being broken', async () => {
    const { result } = await reconcile(
      (charm) => charm.model.relations('vpn-gateway'),
      related,
      relationEnvironment('broken'),
    );
    expect(result.map(({ id }) => id)).toEqual([9]);
  });

  test('do not have one that Juju has forgotten meanwhile, in the words of either version', async () => {
    for (const words of ['relation not found', 'permission denied']) {
      const { result } = await reconcile((charm) => charm.model.relations('vpn-gateway'), {
        ...related,
        'relation-list --format=json -r vpn-gateway:7': fails(words),
      });
      expect(result.map(({ id }) => id)).toEqual([9]);
    }
  });

  test('take the application of an empty relation from the event where it is the event’s', async () => {
    const { result, tools } = await reconcile(
      (charm) => charm.model.relations('vpn-gateway'),
      { 'relation-ids': ['vpn-gateway:7'], 'relation-list': [] },
      relationEnvironment('created'),
    );
    expect(result[0]?.app).toEqual({ name: 'gluetun' });
    expect(tools.lines.filter((line) => line.includes('--app'))).toEqual([]);
  });

  test('leave out the unit that departs, whose databag can still be read', async () => {
    const { result } = await reconcile(
      async (charm) => {
        const relation = await first(charm);
        return {
          units: relation.units.map(({ name }) => name),
          data: await relation.data({ name: 'gluetun/1' }).read(),
        };
      },
      related,
      relationEnvironment('departed', { JUJU_REMOTE_UNIT: 'gluetun/1', JUJU_DEPARTING_UNIT: 'gluetun/1' }),
    );
    expect(result).toEqual({ units: ['gluetun/0'], data: { config: 'x' } });
  });

  test('of peers belong to the own application', async () => {
    const { result } = await reconcile((charm) => charm.model.relations('hello-peers'), related);
    expect(result).toMatchObject([{ id: 1, app: { name: 'hello' }, units: [{ name: 'hello/1' }] }]);
  });

  test('of an endpoint that is not in the metadata are an error', async () => {
    const read = reconcile(({ model }) => model.relations('vpn-gatewax' as 'vpn-gateway'));
    await expect(read).rejects.toBeInstanceOf(UnknownNameError);
    await expect(read).rejects.toThrow('it has website, vpn-gateway, hello-peers');
  });
});

describe('who may use a databag', () => {
  const refusals = async (leader: boolean, endpoint: 'vpn-gateway' | 'hello-peers', owner: string): Promise<string> => {
    const { result, tools } = await reconcile(
      async (charm) => {
        const relation = await first(charm, endpoint);
        const refused = async (use: (bag: Databag) => Promise<unknown>): Promise<string> => {
          try {
            await use(relation.data({ name: owner }));
            return 'yes';
          } catch (error) {
            if (error instanceof RelationDataAccessError) return 'no';
            throw error;
          }
        };
        const read = await refused((bag) => bag.read());
        const write = await refused((bag) => bag.update({ key: 'value' }));
        return `read ${read}, write ${write}`;
      },
      { ...related, 'is-leader': leader },
    );
    // What is refused never becomes a process.
    const used = relationCalls(tools.lines).filter((line) => /^relation-(get|set)/.test(line));
    const expected = [/read yes/, /write yes/].filter((allowed) => allowed.test(result)).length;
    expect(used).toHaveLength(expected);
    return result;
  };

  type Row = [leader: boolean, endpoint: 'vpn-gateway' | 'hello-peers', owner: string, expected: string];

  test.each<Row>([
    [true, 'vpn-gateway', 'hello/0', 'read yes, write yes'],
    [false, 'vpn-gateway', 'hello/0', 'read yes, write yes'],
    [true, 'vpn-gateway', 'hello', 'read yes, write yes'],
    [false, 'vpn-gateway', 'hello', 'read no, write no'],
    [true, 'hello-peers', 'hello', 'read yes, write yes'],
    [false, 'hello-peers', 'hello', 'read yes, write no'],
    [true, 'vpn-gateway', 'gluetun', 'read yes, write no'],
    [true, 'vpn-gateway', 'gluetun/0', 'read yes, write no'],
    [false, 'hello-peers', 'hello/1', 'read yes, write no'],
    [true, 'vpn-gateway', 'stranger', 'read no, write no'],
    [true, 'vpn-gateway', 'gluetun/7', 'read no, write no'],
  ])('leader %s, %s, %s: %s', async (leader, endpoint, owner, expected) => {
    expect(await refusals(leader, endpoint, owner)).toBe(expected);
  });

  test('the error names relation and owner', async () => {
    const read = reconcile(async (charm) => (await first(charm)).data(charm.app).read(), {
      ...related,
      'is-leader': false,
    });
    await expect(read).rejects.toMatchObject({ endpoint: 'vpn-gateway', relationId: 7, owner: 'hello' });
    await expect(read).rejects.toThrow('databag of hello in relation vpn-gateway:7: only the leader');
  });

  test('leadership that is lost in mid-hook is the same error', async () => {
    const write = reconcile(async (charm) => (await first(charm)).data(charm.app).update({ a: '1' }), {
      ...related,
      'relation-set': fails('cannot write relation settings'),
    });
    await expect(write).rejects.toBeInstanceOf(RelationDataAccessError);
    await expect(write).rejects.toMatchObject({ cause: { code: 'not-leader' } });
  });
});

describe('Databag', () => {
  test('is read as a whole, once', async () => {
    const { result, tools } = await reconcile(async (charm) => {
      const relation = await first(charm);
      await relation.data({ name: 'gluetun' }).read();
      return relation.data({ name: 'gluetun' }).read();
    }, related);
    expect(result).toEqual({ config: 'x' });
    expect(tools.lines.filter((line) => line.startsWith('relation-get'))).toEqual([
      'relation-get --format=json -r vpn-gateway:7 --app - gluetun',
    ]);
  });

  test('of a unit is asked for without --app', async () => {
    const { tools } = await reconcile(
      async (charm) => (await first(charm)).data({ name: 'gluetun/0' }).read(),
      related,
    );
    expect(tools.lines).toContain('relation-get --format=json -r vpn-gateway:7 - gluetun/0');
  });

  test('of a relation that is gone is empty', async () => {
    for (const words of ['relation not found', 'permission denied']) {
      const { result } = await reconcile(async (charm) => (await first(charm)).data({ name: 'gluetun' }).read(), {
        ...related,
        'relation-get': fails(words),
      });
      expect(result).toEqual({});
    }
  });

  test('any other failure is passed on', async () => {
    const read = reconcile(async (charm) => (await first(charm)).data({ name: 'gluetun' }).read(), {
      ...related,
      'relation-get': fails('connection is shut down'),
    });
    await expect(read).rejects.toBeInstanceOf(HookToolError);
  });

  test('an update writes only the difference, with one relation-set; texts go over standard input', async () => {
    const { result, tools } = await reconcile(
      async (charm) => {
        const bag = (await first(charm)).data(charm.app);
        const wrote = await bag.update({
          same: '1',
          changed: 'new',
          gone: undefined,
          empty: '',
          missing: undefined,
          added: 'ü\n',
        });
        return { wrote, after: await bag.read() };
      },
      { ...related, 'relation-get': { same: '1', changed: 'old', gone: 'x', empty: 'y', kept: 'k' } },
    );
    expect(result).toEqual({ wrote: true, after: { same: '1', changed: 'new', added: 'ü\n', kept: 'k' } });
    expect(tools.writes).toEqual([
      `relation-set -r vpn-gateway:7 --app --file - < ${JSON.stringify({ changed: 'new', gone: '', empty: '', added: 'ü\n' })}`,
    ]);
  });

  test('an update that changes nothing writes nothing', async () => {
    const { result, tools } = await reconcile(
      async (charm) => (await first(charm)).data(charm.unit).update({ config: 'x', absent: undefined }),
      related,
    );
    expect(result).toBe(false);
    expect(tools.writes).toEqual([]);
  });

  test('updates at the same time see each other', async () => {
    const { result, tools } = await reconcile(async (charm) => {
      const bag = (await first(charm)).data(charm.unit);
      return Promise.all([bag.update({ a: '1' }), bag.update({ a: '1', b: '2' }), bag.update({ b: '2' })]);
    }, related);
    expect(result).toEqual([true, true, false]);
    expect(tools.writes).toEqual([
      'relation-set -r vpn-gateway:7 --file - < {"a":"1"}',
      'relation-set -r vpn-gateway:7 --file - < {"b":"2"}',
    ]);
  });
});
