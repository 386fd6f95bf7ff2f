import type { Prefix } from '../cidr/prefix.js';
import { parseDocument } from './databag-document.js';
import { isProviderDocument, isRequirerDocument, providerFaults, requirerFaults } from './generated/validators.js';
import { checkProviderFormats } from './provider-format.js';
import { type ProviderData, providerSchema } from './provider-schema.js';
import type { Reading } from './reading.js';
import { type RequirerData, requirerSchema } from './requirer-schema.js';
import { describeFault } from './schema-fault.js';

/** How strictly to read. */
export interface ReadOptions {
  /** Prefixes that are known to be this cluster's; a public prefix is accepted only inside one of them. */
  readonly confirmed?: readonly Prefix[];
}

/**
 * Reads what a provider wrote into its application databag. Never throws; unknown fields are ignored, missing ones get their defaults.
 *
 * @example
 * ```ts
 * const reading = readProviderData(await relation.data(relation.app).read());
 * if (reading.kind === 'invalid') unit.addStatus(new BlockedStatus(reading.faults.join('; ')));
 * ```
 */
export function readProviderData(
  databag: Readonly<Record<string, string>>,
  options: ReadOptions = {},
): Reading<ProviderData> {
  const document = parseDocument(databag, providerSchema.properties);
  if (document.kind !== 'document') return document;
  const filled: unknown = { ...document.fields };
  if (!isProviderDocument(filled)) return { kind: 'invalid', faults: providerFaults(filled).map(describeFault) };
  return checkProviderFormats(filled, options.confirmed ?? []);
}

/** Reads what a requirer wrote into its application databag. Never throws. */
export function readRequirerData(databag: Readonly<Record<string, string>>): Reading<RequirerData> {
  const document = parseDocument(databag, requirerSchema.properties);
  if (document.kind !== 'document') return document;
  const filled: unknown = { ...document.fields };
  if (!isRequirerDocument(filled)) return { kind: 'invalid', faults: requirerFaults(filled).map(describeFault) };
  return { kind: 'ok', data: filled };
}
