/** What a field of a layer holds. `number` at zero is the same as absent, `optional-number` is not. */
export type Field = 'string' | 'number' | 'optional-number' | 'duration' | 'list' | 'map' | Shape;

/** The fields of an object in the order in which Pebble prints them. */
export interface Shape {
  readonly noun: string;
  /** The type's name in Pebble's own messages. */
  readonly goType: string;
  readonly fields: Readonly<Record<string, Field>>;
}

const identity = {
  'user-id': 'optional-number',
  user: 'string',
  'group-id': 'optional-number',
  group: 'string',
  'working-dir': 'string',
} as const;

const service: Shape = {
  noun: 'service',
  goType: 'plan.Service',
  fields: {
    summary: 'string',
    description: 'string',
    startup: 'string',
    override: 'string',
    command: 'string',
    after: 'list',
    before: 'list',
    requires: 'list',
    workload: 'string',
    environment: 'map',
    ...identity,
    'on-success': 'string',
    'on-failure': 'string',
    'on-check-failure': 'map',
    'backoff-delay': 'duration',
    'backoff-factor': 'optional-number',
    'backoff-limit': 'duration',
    'kill-delay': 'duration',
  },
};

const check: Shape = {
  noun: 'check',
  goType: 'plan.Check',
  fields: {
    override: 'string',
    level: 'string',
    startup: 'string',
    period: 'duration',
    timeout: 'duration',
    threshold: 'number',
    http: { noun: 'http check', goType: 'plan.HTTPCheck', fields: { url: 'string', headers: 'map' } },
    tcp: { noun: 'tcp check', goType: 'plan.TCPCheck', fields: { port: 'number', host: 'string' } },
    exec: {
      noun: 'exec check',
      goType: 'plan.ExecCheck',
      fields: { command: 'string', 'service-context': 'string', environment: 'map', ...identity },
    },
  },
};

const logTarget: Shape = {
  noun: 'log target',
  goType: 'plan.LogTarget',
  fields: { type: 'string', location: 'string', services: 'list', override: 'string', labels: 'map' },
};

export const shape = { service, check, logTarget } as const;
