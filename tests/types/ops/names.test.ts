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

/** Compiles only when both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_same: Same<A, B>): void => undefined;

type Config = ConfigOf<typeof metadata>;

class TypedCharm extends CharmBase<typeof metadata> {
  constructor(framework: Framework) {
    super(framework, metadata);
    framework.reconcile(this.reconcile);
    framework.observe(this.on.action('greet'), this.greet);
    framework.observe(this.on.relation('website').departed, async (event) => {
      same<typeof event.kind, 'relation-departed'>(true);
    });

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
    this.config['prot'];
    // @ts-expect-error -- read-only
    this.config.port = 1;
    // @ts-expect-error -- a status is an object with a message
    this.unit.addStatus('active');
    this.unit.addStatus(new ActiveStatus());
    // @ts-expect-error -- not a protocol of ports
    await this.unit.setPorts({ port: 1, protocol: 'icmp' });
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

  const any: CharmBase = charm;
  same<typeof any.config, ConfigOf<CharmMetadata>>(true);

  main(TypedCharm);
  // @ts-expect-error -- a class, not an object
  main(charm);
  // @ts-expect-error -- not a charm
  main(Date);

  // @ts-expect-error -- only in relation events
  void event.endpoint;
  if (event.kind === 'pebble-ready') same<typeof event.container, string>(true);
  // @ts-expect-error -- Juju has no such event
  void (event.kind === 'config_changed');
  // @ts-expect-error -- in a status the message is text
  void new BlockedStatus(3);
  // @ts-expect-error -- of the children only
  void error.stderr;
  if (error instanceof SecretAccessError) same<typeof error.code, 'secret-access'>(true);
};

// @ts-expect-error -- a type that config.yaml does not know
export const wrong = { ...metadata, options: { x: { type: 'integer' } } } as const satisfies CharmMetadata;

test('a default makes an option certain, its type decides the value', () => {
  same<Config['port'], number>(true);
  same<Config['greeting'], string>(true);
  same<Config['loud'], boolean>(true);
  same<Config['ratio'], number | undefined>(true);
  same<Config['motto'], string | undefined>(true);
  same<Config['api-key'], string | undefined>(true);
  // @ts-expect-error -- not the same
  same<Config['port'], number | undefined>(true);
  const config: Config = { port: 1, greeting: '', loud: false };
  expect(config.motto).toBeUndefined();
});
