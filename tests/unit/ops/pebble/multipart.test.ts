import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readMultipart, writeMultipart } from '../../../../lib/ops/src/pebble/multipart.js';

describe('multipart', () => {
  test('any bytes come back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (content, filename) => {
        const { contentType, body } = writeMultipart([
          { name: 'request', content: '{}' },
          { name: 'files', filename: filename.replaceAll(/[\r\n]/g, ''), content },
        ]);
        const files = readMultipart(contentType, body)?.get('files');
        expect(files?.equals(Buffer.from(content))).toBe(true);
      }),
    );
  });

  test('escapes quotes and backslashes of a file name', () => {
    const { body } = writeMultipart([{ name: 'files', filename: '/a"b\\c', content: '' }]);
    expect(body.toString()).toContain('filename="/a\\"b\\\\c"');
  });

  test('a body that was cut off is no body', () => {
    const { contentType, body } = writeMultipart([{ name: 'files', filename: '/a', content: 'content' }]);
    for (let length = 0; length < body.length - 4; length += 1) {
      expect(readMultipart(contentType, body.subarray(0, length))).toBeUndefined();
    }
    expect(readMultipart('application/json', body)).toBeUndefined();
  });
});
