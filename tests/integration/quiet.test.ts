import { describe, expect, test } from '@jest/globals';
import { client, Deployment, gateway } from './deployment.js';
import { clusterForSuite, patience } from './suite.js';

/** Kinds of journal entries that are no write to Kubernetes, Pebble or a databag. */
const notWritten = new Set(['juju', 'hook-start', 'hook-end', 'pebble-check']);
const here = clusterForSuite();

describe('when nothing has changed', () => {
  test.each(['related', 'alone, in unsafe-mode', 'alone'])(
    'a reconcile writes nothing: %s',
    async (how) => {
      const deployment = await Deployment.complete(here.cluster);
      const { sandbox } = deployment;
      if (how !== 'related') sandbox.removeRelation('gluetun', 'sabnzbd');
      if (how === 'alone, in unsafe-mode') sandbox.configure('sabnzbd', { 'unsafe-mode': true });
      await deployment.updateStatus();
      const requests = (): number =>
        [gateway, client].flatMap((unit) =>
          [...sandbox.pod(unit).containers.values()].flatMap((daemon) =>
            daemon.requests.filter(({ method, path }) => method !== 'GET' && path !== '/v1/exec'),
          ),
        ).length;
      const [mark, before] = [sandbox.journal.length, requests()];
      await deployment.updateStatus();
      await deployment.updateStatus();
      const entries = sandbox.journal.since(mark);
      expect(entries.filter(({ kind }) => kind === 'hook-end')).toHaveLength(4);
      expect(entries.filter(({ kind }) => !notWritten.has(kind))).toEqual([]);
      expect(requests()).toBe(before);
      await deployment.close();
    },
    patience,
  );

  test(
    'the deployment has replaced each pod once',
    async () => {
      const deployment = await Deployment.complete(here.cluster);
      const { journal } = deployment.sandbox;
      for (const unit of [gateway, client]) {
        expect(journal.of('pod-replaced', unit)).toHaveLength(1);
        const applies = journal.of('kubernetes-apply', unit).map(({ detail }) => detail.split(' ')[0]);
        // The gateway lets a client's pods in when the client has come: ADR 81.
        const forClient = unit === gateway ? ['NetworkPolicy'] : [];
        expect(applies).toEqual(['NetworkPolicy', 'ConfigMap', 'StatefulSet', ...forClient]);
      }
      await deployment.close();
    },
    patience,
  );
});
