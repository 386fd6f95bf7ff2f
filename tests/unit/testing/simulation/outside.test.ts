import { expect, test } from '@jest/globals';
import { exitAddress, podCaseNames } from '@charm-ts/testing';
import { addressSeenOutside, homeAddress } from '../../../../lib/testing/src/simulation/outside.js';
import { podFixture } from '../../../../lib/testing/src/simulation/pod-fixtures.js';

test('the world sees the VPN’s address of a protected pod, the node’s of an open one, and hears nothing of a closed one', () => {
  const seen = podCaseNames.map((name) => [name, addressSeenOutside(podFixture(name))]);
  expect(Object.fromEntries(seen)).toEqual({
    protected: exitAddress,
    'no-overlay': homeAddress,
    'eth0-default-returned': homeAddress,
  });
});

test('a test says what the world sees', () => {
  expect(addressSeenOutside({ ...podFixture('protected'), seenAs: '198.51.100.4' })).toBe('198.51.100.4');
  expect(addressSeenOutside({ ...podFixture('protected') })).toBeUndefined();
});
