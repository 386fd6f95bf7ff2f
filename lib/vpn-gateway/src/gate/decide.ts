import { ActiveStatus, BlockedStatus, MaintenanceStatus, type SettableStatus, WaitingStatus } from '@charm-ts/ops';
import { faultList } from '../text/fault-list.js';
import type { GateState } from './gate-state.js';
import type { Observed, ObservedGateway } from './observed.js';

/** What to do with the workload: `start` applies its layer, `keep` touches nothing, `stop` ends it. */
export type WorkloadOrder = 'start' | 'keep' | 'stop';

/** The gate's answer. */
export interface Decision {
  readonly state: GateState;
  readonly workload: WorkloadOrder;
  readonly status: SettableStatus;
}

/** A gateway whose data are good. */
type KnownGateway = Extract<ObservedGateway, { readonly kind: 'ok' }>;

/**
 * The gate, pure. Two questions, two answers: the workload is *started* only in `protected` (or without a relation, by `unsafe-mode`);
 * it *keeps running* as long as the path is verified from inside the pod.
 */
export function decide(observed: Observed): Decision {
  if (!observed.related) return withoutRelation(observed);
  const decision = withRelation(observed);
  return observed.unsafe ? { ...decision, status: withRemark(decision.status) } : decision;
}

/** `unsafe-mode` takes no protection away: that is a second step, which the operator takes by removing the relation. */
function withRemark({ name, message: before }: SettableStatus): SettableStatus {
  const message = `${before}; unsafe-mode waits until the relation is removed`;
  switch (name) {
    case 'active':
      return new ActiveStatus(message);
    case 'waiting':
      return new WaitingStatus(message);
    case 'maintenance':
      return new MaintenanceStatus(message);
    case 'blocked':
      return new BlockedStatus(message);
  }
}

function withRelation(observed: Observed): Decision {
  const { gateway, objects } = observed;
  if (objects.kind === 'refused') return closed(observed, 'protecting', objects.status);
  switch (gateway.kind) {
    case 'empty':
      return closed(observed, 'no-data', new WaitingStatus('VPN: waiting for data of the gateway'));
    case 'invalid':
      return closed(
        observed,
        'invalid-data',
        new BlockedStatus(`VPN: the gateway sent bad data: ${faultList(gateway.faults)}`),
      );
    case 'ok':
      return withData(observed, gateway);
  }
}

function withoutRelation({ unsafe, objects }: Observed): Decision {
  if (objects.kind === 'refused') return { state: 'no-relation', workload: 'stop', status: objects.status };
  if (!unsafe) {
    return {
      state: 'no-relation',
      workload: 'stop',
      status: new BlockedStatus('integrate with a vpn-gateway (or set unsafe-mode=true)'),
    };
  }
  if (objects.kind === 'leaving') {
    return { state: 'no-relation', workload: 'stop', status: new WaitingStatus('VPN: opening the pod') };
  }
  return {
    state: 'no-relation',
    workload: 'start',
    status: new ActiveStatus('unsafe-mode: traffic does not use a VPN'),
  };
}

function withData(observed: Observed, gateway: KnownGateway): Decision {
  const { objects, path, running } = observed;
  switch (objects.kind) {
    case 'refused':
    case 'restarting':
    case 'unknown':
    case 'gone':
    case 'leaving':
      return closed(observed, 'protecting', new WaitingStatus('VPN: closing the pod (1 of 3)'));
    case 'unchanged':
    case 'live':
      break;
  }
  if (path.kind === 'refused') {
    const status = new WaitingStatus(
      running
        ? `VPN: path not verified, workload stopped: ${path.reason}`
        : `VPN: verifying the path (2 of 3): ${path.reason}`,
    );
    return { state: 'unverified', workload: 'stop', status };
  }
  if (!gateway.connected) {
    const status = new WaitingStatus(running ? 'VPN lost: traffic is blocked' : 'VPN: waiting for the tunnel (3 of 3)');
    return { state: 'disconnected', workload: 'keep', status };
  }
  // Objects that were not read in this hook are enough to go on, never to begin.
  if (!running && objects.kind !== 'live') {
    return { state: 'unverified', workload: 'keep', status: new WaitingStatus('VPN: verifying the path (2 of 3)') };
  }
  return { state: 'protected', workload: 'start', status: statusOn(gateway) };
}

function statusOn({ externalIp, remark }: KnownGateway): SettableStatus {
  const exit = externalIp === null ? 'VPN on' : `VPN on (${externalIp})`;
  return new ActiveStatus(remark === undefined ? exit : `${exit}; ${remark}`);
}

/** Not a state to start in: what runs on a verified path goes on, everything else stops. */
function closed({ path }: Observed, state: GateState, status: SettableStatus): Decision {
  return { state, workload: path.kind === 'verified' ? 'keep' : 'stop', status };
}
