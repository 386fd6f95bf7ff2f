import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';

test('the example of the README is the one that is compiled here', async () => {
  const readme = await readFile('lib/ops/README.md', 'utf8');
  const example = await readFile('tests/types/ops/readme-example.ts', 'utf8');
  const [, code = ''] = /```ts\n([^]*?)```/.exec(readme) ?? [];
  expect(code.replace("'./generated/metadata.js'", "'../../unit/ops/hello-charm.js'")).toBe(example);
});
