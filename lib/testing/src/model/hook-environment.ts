import { type HookEvent, hookName } from './hook-event.js';
import type { JujuModel } from './juju-model.js';
import type { Unit } from './unit.js';

/** What the agent's surroundings add to a hook's environment. */
export interface HookSurroundings {
  readonly charmDir: string;
  readonly contextId: string;
  readonly agentSocket: string;
  /** First on the hook's PATH. */
  readonly toolsDir: string;
  /** `host:port` of the controller. */
  readonly apiAddresses: readonly string[];
  readonly kubernetes: { readonly host: string; readonly port: number };
  /** Of the cluster, `1.30`. */
  readonly kubernetesVersion: string;
}

/** The exact environment of a hook: Juju passes nothing of its own, so there is no HOME and no USER. */
export function hookEnvironment(
  model: JujuModel,
  unit: Unit,
  event: HookEvent,
  surroundings: HookSurroundings,
): Readonly<Record<string, string>> {
  const isAction = event.kind === 'action';
  return {
    APT_LISTCHANGES_FRONTEND: 'none',
    CHARM_DIR: surroundings.charmDir,
    CLOUD_API_VERSION: surroundings.kubernetesVersion,
    DEBIAN_FRONTEND: 'noninteractive',
    JUJU_AGENT_SOCKET_ADDRESS: surroundings.agentSocket,
    JUJU_AGENT_SOCKET_NETWORK: 'unix',
    JUJU_API_ADDRESSES: surroundings.apiAddresses.join(' '),
    JUJU_AVAILABILITY_ZONE: '',
    JUJU_CHARM_DIR: surroundings.charmDir,
    JUJU_CHARM_FTP_PROXY: '',
    JUJU_CHARM_HTTPS_PROXY: '',
    JUJU_CHARM_HTTP_PROXY: '',
    JUJU_CHARM_NO_PROXY: '',
    JUJU_CONTEXT_ID: surroundings.contextId,
    JUJU_DISPATCH_PATH: `${isAction ? 'actions' : 'hooks'}/${hookName(event)}`,
    JUJU_HOOK_NAME: isAction ? '' : hookName(event),
    JUJU_MACHINE_ID: '',
    JUJU_MODEL_NAME: model.name,
    JUJU_MODEL_UUID: model.uuid,
    JUJU_PRINCIPAL_UNIT: '',
    JUJU_UNIT_NAME: unit.name,
    JUJU_VERSION: model.jujuVersion,
    ...(model.jujuVersion.startsWith('3.') ? { JUJU_SLA: 'unsupported' } : {}),
    ...kubernetesVariables(surroundings.kubernetes.host, surroundings.kubernetes.port),
    LANG: 'C.UTF-8',
    PATH: `${surroundings.toolsDir}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/charm/bin`,
    TERM: 'tmux-256color',
    ...eventVariables(event),
  };
}

function kubernetesVariables(host: string, port: number): Readonly<Record<string, string>> {
  const address = `tcp://${host}:${port}`;
  return {
    KUBERNETES_PORT: address,
    KUBERNETES_PORT_443_TCP: address,
    KUBERNETES_PORT_443_TCP_ADDR: host,
    KUBERNETES_PORT_443_TCP_PORT: String(port),
    KUBERNETES_PORT_443_TCP_PROTO: 'tcp',
    KUBERNETES_SERVICE_HOST: host,
    KUBERNETES_SERVICE_PORT: String(port),
    KUBERNETES_SERVICE_PORT_HTTPS: String(port),
  };
}

function eventVariables(event: HookEvent): Readonly<Record<string, string>> {
  if ('relationId' in event) {
    return {
      JUJU_RELATION: event.endpoint,
      JUJU_RELATION_ID: `${event.endpoint}:${event.relationId}`,
      JUJU_REMOTE_APP: event.remoteApp,
      JUJU_REMOTE_UNIT: event.remoteUnit ?? '',
      ...(event.kind === 'relation-departed' ? { JUJU_DEPARTING_UNIT: event.departingUnit ?? '' } : {}),
    };
  }
  if ('container' in event) return { JUJU_WORKLOAD_NAME: event.container, ...pebbleVariables(event) };
  if ('secretId' in event) {
    return {
      JUJU_SECRET_ID: event.secretId,
      JUJU_SECRET_LABEL: event.label ?? '',
      ...(event.revision === undefined ? {} : { JUJU_SECRET_REVISION: String(event.revision) }),
    };
  }
  if ('storageId' in event) {
    return {
      JUJU_STORAGE_ID: event.storageId,
      JUJU_STORAGE_LOCATION: event.location,
      JUJU_STORAGE_KIND: 'filesystem',
    };
  }
  if (event.kind === 'action') {
    return {
      JUJU_ACTION_NAME: event.action,
      JUJU_ACTION_UUID: event.id,
      JUJU_ACTION_TAG: `action-${event.id}`,
    };
  }
  return {};
}

function pebbleVariables(event: Extract<HookEvent, { readonly container: string }>): Readonly<Record<string, string>> {
  switch (event.kind) {
    case 'pebble-ready':
      return {};
    case 'pebble-check-failed':
    case 'pebble-check-recovered':
      return { JUJU_PEBBLE_CHECK_NAME: event.check };
    case 'pebble-custom-notice':
      return {
        JUJU_NOTICE_ID: event.noticeId,
        JUJU_NOTICE_TYPE: event.noticeType,
        JUJU_NOTICE_KEY: event.noticeKey,
      };
  }
}
