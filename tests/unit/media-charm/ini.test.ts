import { describe, expect, test } from '@jest/globals';
import { editIni, readIni } from '@charm-ts/media-charm';
import fc from 'fast-check';

const file = [
  '# made by hand',
  '[misc]',
  'host = 0.0.0.0',
  'password = "a = b"',
  '',
  '[[categories]]',
  'host = inner',
  '[servers]',
  'host = news.example.com',
  '',
].join('\n');

describe('editIni', () => {
  test('sets a key in its section and leaves the same key of others alone', () => {
    const text = editIni(file, { section: 'misc', set: { host: '127.0.0.1' }, separator: ' = ' });
    expect(text).toBe(file.replace('host = 0.0.0.0', 'host = 127.0.0.1'));
  });

  test('puts a new key at the end of the section, before sub-sections and blank lines', () => {
    const text = editIni(file, { section: 'misc', set: { port: '1' } });
    expect(text).toBe(file.replace('password = "a = b"\n', 'password = "a = b"\nport=1\n'));
  });

  test('makes a section at the end of the file', () => {
    expect(editIni('[a]\nx=1\n', { section: 'b', set: { y: '2' } })).toBe('[a]\nx=1\n\n[b]\ny=2\n');
    expect(editIni('', { section: 'b', set: { y: '2' } })).toBe('[b]\ny=2\n');
  });

  test('gives a default only to a key that is not there', () => {
    const text = editIni('[a]\nx=mine\n', { section: 'a', default: { x: 'yours', y: 'new' } });
    expect(text).toBe('[a]\nx=mine\ny=new\n');
  });

  test('leaves Windows line endings and keys with a backslash as they are', () => {
    const before = '[Preferences]\r\nWebUI\\Port=1\r\nWebUI\\Username=me\r\n';
    const text = editIni(before, { section: 'Preferences', set: { 'WebUI\\Username': 'admin' } });
    expect(text).toBe('[Preferences]\r\nWebUI\\Port=1\r\nWebUI\\Username=admin\r\n');
  });

  const key = fc.constantFrom('alpha', 'beta', 'Session\\Port', 'gamma');
  const value = fc.stringMatching(/^[a-zA-Z0-9"@(),./+]{0,12}$/);
  const line = fc.oneof(
    fc.tuple(key, value, fc.constantFrom('=', ' = ')).map(([name, text, between]) => `${name}${between}${text}`),
    fc.constantFrom('', '# note', '; note', '[one]', '[two]', '[[sub]]', 'no value at all'),
  );
  const text = fc.array(line, { maxLength: 14 }).map((lines) => `${lines.join('\n')}\n`);

  test('changes nothing the second time, and no line but its own', () => {
    fc.assert(
      fc.property(text, fc.dictionary(key, value, { minKeys: 1 }), (before, set) => {
        const edit = { section: 'one', set };
        const after = editIni(before, edit);
        expect(editIni(after, edit)).toBe(after);
        for (const [name, wanted] of Object.entries(set)) expect(readIni(after, 'one', name)).toBe(wanted.trimEnd());
        const others = (all: string): string[] =>
          all
            .split('\n')
            .filter((each) => each.trim() !== '' && !Object.keys(set).some((name) => each.startsWith(name)));
        expect(others(after)).toEqual(before.includes('[one]') ? others(before) : [...others(before), '[one]']);
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});
