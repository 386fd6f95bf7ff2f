/** A value of config.yaml as Juju keeps it. */
export type ConfigValue = string | number | boolean;

export interface EndpointDefinition {
  readonly interface: string;
  readonly limit?: number;
  readonly optional?: boolean;
}

export interface OptionDefinition {
  readonly type: 'string' | 'int' | 'float' | 'boolean' | 'secret';
  readonly default?: ConfigValue;
}

export interface ActionDefinition {
  readonly params: Readonly<Record<string, { readonly type: string; readonly default?: unknown }>>;
}

/** A container: the image's resource, and storages with where they are mounted. */
export interface ContainerDefinition {
  readonly resource?: string;
  readonly mounts?: readonly { readonly storage: string; readonly location: string }[];
}

export interface ResourceDefinition {
  readonly type: string;
  /** The image that is attached at deployment unless another one is given. */
  readonly upstreamSource?: string;
}

/**
 * What Juju knows of a charm: metadata.yaml, config.yaml and actions.yaml.
 * A generated `metadata` table of `@charm-ts/ops` has the same shape and can be used as it is.
 */
export interface CharmDefinition {
  readonly name: string;
  readonly containers: Readonly<Record<string, ContainerDefinition>>;
  readonly provides: Readonly<Record<string, EndpointDefinition>>;
  readonly requires: Readonly<Record<string, EndpointDefinition>>;
  readonly peers: Readonly<Record<string, EndpointDefinition>>;
  readonly options: Readonly<Record<string, OptionDefinition>>;
  readonly actions: Readonly<Record<string, ActionDefinition>>;
  /** An optional one (`multiple: {range: 0-…}`) is there only when it was asked for at deployment. */
  readonly storage: Readonly<Record<string, { readonly type: string; readonly optional?: boolean }>>;
  readonly resources: Readonly<Record<string, ResourceDefinition>>;
}

export type EndpointRole = 'provides' | 'requires' | 'peers';

/** The role and interface of an endpoint, or undefined when the charm has none of that name. */
export function endpointOf(
  charm: CharmDefinition,
  endpoint: string,
): (EndpointDefinition & { readonly role: EndpointRole }) | undefined {
  for (const role of ['provides', 'requires', 'peers'] as const) {
    const found = charm[role][endpoint];
    if (found !== undefined) return { ...found, role };
  }
  return undefined;
}
