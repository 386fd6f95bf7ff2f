import { expect, test } from '@jest/globals';
import { lineOf } from '../../../../lib/testing/src/fuzz/step.js';

const take = (): void => undefined;

test.each([
  [{ words: ['config', 'app', 'port=-1'], take }, 'charm-sandbox config app port=-1'],
  [{ words: ['config', 'app', 'a=two words'], take }, "charm-sandbox config app 'a=two words'"],
  [{ words: ['config', 'app', "a=$(id) it's"], take }, String.raw`charm-sandbox config app 'a=$(id) it'\''s'`],
  [{ words: ['config', 'app', "a=it's\nnaïve\\"], take }, String.raw`charm-sandbox config app $'a=it\'s\nnaïve\\'`],
  [{ words: ['config', 'app', ''], take }, "charm-sandbox config app ''"],
  [{ words: ['sleep', '30'], seconds: 30, take }, 'sleep 30'],
  [
    { words: ['update-status', 'app/0'], hooks: 0, take },
    'charm-sandbox update-status app/0    # the next one at once',
  ],
  [{ words: ['sleep', '1'], hooks: 1, take }, 'sleep 1    # the next one after 1 hook'],
  [{ words: ['sleep', '1'], hooks: 2, take }, 'sleep 1    # the next one after 2 hooks'],
])('%j is a line for a shell', (step, line) => {
  expect(lineOf(step)).toBe(line);
});
