import { CharmBase, type Framework } from '@charm-ts/ops';

const metadata = {
  name: 'raw-requirer',
  containers: {},
  provides: {},
  requires: { 'vpn-gateway': { interface: 'vpn-gateway' } },
  peers: {},
  options: { config: { type: 'string', default: '' } },
  actions: {},
  storage: {},
  resources: {},
} as const;

/** Another author's client: writes whatever its option says into the databag. */
export class RawRequirerCharm extends CharmBase<typeof metadata> {
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
