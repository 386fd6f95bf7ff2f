import { EventSources } from '../events/event-sources.js';
import type { Framework } from '../framework/framework.js';
import type { CharmMetadata } from '../metadata/charm-metadata.js';
import type { ConfigOf } from '../metadata/config-of.js';
import { readConfigOf } from '../metadata/read-config.js';
import { Application } from '../model/application.js';
import { Model } from '../model/model.js';
import { Unit } from '../model/unit.js';
import type { CharmHost } from './charm-host.js';
import { dispatch, type DispatchOutcome } from './dispatch.js';

/** What any charm is, whatever its metadata. */
export interface AnyCharm {
  readonly framework: Framework;
  readonly meta: CharmMetadata;
}

/** A charm class: it is built with the framework alone. */
export type CharmClass = new (framework: Framework) => AnyCharm;

/**
 * A charm. Its type parameter is the generated metadata, which makes wrong names compile errors.
 *
 * @example
 * ```ts
 * class HelloCharm extends CharmBase<typeof metadata> {
 *   constructor(framework: Framework) {
 *     super(framework, metadata);
 *     framework.reconcile(this.reconcile);
 *   }
 *
 *   reconcile = async (): Promise<void> => {
 *     await this.unit.setPorts(this.config.port);
 *     this.unit.addStatus(new ActiveStatus());
 *   };
 * }
 *
 * main(HelloCharm);
 * ```
 */
export abstract class CharmBase<M extends CharmMetadata = CharmMetadata> implements AnyCharm {
  readonly framework: Framework;
  readonly meta: M;
  /** What can be observed. */
  readonly on: EventSources<M>;
  /** The configuration, as it was when the hook started. */
  readonly config: ConfigOf<M>;
  readonly model: Model<M>;
  readonly unit: Unit<M>;
  readonly app: Application;

  /** Throws {@link ConfigTypeError} when Juju's configuration and the metadata disagree. */
  constructor(framework: Framework, metadata: M) {
    const { session } = framework;
    this.framework = framework;
    this.meta = metadata;
    this.on = new EventSources<M>();
    this.config = readConfigOf(metadata, session.config);
    this.model = new Model(session, metadata);
    this.unit = new Unit(session, metadata);
    this.app = new Application(session);
  }

  /** Runs the charm once for the event that the host's environment describes. Never rejects. */
  static dispatch(this: CharmClass, host: CharmHost): Promise<DispatchOutcome> {
    return dispatch(this, host);
  }
}
