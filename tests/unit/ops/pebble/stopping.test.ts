import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Container, PebbleChangeError, PebbleClient, type Change, type WaitOptions } from '@charm-ts/ops';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Notes how long it is told to wait. */
class NotingClient extends PebbleClient {
  readonly patience: (number | undefined)[] = [];

  override waitChange(id: string, options?: WaitOptions): Promise<Change> {
    this.patience.push(options?.timeoutMs);
    return super.waitChange(id, options);
  }
}

const stop = (status: string, log: readonly string[] = []): object => ({
  id: '7',
  kind: 'stop',
  status,
  ready: status !== 'Doing',
  ...(status === 'Error' ? { err: 'cannot perform the following tasks' } : {}),
  tasks: [{ id: '1', kind: 'stop', summary: 'Stop service "app"', status, log }],
});
const check = {
  id: '3',
  kind: 'perform-check',
  status: 'Doing',
  tasks: [{ id: '2', kind: 'perform-check', status: 'Doing' }],
};

describe('Container.stop', () => {
  let folder: string;
  let server: Server;
  let client: NotingClient;
  let container: Container;
  let asked: string[];
  /** What Pebble says, by the beginning of the request. */
  let answers: Record<string, unknown>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pebble-'));
    asked = [];
    answers = {
      'GET /v1/services': [{ name: 'app', startup: 'enabled', current: 'active' }],
      'GET /v1/plan': 'services:\n  app:\n    override: replace\n    command: app\n    kill-delay: 45s\n',
      'GET /v1/changes?': [],
      'GET /v1/changes/7/wait': stop('Done'),
    };
    server = createServer((request, response) => {
      const line = `${request.method ?? ''} ${request.url ?? ''}`;
      asked.push(line.split('?')[0] ?? '');
      const [, result] = Object.entries(answers).find(([beginning]) => line.startsWith(beginning)) ?? [];
      response.end(JSON.stringify(request.method === 'POST' ? { change: '7' } : { result }));
    });
    const socketPath = join(folder, 's');
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    client = new NotingClient({ socketPath });
    container = new Container('app', client);
  });

  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  test('waits longer than the service may take to end', async () => {
    await container.stop('app');
    await container.restart('app');
    expect(client.patience).toEqual([55_000, 55_000]);
  });

  test('so does the restart of a service whose configuration has changed', async () => {
    const services = { app: { override: 'replace', command: 'app', startup: 'disabled', 'kill-delay': '5s' } } as const;
    await container.apply({ label: 'app', services });
    expect(client.patience).toEqual([55_000]);
  });

  test('waits for the end that an earlier hook has asked for, which Pebble shows as inactive already', async () => {
    answers['GET /v1/services'] = [{ name: 'app', startup: 'enabled', current: 'inactive' }];
    answers['GET /v1/changes?'] = [check, stop('Doing')];
    await container.stop('app');
    expect(asked).toEqual(['GET /v1/changes', 'GET /v1/plan', 'GET /v1/changes/7/wait', 'GET /v1/services']);
  });

  test('fails when that end fails', async () => {
    answers['GET /v1/services'] = [{ name: 'app', startup: 'enabled', current: 'inactive' }];
    answers['GET /v1/changes?'] = [stop('Doing')];
    const log = ['T ERROR cannot stop service: process still running after SIGTERM and SIGKILL'];
    answers['GET /v1/changes/7/wait'] = stop('Error', log);
    const failure = await container.stop('app').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PebbleChangeError);
    expect(failure).toMatchObject({ reason: 'cannot stop service: process still running after SIGTERM and SIGKILL' });
  });
});
