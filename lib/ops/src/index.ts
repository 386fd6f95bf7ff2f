export { CharmBase, type AnyCharm, type CharmClass } from './charm/charm-base.js';
export type { CharmHost } from './charm/charm-host.js';
export { dispatch, type DispatchOutcome } from './charm/dispatch.js';
export { main } from './charm/main.js';
export { type Clock, systemClock } from './clock.js';
export { type ErrorCode, errorCodes } from './errors/error-codes.js';
export { EnvironmentError } from './errors/environment-error.js';
export {
  HookToolError,
  NotLeaderError,
  RelationNotFoundError,
  SecretAccessError,
  SecretNotFoundError,
} from './errors/hook-tool-error.js';
export { HookToolOutputError } from './errors/hook-tool-output-error.js';
export { HookToolStartError } from './errors/hook-tool-start-error.js';
export { brandError, OpsError } from './errors/ops-error.js';
export { PodNetworkError } from './errors/pod-network-error.js';
export {
  ActionResultError,
  ConfigTypeError,
  FloatingPromiseError,
  SecretContentError,
  UnknownNameError,
} from './errors/programming-errors.js';
export { RelationDataAccessError } from './errors/relation-data-access-error.js';
export type { ActionEvent, ActionResults } from './events/action-event.js';
export type { EventOf, EventSource } from './events/event-source.js';
export {
  EventSources,
  type ContainerSources,
  type RelationSources,
  type StorageSources,
} from './events/event-sources.js';
export type {
  HookEvent,
  LifecycleEvent,
  PebbleCheckEvent,
  PebbleCustomNoticeEvent,
  PebbleReadyEvent,
  RelationEvent,
  SecretEvent,
  StorageEvent,
} from './events/hook-event.js';
export { Framework } from './framework/framework.js';
export type { StateStore } from './framework/state-store.js';
export type { HookToolInvocation, HookToolResult, HookTools } from './hook-tools/hook-tools.js';
export { ProcessHookTools } from './hook-tools/process-hook-tools.js';
export { JujuContext } from './juju/juju-context.js';
export type { Logger, LogLevel } from './logging/logger.js';
export type {
  ActionName,
  ActionParameterMetadata,
  CharmMetadata,
  ContainerMetadata,
  ContainerName,
  EndpointMetadata,
  EndpointName,
  OptionMetadata,
  OptionName,
  OptionType,
  PeerName,
  ProvidesName,
  RequiresName,
  ResourceMetadata,
  ResourceName,
  StorageName,
} from './metadata/charm-metadata.js';
export type { ConfigOf, OptionValue } from './metadata/config-of.js';
export type { Application } from './model/application.js';
export type { Databag } from './model/databag.js';
export type { Model } from './model/model.js';
export type { DatabagOwner, Relation, RemoteApplication, RemoteUnit } from './model/relation.js';
export type { SecretDetails, SecretInfo, SecretRotation } from './hook-tools/secret-tools.js';
export type { GrantedRelation, Secret } from './model/secret.js';
export type { Storage } from './model/storage.js';
export {
  ActiveStatus,
  BlockedStatus,
  MaintenanceStatus,
  type SettableStatus,
  type StatusName,
  WaitingStatus,
} from './model/status.js';
export type { Port, Unit } from './model/unit.js';
export { PodNetwork, type PodHttpAnswer } from './pod/pod-network.js';
export * from './pebble/index.js';
export type {
  KubeApi,
  KubeObject,
  KubeObjectMeta,
  ObjectQuery,
  ObjectRef,
  PatchOptions,
  PatchType,
  WriteOptions,
} from './kubernetes/kube-api.js';
export {
  KubeApiError,
  type FieldConflict,
  type KubeApiErrorCode,
  type KubeApiErrorDetails,
} from './kubernetes/kube-api-error.js';
