import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { RealClock, type Sandbox } from '@charm-ts/testing';
import { client, Deployment, gateway, privateKey } from './deployment.js';
import { endState } from './end-state.js';
import { leaks } from './no-leak.js';
import { allOrders, sampleOf } from './orders.js';
import { ProcessWatch } from './process-watch.js';
import { constraints, take } from './steps.js';
import { clusterForSuite, expectedEndState } from './suite.js';

const patience = 170_000;
const packed = { gluetun: 'dist/gluetun-k8s', sabnzbd: 'dist/sabnzbd-k8s' };
const here = clusterForSuite();
let expected: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  execFileSync('./build.sh', ['--dir']);
  expected = await expectedEndState(here.cluster);
}, patience);

/** SIGTERM to the process group of gluetun's hook at its first write to Kubernetes, as the end of a pod sends it. */
const killAtFirstWrite = (sandbox: Sandbox): void => {
  let isKilled = false;
  sandbox.journal.subscribe(({ kind, actor }) => {
    if (isKilled || kind !== 'kubernetes-apply' || actor !== gateway) return;
    isKilled = true;
    sandbox.killHook(gateway, 'SIGTERM');
  });
};

describe('packed charms', () => {
  test.each(sampleOf(allOrders(constraints), 1, 3).map((order) => ({ name: order.join(', '), order })))(
    'end in the same state, keep the key secret and survive a SIGTERM: $name',
    async ({ order }) => {
      const deployment = await Deployment.empty(here.cluster, { clock: new RealClock() }, packed);
      const { sandbox } = deployment;
      const watch = new ProcessWatch();
      killAtFirstWrite(sandbox);
      for (const step of order) {
        await take(deployment, step);
        await deployment.settle();
      }
      await deployment.updateStatus();
      // In real time a check of a pod that has just been opened may still show what it saw before.
      const isWell = (unit: string): boolean =>
        sandbox.status(unit).name === 'active' &&
        [...sandbox.pod(unit).containers.values()].every(({ checks }) => checks.every(({ status }) => status === 'up'));
      const isOn = (): boolean => sandbox.due.length === 0 && [gateway, client].every(isWell);
      await sandbox.waitFor(isOn, 'both active, their checks up');
      watch.stop();

      expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
      expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
      expect(endState(deployment)).toEqual(expected);
      expect(leaks(sandbox.journal.entries)).toEqual([]);

      const [killed, ...failures] = sandbox.failures;
      expect(killed).toMatchObject({ unit: gateway, outcome: { kind: 'killed', signal: 'SIGTERM' } });
      expect(failures).toEqual([]);
      const hooks = sandbox.journal.of('hook-start', gateway).map(({ detail }) => detail);
      const at = sandbox.journal
        .of('hook-end', gateway)
        .findIndex(({ detail }) => detail === `${killed?.hook}: killed by SIGTERM, queued again`);
      expect(at).not.toBe(-1);
      expect(hooks[at + 1]).toBe(killed?.hook);

      const seen = watch.texts.join('\n');
      for (const part of ['JUJU_UNIT_NAME=gluetun/0', 'JUJU_UNIT_NAME=sabnzbd/0', 'charm.cjs']) {
        expect(seen).toContain(part);
      }
      expect(seen).not.toContain(privateKey);
      expect(JSON.stringify([sandbox.journal.entries, sandbox.logs])).not.toContain(privateKey);
      await deployment.close();
    },
    patience,
  );
});
