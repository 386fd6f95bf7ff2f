import type { Prefix } from '../cidr/prefix.js';
import { ContractError } from '../errors/contract-error.js';
import { databagKey, parseDocument } from './databag-document.js';
import { providerFaults, requirerFaults } from './generated/validators.js';
import { checkProviderFormats } from './provider-format.js';
import { type ProviderData, providerSchema } from './provider-schema.js';
import { type RequirerData, requirerSchema } from './requirer-schema.js';
import { describeFault } from './schema-fault.js';

/** What to put into a provider's application databag. Throws {@link ContractError} when the charm made data that no reader would take. */
export function encodeProviderData(data: ProviderData, confirmed: readonly Prefix[] = []): Record<string, string> {
  const faults = providerFaults({ ...data }).map(describeFault);
  if (faults.length > 0) throw new ContractError(faults);
  const checked = checkProviderFormats(data, confirmed);
  if (checked.kind === 'invalid') throw new ContractError(checked.faults);
  return documentOf(checked.data, providerSchema.properties);
}

/** What to put into a requirer's application databag. Throws {@link ContractError}. */
export function encodeRequirerData(data: RequirerData): Record<string, string> {
  const faults = requirerFaults({ ...data }).map(describeFault);
  if (faults.length > 0) throw new ContractError(faults);
  return documentOf(data, requirerSchema.properties);
}

/** Takes a tunnel back in data that this version would not write, of another version for instance: the rest stays as it is, and what is no document goes. */
export function encodeWithdrawal(published: Readonly<Record<string, string>>): Record<string, string> {
  const document = parseDocument(published, providerSchema.properties);
  if (document.kind !== 'document') return { [databagKey]: '' };
  const withdrawn = { ...document.fields, vpn_connected: false, external_ip: null, forwarded_port: undefined };
  return documentOf(withdrawn, providerSchema.properties);
}

/** In the order of the schema, whatever the order of the data: the same data are the same bytes, so nobody is woken for nothing. */
function documentOf(data: object, properties: Readonly<Record<string, unknown>>): Record<string, string> {
  const values = new Map<string, unknown>(Object.entries(data));
  const ordered = Object.keys(properties).map((name) => [name, values.get(name)]);
  return { [databagKey]: JSON.stringify(Object.fromEntries(ordered)) };
}
