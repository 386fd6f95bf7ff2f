import { ActiveStatus, CharmBase, type Framework, main, WaitingStatus } from '@charm-ts/ops';
import { metadata } from '../../unit/ops/hello-charm.js'; // names and types out of the charm's YAML files

class HelloCharm extends CharmBase<typeof metadata> {
  constructor(framework: Framework) {
    super(framework, metadata);
    framework.reconcile(this.reconcile);
  }
  reconcile = async (): Promise<void> => {
    const hello = this.unit.container('hello'); // 'helo' does not compile
    const up = await hello.canConnect();
    const service = { override: 'replace', command: '/bin/hello', startup: 'enabled' } as const;
    if (up) await hello.apply({ label: 'hello', services: { hello: service } });
    this.unit.addStatus(up ? new ActiveStatus(this.config.greeting) : new WaitingStatus('waiting for Pebble'));
  };
}

main(HelloCharm);
