import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Logger } from '../../../../lib/ops/src/logging/logger.js';
import { splitByBytes } from '../../../../lib/ops/src/hook-tools/split-by-bytes.js';
import { fails, FakeHookTools } from '../fake-hook-tools.js';

const logger = (tools: FakeHookTools, minimum?: 'INFO'): { log: Logger; stderr: string[] } => {
  const stderr: string[] = [];
  const write = (text: string): void => void stderr.push(text);
  return { log: new Logger(tools, minimum === undefined ? { stderr: write } : { stderr: write, minimum }), stderr };
};

describe('Logger', () => {
  test('neighbours of one level are one process, in order', async () => {
    const tools = new FakeHookTools();
    const { log } = logger(tools);
    log.debug('a');
    log.debug('b');
    log.warning('c');
    log.debug('d');
    expect(tools.calls).toEqual([]);
    await log.flush();
    expect(tools.calls.map(({ args }) => args)).toEqual([
      ['--log-level', 'DEBUG', '--', 'a\nb'],
      ['--log-level', 'WARNING', '--', 'c'],
      ['--log-level', 'DEBUG', '--', 'd'],
    ]);
  });

  test('a line is written once', async () => {
    const tools = new FakeHookTools();
    const { log } = logger(tools);
    log.info('a');
    await Promise.all([log.flush(), log.flush()]);
    log.info('b');
    await log.flush();
    expect(tools.log).toEqual(['INFO a', 'INFO b']);
  });

  test('leaves out what is below the level, and what is empty', async () => {
    const tools = new FakeHookTools();
    const { log } = logger(tools, 'INFO');
    log.debug('quiet');
    log.info('');
    log.error('loud');
    await log.flush();
    expect(tools.log).toEqual(['ERROR loud']);
  });

  test('no argument reaches the limit of Linux, whatever the characters; nothing is lost', async () => {
    const tools = new FakeHookTools();
    const { log } = logger(tools);
    const text = 'é€😀'.repeat(40_000);
    log.info(text);
    for (let line = 0; line < 3_000; line += 1) log.info('x'.repeat(100));
    await log.flush();
    const sent = tools.calls.map(({ args }) => args[3] ?? '');
    expect(Math.max(...sent.map((part) => Buffer.byteLength(part)))).toBeLessThan(131_072);
    expect(sent.join('').replaceAll(/[x\n]/g, '')).toBe(text);
    expect(sent.join('').match(/x/g)).toHaveLength(300_000);
  });

  test('what Juju does not take goes to standard error, and nothing throws', async () => {
    const { log, stderr } = logger(new FakeHookTools({ 'juju-log': fails('no context') }));
    log.error('lost?');
    await log.flush();
    expect(stderr).toEqual(['ERROR lost?\n']);
    const throwing = logger(
      new FakeHookTools({
        'juju-log': () => {
          throw new Error('no tool');
        },
      }),
    );
    throwing.log.warning('lost too?');
    await throwing.log.flush();
    expect(throwing.stderr).toEqual(['WARNING lost too?\n']);
  });

  test('a NUL does not break the process call', async () => {
    const tools = new FakeHookTools();
    const { log } = logger(tools);
    log.info('a\0b');
    await log.flush();
    expect(tools.log).toEqual(['INFO a␀b']);
  });
});

test('splitByBytes keeps the text and the limit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 4, max: 40 }), (text, maximum) => {
      const parts = splitByBytes(text, maximum);
      expect(parts.join('')).toBe(text);
      for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(maximum);
    }),
  );
});
