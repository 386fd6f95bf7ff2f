import type { Application } from '../model/application.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { Status } from '../model/status.js';
import { shownStatus } from '../sandbox/shown-status.js';
import { columns } from './columns.js';

const severity = ['error', 'blocked', 'maintenance', 'waiting', 'active', 'terminated', 'unknown'] as const;

/** An application that sets no status of its own shows the worst of its units. */
function applicationStatus(application: Application): Status {
  if (application.status.name !== 'unknown') return application.status;
  const units = application.units.map(shownStatus);
  return (
    severity.map((name) => units.find((status) => status.name === name)).find((status) => status !== undefined) ??
    application.status
  );
}

/** `juju status` as a table. */
export function statusTable(sandbox: Sandbox): string {
  const { model } = sandbox;
  const applications = [...model.applications.values()];
  const busy = new Set(sandbox.due.map(({ unit }) => unit));
  const tables = [
    [
      ['Model', 'Controller', 'Cloud/Region', 'Version'],
      [model.name, 'sandbox', 'simulated', model.jujuVersion],
    ],
    [
      ['App', 'Version', 'Status', 'Scale', 'Charm', 'Message'],
      ...applications.map((application) => {
        const { name, message } = applicationStatus(application);
        const version = application.units[0]?.workloadVersion ?? '';
        return [application.name, version, name, String(application.units.length), application.charm.name, message];
      }),
    ],
    [
      ['Unit', 'Workload', 'Agent', 'Address', 'Ports', 'Message'],
      ...model.units.map((unit) => {
        const { name, message } = shownStatus(unit);
        const star = model.applications.get(unit.app)?.leader === unit.name ? '*' : '';
        const agent = busy.has(unit.name) ? 'executing' : 'idle';
        return [`${unit.name}${star}`, name, agent, unit.address, [...unit.ports].sort().join(','), message];
      }),
    ],
    [
      ['Integration provider', 'Requirer', 'Interface', 'Type'],
      ...[...model.relations.values()].map((relation) => {
        const ends = [...relation.sides].sort((a, b) => (a.role < b.role ? -1 : 1));
        const shown = ends.map(({ app, endpoint }) => `${app}:${endpoint}`);
        return [shown[0] ?? '', shown[1] ?? shown[0] ?? '', relation.interface, relation.isPeer ? 'peer' : 'regular'];
      }),
    ],
  ];
  return `${tables
    .filter((rows) => rows.length > 1)
    .map(columns)
    .join('\n\n')}\n`;
}

/** `juju status --format json`, the parts that scripts read. */
export function statusJson(sandbox: Sandbox): string {
  const { model } = sandbox;
  const applications = Object.fromEntries(
    [...model.applications.values()].map((application) => {
      const { name, message } = applicationStatus(application);
      const units = Object.fromEntries(
        application.units.map((unit) => {
          const shown = shownStatus(unit);
          return [
            unit.name,
            {
              'workload-status': { current: shown.name, message: shown.message },
              leader: application.leader === unit.name,
              address: unit.address,
              'open-ports': [...unit.ports].sort(),
            },
          ];
        }),
      );
      const charm = { 'charm-name': application.charm.name, scale: application.units.length };
      return [application.name, { ...charm, 'application-status': { current: name, message }, units }];
    }),
  );
  return `${JSON.stringify({ model: { name: model.name, version: model.jujuVersion }, applications }, null, 2)}\n`;
}
