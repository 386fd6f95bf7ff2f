import { CharmBase, type Framework } from '@charm-ts/ops';

const metadata = {
  name: 'raw-provider',
  containers: {},
  provides: { 'vpn-gateway': { interface: 'vpn-gateway' } },
  requires: {},
  peers: {},
  options: { config: { type: 'string', default: '' } },
  actions: {},
  storage: {},
  resources: {},
} as const;

/** Another author's gateway: writes whatever its option says into the databag. */
export class RawProviderCharm extends CharmBase<typeof metadata> {
  constructor(framework: Framework) {
    super(framework, metadata);
    framework.reconcile(this.reconcile);
  }

  reconcile = async (): Promise<void> => {
    const { config } = this.config;
    for (const relation of await this.model.relations('vpn-gateway')) {
      await relation.data(this.app).update({ config: config === '' ? undefined : config });
    }
  };
}
