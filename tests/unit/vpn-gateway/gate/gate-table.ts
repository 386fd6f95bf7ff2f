import { WaitingStatus } from '@charm-ts/ops';
import type { Observed, ObservedGateway, ObservedObjects, ObservedPath } from '@charm-ts/vpn-gateway';

export const verified: ObservedPath = { kind: 'verified' };
export const refused: ObservedPath = { kind: 'refused', reason: 'overlay: no answer' };
export const connected: ObservedGateway = { kind: 'ok', connected: true, externalIp: '185.213.154.66' };
export const lost: ObservedGateway = { kind: 'ok', connected: false, externalIp: null };
export const empty: ObservedGateway = { kind: 'empty' };
export const invalid: ObservedGateway = { kind: 'invalid', faults: ['vxlan_id must be integer'] };
export const live: ObservedObjects = { kind: 'live' };
export const unchanged: ObservedObjects = { kind: 'unchanged' };
export const restarting: ObservedObjects = { kind: 'restarting' };
export const unknown: ObservedObjects = { kind: 'unknown' };
export const forbidden: ObservedObjects = { kind: 'refused', status: new WaitingStatus('no rights') };

export const rows: readonly (readonly [string, Partial<Observed>, string])[] = [
  [
    'no relation',
    { related: false },
    'no-relation stop blocked: integrate with a vpn-gateway (or set unsafe-mode=true)',
  ],
  [
    'no relation, unsafe',
    { related: false, unsafe: true },
    'no-relation start active: unsafe-mode: traffic does not use a VPN',
  ],
  [
    'unsafe, being taken down',
    { related: false, unsafe: true, objects: { kind: 'leaving' } },
    'no-relation stop waiting: VPN: opening the pod',
  ],
  [
    'unsafe, taken down',
    { related: false, unsafe: true, objects: { kind: 'gone' } },
    'no-relation start active: unsafe-mode: traffic does not use a VPN',
  ],
  [
    'unsafe, take-down refused',
    { related: false, unsafe: true, objects: forbidden },
    'no-relation stop waiting: no rights',
  ],
  [
    'no data yet',
    { gateway: empty, objects: unknown, path: refused },
    'no-data stop waiting: VPN: waiting for data of the gateway',
  ],
  [
    'no data yet, unsafe changes nothing',
    { unsafe: true, gateway: empty, objects: unknown, path: refused },
    'no-data stop waiting: VPN: waiting for data of the gateway; unsafe-mode waits until the relation is removed',
  ],
  [
    'data gone while running',
    { gateway: empty, objects: unknown, running: true },
    'no-data keep waiting: VPN: waiting for data of the gateway',
  ],
  [
    'bad data',
    { gateway: invalid, objects: unknown, path: refused },
    'invalid-data stop blocked: VPN: the gateway sent bad data: vxlan_id must be integer',
  ],
  [
    'bad data while running',
    { gateway: invalid, objects: unknown, running: true },
    'invalid-data keep blocked: VPN: the gateway sent bad data: vxlan_id must be integer',
  ],
  [
    'bad data, verified, not running',
    { gateway: invalid, objects: unknown },
    'invalid-data keep blocked: VPN: the gateway sent bad data: vxlan_id must be integer',
  ],
  [
    'pod to be replaced',
    { objects: restarting, path: refused },
    'protecting stop waiting: VPN: closing the pod (1 of 3)',
  ],
  [
    'pod to be replaced, unsafe',
    { unsafe: true, objects: restarting, path: refused, running: true },
    'protecting stop waiting: VPN: closing the pod (1 of 3); unsafe-mode waits until the relation is removed',
  ],
  [
    'pod to be replaced, running protected',
    { objects: restarting, running: true },
    'protecting keep waiting: VPN: closing the pod (1 of 3)',
  ],
  ['no rights', { objects: forbidden, path: refused }, 'protecting stop waiting: no rights'],
  ['no rights while running protected', { objects: forbidden, running: true }, 'protecting keep waiting: no rights'],
  ['no rights, verified, not running', { objects: forbidden }, 'protecting keep waiting: no rights'],
  ['path bad', { path: refused }, 'unverified stop waiting: VPN: verifying the path (2 of 3): overlay: no answer'],
  [
    'path bad while running',
    { path: refused, running: true },
    'unverified stop waiting: VPN: path not verified, workload stopped: overlay: no answer',
  ],
  ['tunnel down at first', { gateway: lost }, 'disconnected keep waiting: VPN: waiting for the tunnel (3 of 3)'],
  ['tunnel lost', { gateway: lost, running: true }, 'disconnected keep waiting: VPN lost: traffic is blocked'],
  ['not read in this hook', { objects: unchanged }, 'unverified keep waiting: VPN: verifying the path (2 of 3)'],
  [
    'running, not read in this hook',
    { objects: unchanged, running: true },
    'protected start active: VPN on (185.213.154.66)',
  ],
  ['all is well', {}, 'protected start active: VPN on (185.213.154.66)'],
  [
    'all is well, unsafe set',
    { unsafe: true },
    'protected start active: VPN on (185.213.154.66); unsafe-mode waits until the relation is removed',
  ],
  [
    'bad data, unsafe set',
    { unsafe: true, gateway: invalid, objects: unknown },
    'invalid-data keep blocked: VPN: the gateway sent bad data: vxlan_id must be integer; unsafe-mode waits until the relation is removed',
  ],
  [
    'all is well, address unknown',
    { gateway: { kind: 'ok', connected: true, externalIp: null } },
    'protected start active: VPN on',
  ],
  [
    'all is well, ranges left out',
    { gateway: { ...connected, remark: 'cluster-cidrs of the gateway leaves out pods 10.1.0.0/16 of this cluster' } },
    'protected start active: VPN on (185.213.154.66); cluster-cidrs of the gateway leaves out pods 10.1.0.0/16 of this cluster',
  ],
];

export const good: Observed = {
  related: true,
  unsafe: false,
  gateway: connected,
  objects: live,
  path: verified,
  running: false,
};

/** The table as `docs/vpn-gateway/gate.md` shows it. */
export const gateTable = (): string =>
  [
    '| when | state | workload | status |',
    '| --- | --- | --- | --- |',
    ...rows.map(([when, , expected]) => {
      const [state = '', order = '', ...status] = expected.split(' ');
      return `| ${when} | \`${state}\` | ${order} | ${status.join(' ')} |`;
    }),
  ].join('\n');
