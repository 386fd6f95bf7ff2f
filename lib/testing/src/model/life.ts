/** Juju's life cycle of applications, units and relations. */
export type Life = 'alive' | 'dying' | 'dead';
