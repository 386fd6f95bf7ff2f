import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';

test('the examples of the README are those that are compiled and run by the contract tests', async () => {
  const readme = await readFile('lib/testing/README.md', 'utf8');
  const folder = 'tests/contract/testing/readme';
  const examples = ['one-event.test.ts', 'model.test.ts'].map((name) => readFile(`${folder}/${name}`, 'utf8'));
  const blocks = [...readme.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code);
  expect(blocks).toEqual(await Promise.all(examples));
});
