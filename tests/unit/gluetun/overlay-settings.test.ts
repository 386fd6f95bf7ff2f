import { expect, test } from '@jest/globals';
import { describeFaults } from '../../../src/configuration/fault.js';
import { vxlanIdFaults, vxlanPortFaults } from '../../../src/configuration/overlay-settings.js';

test.each([
  [1, ''],
  [16_777_215, ''],
  [0, 'vxlan-id: must be 1 to 16777215 (is 0)'],
  [16_777_216, 'vxlan-id: must be 1 to 16777215 (is 16777216)'],
  [-1, 'vxlan-id: must be 1 to 16777215 (is -1)'],
])('vxlan-id %d: %j', (id, text) => {
  expect(describeFaults(vxlanIdFaults(id))).toBe(text);
});

test.each([
  [4790, ''],
  [8472, ''],
  [4789, "vxlan-port: 4789 is Calico's VXLAN port, use 4790"],
  [6081, "vxlan-port: 6081 is Geneve's, use 4790"],
  [53, "vxlan-port: 53 is name resolution's, use 4790"],
  [0, 'vxlan-port: must be 1 to 65535 (is 0)'],
  [65_536, 'vxlan-port: must be 1 to 65535 (is 65536)'],
])('vxlan-port %d: %j', (port, text) => {
  expect(describeFaults(vxlanPortFaults(port))).toBe(text);
});
