export type { ModelClock } from './clock/model-clock.js';
export { RealClock } from './clock/real-clock.js';
export { VirtualClock } from './clock/virtual-clock.js';
export type { CharmDefinition, ConfigValue } from './charm/charm-definition.js';
export { readCharmFolder } from './charm/read-charm-folder.js';
export { TestingError, type TestingErrorCode } from './errors/testing-error.js';
export { Journal, type JournalEntry } from './journal/journal.js';
export type { HookEvent } from './model/hook-event.js';
export { hookName } from './model/hook-event.js';
export { JujuModel, type ApplicationOptions, type JujuModelOptions } from './model/juju-model.js';
export type { DueHook } from './model/due-hook.js';
export { nextHook, type PebbleReadyOrder } from './model/next-hook.js';
export type { Application } from './model/application.js';
export type { Relation } from './model/relation.js';
export type { Status } from './model/status.js';
export type { Unit } from './model/unit.js';
export { HookContext, type ActionOutcome, type HookOutcome, type LogLine } from './hook-tools/hook-context.js';
export type { HookToolInvocation, HookToolResult } from './hook-tools/hook-tool.js';
export type { Charm } from './drivers/application-drivers.js';
export { Sandbox } from './sandbox/sandbox.js';
export type { SandboxOptions } from './sandbox/sandbox-options.js';
export type { Candidate, HookFailure } from './sandbox/hook-loop.js';
export { type JujuContainer, jujuStatefulSet, type JujuStatefulSetOptions } from './juju-objects/stateful-set.js';
export { Cluster, type ClusterRef, type ClusterWrite } from './pod/cluster.js';
export type { Pod } from './pod/pod.js';
export { podCaseNames, type PodCase, type PodCaseName } from './simulation/pod-case.js';
export { exitAddress } from './simulation/workloads.js';
export type { Connect } from './drivers/in-process-driver.js';
export type { InProcessCharm } from './drivers/in-process-charm.js';
export { Context, type ContextOptions } from './context/context.js';
export { type ContextEvent, events, type EventChoice } from './context/events.js';
export type { ContainerOutcome, Outcome } from './context/outcome.js';
export { relation, type RelationState } from './context/relation-state.js';
export { secret, state, type ContainerState, type SecretState, type State } from './context/state.js';
export { fuzz, type FoundViolation, type FuzzOptions, type FuzzProgress, type FuzzReport } from './fuzz/fuzz.js';
export type { Judge } from './fuzz/judge.js';
export { type Recipe, type RecipeApplication, recipeOf, type RecipeSecret } from './fuzz/recipe.js';
export { PebbleDaemon } from './pebble/index.js';
export { keepRunning } from './cli/serve.js';
export { objectTable } from './cli/show-objects.js';
export { statusTable } from './cli/show-status.js';
export {
  type Fault,
  type FaultFilter,
  KubernetesApi,
  type KubernetesWrite,
  StatefulSetController,
} from './kubernetes/index.js';
