import { ActiveStatus, BlockedStatus, CharmBase, type CharmMetadata, type Framework } from '@charm-ts/ops';

const metadata = {
  name: 'greeter-k8s',
  containers: { web: { resource: 'web-image' } },
  provides: { greeting: { interface: 'greeting' } },
  requires: {},
  peers: {},
  options: { word: { type: 'string', default: 'hello' }, key: { type: 'secret' } },
  actions: { greet: { params: { who: { type: 'string', default: 'you' } } } },
  storage: {},
  resources: { 'web-image': { type: 'oci-image' } },
} as const satisfies CharmMetadata;

/** A charm that touches each thing a `Context` shows. */
export class GreeterCharm extends CharmBase<typeof metadata> {
  constructor(framework: Framework) {
    super(framework, metadata);
    framework.reconcile(this.reconcile);
    framework.observe(this.on.action('greet'), async (event) => {
      await event.setResults({ text: `${this.config.word} ${String(event.params['who'])}` });
    });
  }

  reconcile = async (): Promise<void> => {
    const { word, key } = this.config;
    if (word === 'fail') throw new Error('the word is fail');
    if (key !== undefined) await this.model.secret(key).content();
    if (await this.unit.isLeader()) {
      for (const relation of await this.model.relations('greeting')) await relation.data(this.app).update({ word });
    }
    const web = this.unit.container('web');
    if (await web.canConnect()) {
      await web.push('/etc/word', word, { makeDirs: true, permissions: 0o600 });
      await web.apply({
        label: 'web',
        services: { web: { override: 'replace', startup: 'enabled', command: 'serve' } },
      });
    }
    this.framework.state.set('word', word);
    await this.unit.setPorts(8080);
    await this.unit.setWorkloadVersion('1.0');
    const api = await this.framework.kubeApi();
    await api.apply(
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'greeting' }, data: { word } },
      { fieldManager: 'greeter' },
    );
    this.unit.addStatus(word === '' ? new BlockedStatus('set word') : new ActiveStatus(await this.#route()));
  };

  async #route(): Promise<string> {
    const routes = await this.framework.podNetwork.routes();
    return routes.includes('vxlan0') ? 'overlay' : 'plain';
  }
}
