import { expect, test } from '@jest/globals';
import {
  ActiveStatus,
  BlockedStatus,
  CharmBase,
  type CharmMetadata,
  type ConfigOf,
  type EndpointName,
  type Framework,
  type HookEvent,
  main,
  type OpsError,
  SecretAccessError,
} from '@charm-ts/ops';
import { metadata } from '../../unit/ops/hello-charm.js';

/** True only when both types are the same. */
type Same<A, B> = [A, B] extends [B, A] ? ([keyof A, keyof B] extends [keyof B, keyof A] ? true : false) : false;
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the argument is a type
const holds = <T extends true>(): T | undefined => undefined;

type Config = ConfigOf<typeof metadata>;

const use = (...values: readonly unknown[]): number => values.length;

class TypedCharm extends CharmBase<typeof metadata> {
  constructor(framework: Framework) {
    super(framework, metadata);
    framework.reconcile(this.reconcile);
    framework.observe(this.on.action('greet'), this.greet);
    framework.observe(this.on.relation('website').departed, (event) => this.leave(event.kind, event.departingUnit));

    // @ts-expect-error -- no such action
    this.on.action('great');
    // @ts-expect-error -- no such endpoint
    this.on.relation('web-site');
    // @ts-expect-error -- no such container
    this.on.container('helo');
    // @ts-expect-error -- no such storage
    this.on.storage('date');
    // @ts-expect-error -- a handler of actions does not take another event
    framework.observe(this.on.install, this.greet);
    // @ts-expect-error -- a handler is async
    framework.reconcile(() => undefined);
  }

  reconcile = async (): Promise<void> => {
    this.unit.container('side-car');
    // @ts-expect-error -- no such container
    this.unit.container('sidecar');
    await this.model.relations('hello-peers');
    // @ts-expect-error -- no such endpoint
    await this.model.relations('peers');
    // @ts-expect-error -- no such option
    use(this.config['prot']);
    // @ts-expect-error -- read-only
    this.config.port = 1;
    // @ts-expect-error -- a status is an object with a message
    this.unit.addStatus('active');
    this.unit.addStatus(new ActiveStatus());
    // @ts-expect-error -- not a protocol of ports
    await this.unit.setPorts({ port: 1, protocol: 'icmp' });
  };

  leave = async (kind: 'relation-departed', unit: string | undefined): Promise<void> => {
    use(kind, unit);
    await this.unit.isLeader();
  };

  greet = async (event: HookEvent & { kind: 'action' }): Promise<void> => {
    await event.setResults({ ok: true, nested: { text: 'x' } });
    // @ts-expect-error -- undefined is no result
    await event.setResults({ ok: undefined });
  };
}

/** What a library does with any charm. */
const library = <M extends CharmMetadata>(
  charm: CharmBase<M>,
  endpoint: EndpointName<M>,
): Promise<readonly unknown[]> => charm.model.relations(endpoint);

/** Never called: its lines are for the compiler. */
export const checked = (charm: TypedCharm, event: HookEvent, error: OpsError): void => {
  void library(charm, 'vpn-gateway');
  // @ts-expect-error -- no such endpoint
  void library(charm, 'vpn');

  const general: CharmBase = charm;
  use(general.framework);

  main(TypedCharm);
  // @ts-expect-error -- a class, not an object
  main(charm);
  // @ts-expect-error -- not a charm
  main(Date);

  // @ts-expect-error -- only in relation events
  use(event.endpoint);
  if (event.kind === 'pebble-ready') holds<Same<typeof event.container, string>>();
  // @ts-expect-error -- Juju has no such event
  use(event.kind === 'config_changed');
  // @ts-expect-error -- in a status the message is text
  use(new BlockedStatus(3));
  // @ts-expect-error -- of the children only
  use(error.stderr);
  if (error instanceof SecretAccessError) holds<Same<typeof error.code, 'secret-access'>>();
};

// @ts-expect-error -- a type that config.yaml does not know
export const wrong = { ...metadata, options: { x: { type: 'integer' } } } as const satisfies CharmMetadata;

test('a default makes an option certain, its type decides the value', () => {
  holds<Same<Config['port'], number>>();
  holds<Same<Config['greeting'], string>>();
  holds<Same<Config['loud'], boolean>>();
  holds<Same<Config['ratio'], number | undefined>>();
  holds<Same<Config['motto'], string | undefined>>();
  holds<Same<Config['api-key'], string | undefined>>();
  // @ts-expect-error -- not the same
  holds<Same<Config['port'], number | undefined>>();
  const config: Config = { port: 1, greeting: '', loud: false };
  expect(config.motto).toBeUndefined();
});
