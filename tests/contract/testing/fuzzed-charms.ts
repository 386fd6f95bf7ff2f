import {
  ActiveStatus,
  BlockedStatus,
  CharmBase,
  type CharmMetadata,
  type Framework,
  SecretAccessError,
  SecretNotFoundError,
  WaitingStatus,
} from '@charm-ts/ops';

const metadata = {
  name: 'fuzzed-k8s',
  containers: { web: { resource: 'web-image' } },
  provides: { greeting: { interface: 'greeting' } },
  requires: { greeted: { interface: 'greeting' } },
  peers: {},
  options: { word: { type: 'string', default: 'hello' }, times: { type: 'int', default: 1 }, key: { type: 'secret' } },
  actions: { greet: { params: { who: { type: 'string', default: 'you' } } } },
  storage: {},
  resources: { 'web-image': { type: 'oci-image' } },
} as const satisfies CharmMetadata;

/** Reads everything, and has an answer to everything. */
export class SoundCharm extends CharmBase<typeof metadata> {
  constructor(framework: Framework) {
    super(framework, metadata);
    framework.reconcile(this.reconcile);
    framework.observe(this.on.action('greet'), async (event) => {
      await event.setResults({ text: this.config.word });
    });
  }

  reconcile = async (): Promise<void> => {
    const { word, key, times } = this.config;
    const password = key === undefined || key === '' ? undefined : await this.password(key);
    if (await this.unit.isLeader()) {
      for (const relation of await this.model.relations('greeting')) await relation.data(this.app).update({ word });
    }
    const web = this.unit.container('web');
    const up = await web.canConnect();
    if (up) {
      const service = { override: 'replace', startup: 'enabled', command: 'serve' } as const;
      await web.apply({ label: 'web', services: { web: service } });
    }
    if (password === undefined || times < 1) this.unit.addStatus(new BlockedStatus('set key and times'));
    this.unit.addStatus(up ? new ActiveStatus() : new WaitingStatus('waiting for Pebble'));
  };

  async password(key: string): Promise<string | undefined> {
    try {
      return (await this.model.secret(key).content({ refresh: true }))['password'];
    } catch (error) {
      if (error instanceof SecretAccessError || error instanceof SecretNotFoundError) return undefined;
      throw error;
    }
  }
}

/** Has forgotten what two of its options mean together: found by nobody who changes only one. */
export class ForgetfulCharm extends SoundCharm {
  constructor(framework: Framework) {
    super(framework);
    framework.reconcile(async () => {
      const alone = (await this.model.relations('greeted')).length === 0;
      if (alone && this.config.times < 0) throw new Error('nobody to ask');
    });
  }
}

/** Answers every answer, once it was told to begin. */
export class RestlessCharm extends SoundCharm {
  constructor(framework: Framework) {
    super(framework);
    framework.reconcile(async () => {
      const [[from], [to]] = await Promise.all([this.model.relations('greeted'), this.model.relations('greeting')]);
      const relation = from ?? to;
      if (relation?.app === undefined || !(await this.unit.isLeader())) return;
      const theirs = Number((await relation.data(relation.app).read())['turn'] ?? 0);
      if (theirs > 0 || this.config.times === 0) {
        await relation.data(this.app).update({ turn: String(theirs + 1) });
      }
    });
  }
}
