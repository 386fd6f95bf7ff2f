import { toYaml } from '../hook-tools/to-yaml.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { shownStatus } from '../sandbox/shown-status.js';

/** `juju show-unit`, with what the pod looks like from inside. */
export function showUnit(sandbox: Sandbox, name: string): string {
  const { model } = sandbox;
  const unit = model.unit(name);
  const pod = sandbox.pod(name);
  const relations = model.relationsOf(unit.app).map((relation) => {
    const remote = relation.remoteAppOf(unit.app);
    return {
      'relation-id': relation.id,
      endpoint: relation.sideOf(unit.app)?.endpoint ?? '',
      'related-application': remote,
      'application-data': relation.bag(remote).read(),
      'local-application-data': relation.bag(unit.app).read(),
      'related-units': Object.fromEntries(
        relation.membersFor(unit.name).map((member) => [member, relation.bag(member).read()]),
      ),
    };
  });
  const containers = Object.fromEntries(
    [...pod.containers].map(([container, daemon]) => [
      container,
      {
        services: Object.fromEntries(daemon.services.map((service) => [service.name, service.current])),
        checks: Object.fromEntries(daemon.checks.map((check) => [check.name, check.status])),
      },
    ]),
  );
  const status = shownStatus(unit);
  return `${toYaml({
    [name]: {
      leader: model.application(unit.app).leader === name,
      address: unit.address,
      status: status.message === '' ? status.name : `${status.name}: ${status.message}`,
      'opened-ports': [...unit.ports].sort(),
      'workload-version': unit.workloadVersion,
      pod: {
        containers: pod.template.containers,
        'init-containers': pod.template.initContainers,
        verdict: pod.network.verdict?.body.trim() ?? 'no sidecar',
      },
      containers,
      'relation-info': relations,
    },
  })}\n`;
}
