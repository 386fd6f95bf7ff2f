import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runAction } from './action-run.js';
import { GatewayWorld } from './gateway-world.js';
import { options } from './options.js';

let world: GatewayWorld;

beforeEach(async () => {
  world = new GatewayWorld();
  await world.start();
  await world.bringUp();
});

afterEach(() => world.stop());

const filter = '-P INPUT DROP\n-P FORWARD DROP\n-P OUTPUT DROP\n-A INPUT -i lo -j ACCEPT\n';
const jumps = ['INPUT -j VPN-IN', 'FORWARD -j VPN-THROUGH', 'OUTPUT -j VPN-OUT', 'POSTROUTING -j VPN-OUT'];
const chains = ['VPN-IN -i lo -j RETURN', 'VPN-IN -j DROP', 'VPN-THROUGH -j DROP', 'VPN-OUT -j DROP'];
const guard = [...jumps, ...chains].map((rule) => `-A ${rule}\n`).join('');
type Answers = Readonly<Record<string, { exitCode: number; stdout?: string; stderr?: string }>>;
const tight: Answers = {
  'iptables -S': { exitCode: 0, stdout: filter },
  'ip6tables -S': { exitCode: 0, stdout: filter },
  'iptables -t mangle -S': { exitCode: 0, stdout: guard },
  'ip6tables -t mangle -S': { exitCode: 0, stdout: guard },
  'ip -4 route get 1.1.1.1': { exitCode: 0, stdout: '1.1.1.1 dev tun0 table 51820 src 10.2.0.2 uid 0\n' },
  'ip -6 route get 2606:4700:4700::1111': { exitCode: 2, stderr: 'RTNETLINK answers: Network unreachable' },
  'ping -q -c 2 -W 2 -I tun0 1.1.1.1': { exitCode: 0 },
  'ping -q -c 2 -W 2 -I eth0 1.1.1.1': { exitCode: 1 },
};
const answering = (changes: Answers = {}) => {
  const answers: Answers = { ...tight, ...changes };
  world.exec = (words) => answers[words.join(' ')] ?? { exitCode: 127, stderr: 'not found' };
};
const verdicts = (results: Readonly<Record<string, string>>) =>
  Object.entries(results).filter(([, text]) => !text.endsWith(', pass'));

test('a tight pod: a verdict for each layer', async () => {
  answering();
  const { results, log } = await runAction(world, 'verify');
  expect(Object.keys(results)).toEqual([
    ...['filter-ipv4', 'guard-ipv4', 'route-ipv4', 'filter-ipv6', 'guard-ipv6', 'route-ipv6'],
    ...['tunnel', 'beside', 'policy', 'control-server'],
  ]);
  // Nothing answers on the loopback of this world, and that is a doubt.
  expect(verdicts(results)).toEqual([['control-server', 'needs a key, FAIL: no answer']]);
  expect(log).toHaveLength(2);
});

test('a tight pod whose control server asks for a key: every line passes', async () => {
  answering();
  await world.answer(8000, { status: 401, body: 'Unauthorized' });
  const { results, failure } = await runAction(world, 'verify');
  expect(verdicts(results)).toEqual([]);
  expect(failure).toBeUndefined();
});

test('asks the hosts that the probe of the tunnel asks', async () => {
  world.config = options({ 'custom-overrides': '{"HEALTH_ICMP_TARGET_IPS": "9.9.9.9"}' });
  const asked: string[] = [];
  world.exec = (words) => {
    asked.push(words.join(' '));
    return { exitCode: 1 };
  };
  await runAction(world, 'verify');
  expect(asked.filter((line) => line.startsWith('ping'))).toEqual([
    'ping -q -c 2 -W 2 -I tun0 9.9.9.9',
    'ping -q -c 2 -W 2 -I eth0 9.9.9.9',
  ]);
});

describe('E14: any doubt is a failure', () => {
  test.each<[string, string, Answers]>([
    [
      'an open policy',
      'filter-ipv4',
      { 'iptables -S': { exitCode: 0, stdout: filter.replace('OUTPUT DROP', 'OUTPUT ACCEPT') } },
    ],
    ['rules that cannot be read', 'filter-ipv6', { 'ip6tables -S': { exitCode: 4, stderr: 'Permission denied' } }],
    ['no guard', 'guard-ipv4', { 'iptables -t mangle -S': { exitCode: 0, stdout: '-P INPUT ACCEPT\n' } }],
    [
      'a rule before the guard',
      'guard-ipv4',
      { 'iptables -t mangle -S': { exitCode: 0, stdout: `-A OUTPUT -j ACCEPT\n${guard}` } },
    ],
    [
      'a guard that ends open',
      'guard-ipv6',
      { 'ip6tables -t mangle -S': { exitCode: 0, stdout: guard.replace('VPN-OUT -j DROP', 'VPN-OUT -j RETURN') } },
    ],
    [
      'another route',
      'route-ipv4',
      { 'ip -4 route get 1.1.1.1': { exitCode: 0, stdout: '1.1.1.1 via 10.1.0.1 dev eth0 src 10.1.0.9\n' } },
    ],
    [
      'an IPv6 route',
      'route-ipv6',
      {
        'ip -6 route get 2606:4700:4700::1111': { exitCode: 0, stdout: '2606:4700:4700::1111 via fe80::1 dev eth0\n' },
      },
    ],
    ['an answer beside the tunnel', 'beside', { 'ping -q -c 2 -W 2 -I eth0 1.1.1.1': { exitCode: 0 } }],
    ['no ping program', 'beside', { 'ping -q -c 2 -W 2 -I eth0 1.1.1.1': { exitCode: 127, stderr: 'not found' } }],
    [
      'a tunnel that does not answer: the other try says nothing',
      'beside',
      { 'ping -q -c 2 -W 2 -I tun0 1.1.1.1': { exitCode: 1 } },
    ],
  ])('%s', async (_case, line, changes) => {
    answering(changes);
    const { results, failure } = await runAction(world, 'verify');
    expect(results[line]).toContain('FAIL: ');
    expect(failure).toContain(`${line}: `);
  });

  test('no NetworkPolicy', async () => {
    answering();
    await world.kube.delete({ apiVersion: '', kind: 'NetworkPolicy', name: 'gluetun-vpn-gateway' });
    expect((await runAction(world, 'verify')).failure).toContain('there is no such NetworkPolicy');
  });

  test('a container that does not answer', async () => {
    await world.pebble.stop();
    expect((await runAction(world, 'verify')).failure).toBe('Pebble in the container gluetun does not answer');
  });
});
