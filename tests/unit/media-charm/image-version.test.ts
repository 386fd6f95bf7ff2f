import { expect, test } from '@jest/globals';
import { imageVersion } from '../../../lib/media-charm/src/workload/image-version.js';

test.each([
  ['Linuxserver.io version: 4.5.5-ls240\nBuild-date: 2026-02-03T10:00:00+00:00', '4.5.5'],
  ['Linuxserver.io version: 5.1.4-r2-ls447\nBuild-date: x', '5.1.4'],
  ['Linuxserver.io version: 5.2.0_v2.0.11-ls461\nBuild-date: x', '5.2.0'],
  ['Linuxserver.io version:- 2.3.5.5327-ls141 Build-date:- x', '2.3.5.5327'],
  ['something else', undefined],
  [undefined, undefined],
])('%j is %s', (text, version) => {
  expect(imageVersion(text)).toBe(version);
});
