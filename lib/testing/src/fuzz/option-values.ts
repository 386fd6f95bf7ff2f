import type { ConfigValue, OptionDefinition } from '../charm/charm-definition.js';
import type { Dice } from './dice.js';

const texts = [
  '',
  ' ',
  'x',
  '0',
  '-1',
  'true',
  'two words',
  'a,b,,c',
  'naïve',
  'first\nsecond',
  '$(id)',
  '{"a": [1]}',
  'https://example.com/x',
  '10.64.0.0/10',
  '0.0.0.0/0',
  'fd00::1',
  'x'.repeat(300),
];
const wholeNumbers = [0, 1, -1, 42, 8080, 65_535, 65_536, 2_147_483_648];
const numbers = [0, -0.5, 0.5, 1e9];

/** A value that Juju takes for an option, whether its charm does or not. */
export function someValue(option: OptionDefinition, secretUris: readonly string[], dice: Dice): ConfigValue {
  switch (option.type) {
    case 'boolean':
      return dice.chance(50);
    case 'int':
      return dice.pick(wholeNumbers) ?? 0;
    case 'float':
      return dice.pick(numbers) ?? 0;
    case 'secret':
      return dice.pick(['', `secret:${'0'.repeat(20)}`, ...secretUris]) ?? '';
    case 'string':
      return dice.pick([...texts, ...nearTo(option.default), ...secretUris]) ?? '';
  }
}

/** What a slip of the keyboard makes of a good value. */
function nearTo(value: ConfigValue | undefined): readonly string[] {
  const text = String(value ?? '');
  return text === '' ? [] : [`${text}x`, text.slice(1), text.toUpperCase(), `${text},${text}`];
}
