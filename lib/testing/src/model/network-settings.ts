import type { Unit } from './unit.js';

/** What Juju itself writes into a unit's databag when the unit enters a relation. */
export function networkSettings(unit: Pick<Unit, 'address'>): Readonly<Record<string, string>> {
  return { 'egress-subnets': `${unit.address}/32`, 'ingress-address': unit.address, 'private-address': unit.address };
}
