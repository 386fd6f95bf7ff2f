import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';

test('the five lines of the README are compiled, and run by the contract tests', async () => {
  const readme = await readFile('lib/vpn-gateway/README.md', 'utf8');
  const charm = await readFile('tests/contract/vpn-gateway/client-charm.ts', 'utf8');
  const [, code = ''] = /```ts\n([^]*?)```/.exec(readme) ?? [];
  expect(code.replace("'./generated/metadata.js'", "'./client-metadata.js'")).toBe(charm);
  const lines = code.split('\n').filter((line) => / \/\/ \d$/.test(line));
  expect(lines.map((line) => line.slice(-1))).toEqual(['1', '2', '3', '4', '5']);
  const others = code.split('\n').filter((line) => !lines.includes(line));
  expect(others.join('\n')).not.toMatch(/vpn/i);
});

test('the lines of the YAML files in the README are those that the charm is compiled with', async () => {
  const readme = await readFile('lib/vpn-gateway/README.md', 'utf8');
  expect(readme).toContain('vpn-gateway: { interface: vpn-gateway, limit: 1, optional: true }');
  expect(readme).toContain('unsafe-mode: { type: boolean, default: false }');
});
