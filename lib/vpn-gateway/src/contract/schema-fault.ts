import type { SchemaFault } from './generated/validators.js';

/** `/vxlan_id must be integer` → `vxlan_id must be integer`. Values are left out: they are the other side's text. */
export function describeFault(fault: SchemaFault): string {
  const field = fault.instancePath.replace(/^\//, '');
  if (fault.keyword === 'required') return `${String(fault.params['missingProperty'])} is missing`;
  if (fault.keyword === 'additionalProperties') return `${String(fault.params['additionalProperty'])} is not a field`;
  if (fault.keyword === 'pattern') return `${field} has a character or a length that is not allowed`;
  return `${field} ${fault.message ?? 'is not valid'}`;
}
