import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PodNetwork, PodNetworkError } from '@charm-ts/ops';

let root = '';
const servers: Server[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pod-'));
  await mkdir(join(root, 'proc/net'), { recursive: true });
  await mkdir(join(root, 'run/loopback'), { recursive: true });
});

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await rm(root, { recursive: true });
});

const serve = async (where: string | number, listener: RequestListener): Promise<Server> => {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => {
    if (typeof where === 'number') server.listen(where, '127.0.0.1', resolve);
    else server.listen(where, resolve);
  });
  return server;
};

describe('PodNetwork', () => {
  test('reads the routes under the root', async () => {
    await writeFile(join(root, 'proc/net/route'), 'Iface\tDestination\n');
    await writeFile(join(root, 'proc/net/ipv6_route'), '0000 00\n');
    const network = new PodNetwork(root);
    expect(await network.routes()).toBe('Iface\tDestination\n');
    expect(await network.ipv6Routes()).toBe('0000 00\n');
  });

  test('a kernel without IPv6 has no IPv6 routes; one without IPv4 routes is an error', async () => {
    const network = new PodNetwork(root);
    expect(await network.ipv6Routes()).toBe('');
    await expect(network.routes()).rejects.toBeInstanceOf(PodNetworkError);
    await expect(network.routes()).rejects.toThrow('cannot read /proc/net/route');
  });

  test('IPv6 routes that cannot be read are an error and not "none"', async () => {
    await mkdir(join(root, 'proc/net/ipv6_route'));
    await expect(new PodNetwork(root).ipv6Routes()).rejects.toBeInstanceOf(PodNetworkError);
  });

  test('gets a page over the socket of a sandbox pod', async () => {
    await serve(join(root, 'run/loopback/14791.sock'), ({ url }, response) => {
      response.writeHead(503).end(`route: ${url ?? ''}`);
    });
    expect(await new PodNetwork(root).httpGet(14_791, '/verdict?x=1', 1_000)).toEqual({
      status: 503,
      body: 'route: /verdict?x=1',
    });
  });

  test('gets a page over 127.0.0.1 in production', async () => {
    const address = (await serve(0, (_request, response) => response.end('ok'))).address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    expect(await new PodNetwork('').httpGet(address.port, '/', 1_000)).toEqual({ status: 200, body: 'ok' });
  });

  test('nobody there, or no answer in time, is an error', async () => {
    const network = new PodNetwork(root);
    await expect(network.httpGet(1, '/', 1_000)).rejects.toBeInstanceOf(PodNetworkError);
    await serve(join(root, 'run/loopback/2.sock'), () => undefined);
    await expect(network.httpGet(2, '/', 30)).rejects.toThrow('GET http://127.0.0.1:2/: no answer within 30 ms');
  });

  test('an answer without end is given up', async () => {
    await serve(join(root, 'run/loopback/3.sock'), (_request, response) => {
      response.end('x'.repeat(3_000_000));
    });
    await expect(new PodNetwork(root).httpGet(3, '/', 5_000)).rejects.toThrow('longer than');
  });

  test('gets a page of the world, in a sandbox over its socket', async () => {
    await serve(join(root, 'run/outside.sock'), ({ url, headers }, response) => {
      response.end(`${headers.host ?? ''} ${url ?? ''}`);
    });
    expect(await new PodNetwork(root).get('https://address.example/me?x=1', 1_000)).toEqual({
      status: 200,
      body: 'address.example /me?x=1',
    });
  });

  test('gets a page of the world in production; a redirect is an answer', async () => {
    const address = (
      await serve(0, (_request, response) => response.writeHead(302, { location: '/' }).end())
    ).address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    expect(await new PodNetwork('').get(`http://localhost:${address.port}/ip`, 1_000)).toMatchObject({ status: 302 });
    await expect(new PodNetwork('').get(`https://localhost:${address.port}/ip`, 1_000)).rejects.toThrow(
      `GET https://localhost:${address.port}/ip: `,
    );
  });

  test.each(['file:///etc/passwd', 'https://', 'address.example'])('%s is not asked', async (url) => {
    await expect(new PodNetwork('').get(url, 1_000)).rejects.toThrow('not an HTTP address');
  });
});
