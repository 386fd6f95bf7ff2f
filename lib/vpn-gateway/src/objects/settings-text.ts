import { ContractError } from '../errors/contract-error.js';

/** A value of the settings file; a list is written with blanks between its items. */
export type SettingValue = string | number | readonly string[] | undefined;

const key = /^[A-Z][A-Z_]*$/;
const value = /^[A-Za-z0-9 .:/_-]*$/;

/**
 * The text of `settings`: one `KEY=value` a line. The scripts read it as data and never evaluate it; even so nothing but letters, digits and ` .:/_-` gets in.
 * Throws {@link ContractError} for anything else, because every value has been parsed long before.
 */
export function settingsText(settings: Readonly<Record<string, SettingValue>>): string {
  const lines = Object.entries(settings).map(([name, setting]) => {
    const text = typeof setting === 'object' ? setting.join(' ') : String(setting ?? '');
    if (!key.test(name)) throw new ContractError([`${name} is not a key of the settings file`]);
    if (!value.test(text)) throw new ContractError([`${name} has a character that the settings file must not have`]);
    return `${name}=${text}\n`;
  });
  return lines.join('');
}
