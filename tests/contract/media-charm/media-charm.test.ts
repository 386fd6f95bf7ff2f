import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  Cluster,
  type ContainerState,
  Context,
  type InProcessCharm,
  type Outcome,
  relation,
  secret,
  state,
  type State,
} from '@charm-ts/testing';
import { encodeProviderData } from '@charm-ts/vpn-gateway';
import { ProwlarrCharm } from '../../../charms/prowlarr-k8s/src/charm.js';
import { QbittorrentCharm } from '../../../charms/qbittorrent-k8s/src/charm.js';
import { SabnzbdCharm } from '../../../charms/sabnzbd-k8s/src/charm.js';
import { gatewayData } from '../../unit/vpn-gateway/fakes/gateway-data.js';

// The first hook that reaches Kubernetes loads its client, which takes seconds on a busy machine.
jest.setTimeout(60_000);

let cluster: Cluster;
let sabnzbd: Context;
beforeAll(async () => {
  cluster = await Cluster.start();
  sabnzbd = new Context(SabnzbdCharm, { cluster });
});
afterAll(() => cluster.close());

const ini = '/config/sabnzbd.ini';
const container = { canConnect: true, files: { '/build_version': 'Linuxserver.io version: 4.5.5-ls240\n' } };
type Containers = { readonly sabnzbd: ContainerState };

/** SABnzbd without a VPN: what the tests are about does not depend on one. */
const before = (given: Partial<State<Containers>> = {}): State<Containers> =>
  state({ leader: true, config: { 'unsafe-mode': true }, containers: { sabnzbd: container }, ...given });

const services = ({ journal }: Outcome<Containers>): readonly string[] =>
  journal.filter(({ kind }) => kind === 'pebble-service').map(({ detail }) => detail.replace(/^\S+: /, ''));
const withFile = (from: State<Containers>, text: string): State<Containers> => ({
  ...from,
  containers: { sabnzbd: { ...from.containers.sabnzbd, files: { ...from.containers.sabnzbd.files, [ini]: text } } },
});

/** SABnzbd, installed and running, as the next hook finds it. */
const running = async (): Promise<Outcome<Containers>> => sabnzbd.run((on) => on.configChanged(), before());

describe('an installation', () => {
  test('gets credentials in a secret, a settings file of the user’s, a version and a running service', async () => {
    const out = await running();
    const [made] = out.secrets;
    expect(made).toMatchObject({ owner: 'application', label: 'credentials', rotation: 'never' });
    expect(out.containers.sabnzbd.read(ini)).toContain(`api_key = ${made?.content['api-key'] ?? '?'}\n`);
    expect(out.containers.sabnzbd.mode(ini)).toBe(0o600);
    expect(out.workloadVersion).toBe('4.5.5');
    expect(out.containers.sabnzbd.services).toEqual({ sabnzbd: 'active' });
    expect(out.ports).toEqual(['8080/tcp']);
  });

  test('keeps its credentials off every command line', async () => {
    const out = await running();
    const said = JSON.stringify(out.hookTools);
    for (const value of Object.values(out.secrets[0]?.content ?? {})) {
      if (value.length > 8) expect(said).not.toContain(value);
    }
  });

  test('of a unit that does not lead waits for the leader’s credentials', async () => {
    const out = await sabnzbd.run((on) => on.configChanged(), before({ leader: false }));
    expect(out.containers.sabnzbd.services).toEqual({});
    expect(out.unitStatus).toEqual({ name: 'waiting', message: 'waiting for the leader to make the credentials' });
  });

  test('of a second unit uses the same credentials', async () => {
    const { secrets } = await running();
    const out = await sabnzbd.run((on) => on.configChanged(), before({ leader: false, secrets }));
    expect(out.containers.sabnzbd.read(ini)).toContain(`api_key = ${secrets[0]?.content['api-key'] ?? '?'}\n`);
  });

  test('uses the media storage when there is one', async () => {
    const out = await sabnzbd.run((on) => on.configChanged(), before({ storage: ['media'] }));
    expect(out.containers.sabnzbd.read(ini)).toContain('complete_dir = /media/usenet/complete\n');
    expect(out.containers.sabnzbd.plan.services['sabnzbd']?.command).toContain('chown 1000:1000 /media');
  });
});

describe('a running application', () => {
  test('is left alone when nothing has changed', async () => {
    const out = await sabnzbd.run((on) => on.updateStatus(), (await running()).state);
    expect(services(out)).toEqual([]);
    expect(out.hookTools.map(({ tool }) => tool).filter((tool) => /-(set|add)$/.test(tool))).toEqual([]);
  });

  test('keeps what its user has set, without a restart', async () => {
    const first = await running();
    const text = `${first.containers.sabnzbd.read(ini) ?? ''}language = de\n[servers]\n[[news]]\npassword = paid\n`;
    const out = await sabnzbd.run((on) => on.updateStatus(), withFile(first.state, text));
    expect(out.containers.sabnzbd.read(ini)).toBe(text);
    expect(services(out)).toEqual([]);
  });

  test('is stopped, edited and started when its key was changed behind the charm', async () => {
    const first = await running();
    const good = first.containers.sabnzbd.read(ini) ?? '';
    const out = await sabnzbd.run(
      (on) => on.updateStatus(),
      withFile(first.state, good.replace(/api_key = .*/, 'api_key = other')),
    );
    expect(out.containers.sabnzbd.read(ini)).toBe(good);
    expect(services(out)).toEqual(['sabnzbd inactive', 'sabnzbd active']);
  });
});

describe('credentials', () => {
  test('are renewed by the action, which names the secret and restarts the application', async () => {
    const first = await running();
    const out = await sabnzbd.run((on) => on.action('rotate-credentials'), first.state);
    expect(out.action).toMatchObject({ status: 'completed', results: { secret: first.secrets[0]?.id } });
    expect(out.secrets[0]?.content['api-key']).not.toBe(first.secrets[0]?.content['api-key']);
    expect(out.containers.sabnzbd.read(ini)).toContain(`api_key = ${out.secrets[0]?.content['api-key'] ?? '?'}\n`);
    expect(services(out)).toEqual(['sabnzbd inactive', 'sabnzbd active']);
    expect(JSON.stringify(out.action)).not.toContain(out.secrets[0]?.content['password'] ?? '?');
  });

  test('are not for a unit that does not lead to renew', async () => {
    const first = await running();
    const out = await sabnzbd.run((on) => on.action('rotate-credentials'), { ...first.state, leader: false });
    expect(out.action).toMatchObject({
      status: 'failed',
      message: 'only the leader can: juju run sabnzbd/leader rotate-credentials',
    });
    expect(out.secrets).toEqual(first.secrets);
  });

  test('are renewed when Juju says that it is time', async () => {
    const first = await running();
    const [about] = first.secrets;
    if (about === undefined) throw new Error('no secret');
    const out = await sabnzbd.run((on) => on.secretRotate(about), first.state);
    expect(out.secrets[0]?.content).not.toEqual(about.content);
    expect(out.containers.sabnzbd.read(ini)).toContain(`api_key = ${out.secrets[0]?.content['api-key'] ?? '?'}\n`);
  });

  test('are renewed as often as the option says', async () => {
    const first = await running();
    const config = { 'unsafe-mode': true, 'credentials-rotation': 'monthly' };
    const out = await sabnzbd.run((on) => on.configChanged(), { ...first.state, config });
    expect(out.secrets[0]).toMatchObject({ rotation: 'monthly', content: first.secrets[0]?.content });
  });

  test('lose the revision that nobody reads any more', async () => {
    const owned = secret({ 'api-key': 'x' }, { owner: 'application', label: 'credentials' });
    const out = await sabnzbd.run((on) => on.secretRemove(owned, 1), before({ secrets: [owned] }));
    expect(out.hookTools).toContainEqual(
      expect.objectContaining({ tool: 'secret-remove', args: [owned.id, '--revision', '1'] }),
    );
  });
});

describe('unsafe-mode without a relation', () => {
  test.each<[string, InProcessCharm]>([
    ['sabnzbd', SabnzbdCharm],
    ['qbittorrent', QbittorrentCharm],
    ['prowlarr', ProwlarrCharm],
  ])('%s runs and says that it uses no VPN', async (app, charm) => {
    const out = await new Context(charm, { cluster }).run(
      (on) => on.configChanged(),
      state({ leader: true, config: { 'unsafe-mode': true }, containers: { [app]: { canConnect: true } } }),
    );
    expect(out.unitStatus).toEqual({ name: 'active', message: 'unsafe-mode: traffic does not use a VPN' });
    expect(out.containers[app]?.services).toEqual({ [app]: 'active' });
    expect(out.kubernetes.writes).toEqual([]);
  });
});

test('a wrong option is named and nothing is started', async () => {
  const config = { 'unsafe-mode': true, timezone: 'x y' };
  const out = await sabnzbd.run((on) => on.configChanged(), before({ config }));
  expect(out.unitStatus).toEqual({ name: 'blocked', message: 'timezone: "x y" is no name such as Europe/Zurich' });
  expect(out.containers.sabnzbd.services).toEqual({});
});

test('qBittorrent without a VPN is bound to no interface', async () => {
  const out = await new Context(QbittorrentCharm, { cluster }).run(
    (on) => on.configChanged(),
    state({ leader: true, config: { 'unsafe-mode': true }, containers: { qbittorrent: { canConnect: true } } }),
  );
  const text = out.containers.qbittorrent.read('/config/qBittorrent/qBittorrent.conf') ?? '';
  expect(text).toContain(`WebUI\\Password_PBKDF2="${out.secrets[0]?.content['password-hash'] ?? '?'}"`);
  expect(text).not.toContain('Session\\Interface');
});

test('Prowlarr’s settings file is left alone when it is damaged, and the status says which one', async () => {
  const files = { '/config/config.xml': '<Config><Port>' };
  const out = await new Context(ProwlarrCharm, { cluster }).run(
    (on) => on.configChanged(),
    state({ leader: true, config: { 'unsafe-mode': true }, containers: { prowlarr: { canConnect: true, files } } }),
  );
  expect(out.containers.prowlarr.read('/config/config.xml')).toBe('<Config><Port>');
  expect(out.containers.prowlarr.services).toEqual({});
  expect(out.unitStatus).toEqual({
    name: 'blocked',
    message: '/config/config.xml: it is not an XML document with the root <Config>; mend or remove it',
  });
});

test('whom the operator names besides the VPN reaches the pod’s firewall, and nobody public does', async () => {
  const vpn = relation('vpn-gateway', { remoteApp: 'gluetun', remoteAppData: encodeProviderData(gatewayData()) });
  const run = async (peers: string): Promise<Outcome<Containers>> =>
    sabnzbd.run((on) => on.relationChanged(vpn), before({ config: { 'extra-peers': peers }, relations: [vpn] }));
  const named = await run('192.168.7.40:32400');
  expect(JSON.stringify(named.kubernetes.objects)).toContain('EXTRA_PEERS=192.168.7.40/32:tcp:32400');
  const refused = await run('1.1.1.1');
  expect(refused.unitStatus).toEqual({
    name: 'blocked',
    message: 'extra-peers: "1.1.1.1" is public and not known as a range of this cluster',
  });
});
