import type { ActionResults } from '@charm-ts/ops';
import type { ForwardedPort, GatewayClient, PortAnswers } from '@charm-ts/vpn-gateway';
import { describeFaults } from '../configuration/fault.js';
import type { planGateway } from '../gateway/gateway-plan.js';
import { tunnelHealth, type TunnelObservation } from '../health/tunnel-health.js';
import type { Command } from './command.js';

/** What the charm sees of the gateway. */
export interface GatewayView {
  readonly plan: ReturnType<typeof planGateway>;
  readonly workload: TunnelObservation | undefined;
  readonly clients: readonly GatewayClient[];
  readonly forwarded: ForwardedPort;
  readonly answers: PortAnswers;
}

const settingsText = ({ plan }: GatewayView): string => {
  switch (plan.kind) {
    case 'gateway':
      return Object.entries(plan.settings)
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join('\n');
    case 'blocked':
      return `not complete: ${describeFaults(plan.faults)}`;
    case 'undiscovered':
      return plan.status.message;
    default:
      return plan satisfies never;
  }
};

const clientText = ({ relationId, app, data, legacy }: GatewayClient, { answers }: GatewayView): string => {
  const { forwarded_port: port, forwarded_port_reason: reason } = answers.fields(relationId);
  return [
    `${app} (relation ${relationId})`,
    data.kind === 'ok' ? (legacy ? 'scripts of the pod-gateway image' : 'scripts of this library') : data.kind,
    ...(port === undefined ? [] : [`forwarded port ${port}`]),
    ...(reason === undefined ? [] : [`no forwarded port: ${reason}`]),
  ].join(', ');
};

const tunnelResults = ({ workload, forwarded }: GatewayView): ActionResults => ({
  service: workload?.service ?? 'Pebble does not answer',
  state: workload === undefined ? 'unknown' : tunnelHealth(workload).kind,
  address: workload?.address ?? 'none',
  probe:
    workload?.lastFailure === undefined || workload.probe === 'up'
      ? (workload?.probe ?? 'unknown')
      : `${workload.probe}: ${workload.lastFailure.trim()}`,
  'forwarded-port': forwarded.kind === 'port' ? forwarded.port : forwarded.reason,
});

const routeCommands = [
  ['ip', '-4', 'rule', 'show'],
  ['ip', '-4', 'route', 'show', 'table', 'all'],
  ['ip', '-6', 'rule', 'show'],
] as const;

/** Settings, tunnel, clients and routes as results. No setting of a plan is secret: those are files of their own. */
export const describeGateway = async (view: GatewayView, command: Command): Promise<ActionResults> => {
  const routes: string[] = [];
  if (view.workload !== undefined) {
    for (const words of routeCommands) {
      const { exitCode, stdout, stderr } = await command(words);
      routes.push(`# ${words.join(' ')}`, (exitCode === 0 ? stdout : stderr).trim());
    }
  }
  return {
    tunnel: tunnelResults(view),
    clients: view.clients.map((client) => clientText(client, view)).join('\n') || 'none',
    settings: settingsText(view),
    routes: routes.join('\n') || 'Pebble does not answer',
  };
};
