import type { ConfigValue, OptionDefinition } from '../charm/charm-definition.js';
import { TestingError } from '../errors/testing-error.js';

const secretUri = /^secret:(\/\/[0-9a-f-]+\/)?[0-9a-z]{20}$/;

/** Reads one value of `juju config` as its option's type. */
export function parseOption(name: string, option: OptionDefinition, value: ConfigValue): ConfigValue {
  switch (option.type) {
    case 'string':
      return String(value);
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (/^(true|false)$/i.test(String(value))) return String(value).toLowerCase() === 'true';
      throw wrong(name, 'boolean', value);
    case 'int':
      if (/^[+-]?\d+$/.test(String(value))) return Number(value);
      throw wrong(name, 'int', value);
    case 'float':
      if (String(value).trim() !== '' && Number.isFinite(Number(value))) return Number(value);
      throw wrong(name, 'float', value);
    case 'secret':
      if (value === '' || secretUri.test(String(value))) return String(value);
      throw wrong(name, 'secret', value);
  }
}

function wrong(name: string, type: string, value: ConfigValue): TestingError {
  return new TestingError('bad-argument', `option "${name}" expected ${type}, got "${String(value)}"`);
}
