import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import fc from 'fast-check';
import { toYaml } from '../../../../lib/testing/src/hook-tools/to-yaml.js';
import { formatOutput } from '../../../../lib/testing/src/hook-tools/format-output.js';

const as = (format: string, value: unknown): string =>
  formatOutput(value, { flags: new Map([['format', format]]), args: [] });

/** Recorded with the formatters that the hook tools use (juju/cmd v3). */
const rows: readonly (readonly [unknown, string, string, string])[] = [
  [{}, '{}\n', '{}\n', '{}\n'],
  [
    ['vpn-gateway:1', 'vpn-gateway:2'],
    'vpn-gateway:1\nvpn-gateway:2\n',
    '- vpn-gateway:1\n- vpn-gateway:2\n',
    '["vpn-gateway:1","vpn-gateway:2"]\n',
  ],
  [[], '', '[]\n', '[]\n'],
  [undefined, '', '', 'null\n'],
  ['', '', '""\n', '""\n'],
  [true, 'True\n', 'true\n', 'true\n'],
  [51820, '51820\n', '51820\n', '51820\n'],
  [
    { on: true, port: '12345' },
    '"on": true\nport: "12345"\n',
    '"on": true\nport: "12345"\n',
    '{"on":true,"port":"12345"}\n',
  ],
  [{ b: '<&>' }, 'b: <&>\n', 'b: <&>\n', '{"b":"\\u003c\\u0026\\u003e"}\n'],
];

describe('formats', () => {
  test.each(rows)('%j', (value, smart, yaml, json) => {
    expect([as('smart', value), as('yaml', value), as('json', value)]).toEqual([smart, yaml, json]);
  });

  test('YAML reads back as what was printed', () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 12 });
    const value = fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 3 })));
    fc.assert(
      fc.property(value, (map) => {
        expect(load(toYaml(map))).toEqual(map);
      }),
    );
  });
});
