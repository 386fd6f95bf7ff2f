/** The types that an option of `config.yaml` can have. */
export type OptionType = 'string' | 'int' | 'float' | 'boolean' | 'secret';

/** An endpoint of `metadata.yaml`. */
export interface EndpointMetadata {
  readonly interface: string;
  readonly limit?: number;
  readonly optional?: boolean;
}

/** An option of `config.yaml`. */
export interface OptionMetadata {
  readonly type: OptionType;
  readonly default?: string | number | boolean;
}

/** A container of `metadata.yaml`. */
export interface ContainerMetadata {
  /** The `oci-image` resource that it is made from. */
  readonly resource?: string;
  /** Storages, and where they are in the container. */
  readonly mounts?: readonly { readonly storage: string; readonly location: string }[];
}

/** A resource of `metadata.yaml`. */
export interface ResourceMetadata {
  readonly type: string;
  /** For an OCI image: the one that the charm was made for. */
  readonly upstreamSource?: string;
}

/** A parameter of an action, as in `actions.yaml`. */
export interface ActionParameterMetadata {
  readonly type: string;
  readonly default?: unknown;
}

/**
 * What the charm's YAML files declare, as data. `npm run gen` writes it as `src/generated/metadata.ts`:
 * `export const metadata = {…} as const satisfies CharmMetadata`. Every name that is checked at compile time comes from it.
 */
export interface CharmMetadata {
  readonly name: string;
  readonly containers: Readonly<Record<string, ContainerMetadata>>;
  readonly provides: Readonly<Record<string, EndpointMetadata>>;
  readonly requires: Readonly<Record<string, EndpointMetadata>>;
  readonly peers: Readonly<Record<string, EndpointMetadata>>;
  readonly options: Readonly<Record<string, OptionMetadata>>;
  readonly actions: Readonly<Record<string, { readonly params: Readonly<Record<string, ActionParameterMetadata>> }>>;
  readonly storage: Readonly<Record<string, { readonly type: string; readonly optional?: boolean }>>;
  readonly resources: Readonly<Record<string, ResourceMetadata>>;
}

/** Name of a container of the charm. */
export type ContainerName<M extends CharmMetadata> = keyof M['containers'] & string;
/** Name of an endpoint that the charm provides. */
export type ProvidesName<M extends CharmMetadata> = keyof M['provides'] & string;
/** Name of an endpoint that the charm requires. */
export type RequiresName<M extends CharmMetadata> = keyof M['requires'] & string;
/** Name of a peer endpoint. */
export type PeerName<M extends CharmMetadata> = keyof M['peers'] & string;
/** Name of any endpoint of the charm. */
export type EndpointName<M extends CharmMetadata> = ProvidesName<M> | RequiresName<M> | PeerName<M>;
/** Name of an option of the charm. */
export type OptionName<M extends CharmMetadata> = keyof M['options'] & string;
/** Name of an action of the charm. */
export type ActionName<M extends CharmMetadata> = keyof M['actions'] & string;
/** Name of a storage of the charm. */
export type StorageName<M extends CharmMetadata> = keyof M['storage'] & string;
/** Name of a resource of the charm. */
export type ResourceName<M extends CharmMetadata> = keyof M['resources'] & string;
