import { describeFaults, type Fault } from '../../../src/configuration/fault.js';
import { readTunnelSettings } from '../../../src/configuration/tunnel-settings.js';
import { readVpnKeys, type VpnKeys } from '../../../src/secret/vpn-keys.js';
import { attributeSettings } from '../../../src/secret/secret-attributes.js';
import { type GluetunSettings, gluetunSettings } from '../../../src/workload/gluetun-settings.js';
import { type SettingsFile, settingsFiles } from '../../../src/workload/settings-files.js';
import { completeOptions, completeSecret } from './complete.js';
import { furtherRows } from './further-rows.js';
import type { Row } from './row.js';
import { wireguardRows } from './wireguard-rows.js';

export const rows: readonly Row[] = [...wireguardRows, ...furtherRows];

const firewall = { outboundSubnets: ['10.1.0.0/16', '10.152.183.0/24'], vxlanPort: 4790 };

interface Made {
  readonly settings: GluetunSettings;
  readonly keys: VpnKeys;
}

const withChanges = <T>(before: Readonly<Record<string, T>>, changes: Readonly<Record<string, T | undefined>>) =>
  Object.fromEntries(
    Object.entries({ ...before, ...changes }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );

interface Judged {
  readonly faults: readonly Fault[];
  readonly made: Made | undefined;
}

const judge = (row: Row): Judged => {
  const options = { ...completeOptions(row.provider, row.protocol), ...row.options };
  const keys = readVpnKeys(withChanges(completeSecret(row.provider, row.protocol), row.secret ?? {}), row.provider);
  const { faults, tunnel } = readTunnelSettings(options, keys);
  const all = [...faults, ...(keys.kind === 'faults' ? keys.faults : [])];
  const made =
    tunnel === undefined || keys.kind !== 'ok' || all.length > 0
      ? undefined
      : { settings: gluetunSettings(tunnel, firewall), keys: keys.keys };
  return { faults: all, made };
};

/** Several tests ask for the same row. */
const judged = new WeakMap<Row, Judged>();
const make = (row: Row): Judged => {
  const before = judged.get(row) ?? judge(row);
  judged.set(row, before);
  return before;
};

/** What the charm says to a row: the blocked status, or `accepts`. */
export const charmVerdict = (row: Row): string => {
  const { faults, made } = make(row);
  return made === undefined ? `refuses: ${describeFaults(faults)}` : 'accepts';
};

const secretNames: readonly string[] = Object.values(attributeSettings);

/** The files with which Gluetun has to judge a row: the charm's, or what they would be without its checks. */
export const filesFor = (row: Row): readonly SettingsFile[] => {
  const { made } = make(row);
  if (made !== undefined) return settingsFiles(made.settings, made.keys);
  const complete = make({ ...row, options: {}, secret: {} }).made;
  if (complete === undefined || row.raw === undefined) throw new Error(`${row.provider}: ${row.input} has no settings`);
  const changes = Object.entries(row.raw);
  const isSecret = ([name]: readonly [string, unknown]) => secretNames.includes(name);
  return settingsFiles(
    withChanges(complete.settings, Object.fromEntries(changes.filter((change) => !isSecret(change)))),
    withChanges(complete.keys, Object.fromEntries(changes.filter(isSecret))),
  );
};
