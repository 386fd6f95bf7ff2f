import { describe, expect, test } from '@jest/globals';
import { readCommandLine } from '../../../../lib/testing/src/cli/command-line.js';
import { commands } from '../../../../lib/testing/src/cli/commands.js';

const flags = { trust: 'boolean', units: 'number', format: 'text', config: 'many' } as const;

describe('a command line', () => {
  test('has words, switches and values, in any order', () => {
    const line = readCommandLine(
      ['a', '--units=2', '--trust', 'b', '--config', 'k=v', '--config=l=w=x', '--format', 'json'],
      flags,
    );
    expect(line.words).toEqual(['a', 'b']);
    expect([...line.on]).toEqual(['trust']);
    expect(Object.fromEntries(line.values)).toEqual({ units: ['2'], config: ['k=v', 'l=w=x'], format: ['json'] });
  });

  test.each([
    [['--trust=true'], true],
    [['--trust=false'], false],
    [['--trust', '--trust=false'], false],
  ])('%j', (argv, on) => {
    expect(readCommandLine(argv, flags).on.has('trust')).toBe(on);
  });

  test.each([
    [['--trust=maybe'], '--trust is true or false'],
    [['--units', 'abc'], '--units: "abc" is not a whole number'],
    [['--units=-1'], '--units: "-1" is not a whole number'],
    [['--units', '1.5'], '--units: "1.5" is not a whole number'],
    [['--units'], '--units needs a value'],
    [['--nope'], 'unknown option --nope'],
    [['-x'], 'unknown option -x'],
    [['-x=3'], 'unknown option -x'],
  ])('%j is a mistake', (argv, message) => {
    expect(() => readCommandLine(argv, flags)).toThrow(message);
  });
});

test.each(Object.entries(commands))('the usage of %s names every option that it takes', (name, command) => {
  expect(command.usage.split(' ')[0]).toBe(name);
  for (const flag of Object.keys(command.flags ?? {})) expect(command.usage).toContain(`--${flag}`);
});
