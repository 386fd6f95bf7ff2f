/** What a requirer writes under the key `config` of its application databag. What follows `instance_name` are additions: Python clients do not send them. */
export const requirerSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['instance_name'],
  properties: {
    instance_name: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' },
    agent: { type: 'string', pattern: '^[a-z0-9-]{1,63}$' },
    forwarded_port: { type: 'string', enum: ['wanted'] },
    model: { type: 'string', pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' },
  },
} as const;

/** Requirer data after reading. */
export interface RequirerData {
  /** Name of the client application. */
  instance_name: string;
  /** Which scripts the client's pods run; absent: those of the pod-gateway image, which ping the gateway's pod address before they join. */
  agent?: string;
  /** Asks for the port that the VPN provider forwards; a gateway has one port, for one client. */
  forwarded_port?: 'wanted';
  /** The client's model, which is its pods' namespace: a gateway in another model cannot know it otherwise. */
  model?: string;
}
