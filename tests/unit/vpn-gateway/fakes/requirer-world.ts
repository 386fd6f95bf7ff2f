import type { HookEvent } from '@charm-ts/ops';
import { encodeProviderData, type ProviderData, VpnGatewayRequirer } from '@charm-ts/vpn-gateway';
import { closedPod, FakeUnit } from './fake-charm.js';
import { gatewayData } from './gateway-data.js';

export const changed: HookEvent = {
  kind: 'relation-changed',
  endpoint: 'vpn-gateway',
  relationId: 3,
  remoteApp: 'gluetun',
};
export const broken: HookEvent = {
  kind: 'relation-broken',
  endpoint: 'vpn-gateway',
  relationId: 3,
  remoteApp: 'gluetun',
};
export const ready: HookEvent = { kind: 'pebble-ready', container: 'sabnzbd' };
export const start: HookEvent = { kind: 'start' };
export const checkFailed: HookEvent = { kind: 'pebble-check-failed', container: 'sabnzbd', check: 'vpn-route' };
/** A hook that has nothing to do with the VPN. */
export const secretChanged: HookEvent = { kind: 'secret-changed', secretId: 'x' };

/** The databag of a connected gateway, changed where a test needs it. */
export const data = (changes: Partial<ProviderData> = {}): Record<string, string> =>
  encodeProviderData(gatewayData(changes));

/** Reconciles once with the charm of the documentation; gives `<state> <status>: <message>`. */
export const run = async (
  unit: FakeUnit,
  event: HookEvent,
  unsafe = false,
  prepare: (vpn: VpnGatewayRequirer<typeof unit.metadata>) => void = () => undefined,
): Promise<string> => {
  const { result, status } = await unit.hook(event, (charm) => {
    const vpn = new VpnGatewayRequirer(charm, 'vpn-gateway', unit.options);
    prepare(vpn);
    return vpn.reconcile({
      unsafe,
      start: () => {
        unit.journal.push(`start after ${unit.kube.reads} reads`);
        unit.container.service = 'active';
        return Promise.resolve();
      },
      stop: () => {
        if (unit.container.service === 'active') unit.journal.push(`stop after ${unit.kube.writes.length} writes`);
        return unit.container.stop();
      },
    });
  });
  return `${result.state} ${status?.name ?? ''}: ${status?.message ?? ''}`;
};

/** What a unit says that runs through the tunnel. */
export const on = 'protected active: VPN on (185.213.154.66)';

/** A unit that has been through protection and runs. */
export const protectedUnit = async (): Promise<FakeUnit> => {
  const unit = new FakeUnit();
  unit.theirs = data();
  await run(unit, changed);
  unit.replacePod(closedPod());
  const result = await run(unit, ready);
  if (result !== on) throw new Error(`the unit did not come up: ${result}`);
  unit.journal.length = 0;
  unit.kube.writes.length = 0;
  unit.kube.reads = 0;
  return unit;
};
