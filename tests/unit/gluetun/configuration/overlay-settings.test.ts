import { expect, test } from '@jest/globals';
import { defaultVxlanPort } from '@charm-ts/vpn-gateway';
import { describeFaults } from '../../../../src/configuration/fault.js';
import { imageFaults } from '../../../../src/configuration/image-reference.js';
import {
  overlayNetworkOf,
  vxlanIdFaults,
  vxlanNetworkFaults,
  vxlanPortFaults,
} from '../../../../src/configuration/overlay-settings.js';
import { metadata } from '../../../../src/generated/metadata.js';

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

test('the port that is suggested is the default', () => {
  expect(metadata.options['vxlan-port'].default).toBe(defaultVxlanPort);
});

test.each([
  ['172.16.0.0/24', '172.16.0'],
  ['172.31.99.0', '172.31.99'],
  ['10.200.5', '10.200.5'],
  ['8.8.8.0/24', undefined],
  ['172.16.0.0/16', undefined],
  ['172.16.0.1/24', undefined],
  ['172.16.300.0/24', undefined],
  ['', undefined],
])('B3: vxlan-network %j is %s', (option, network) => {
  expect(overlayNetworkOf(option)).toBe(network);
  expect(vxlanNetworkFaults(option)).toHaveLength(network === undefined ? 1 : 0);
});

test.each([
  ['', ''],
  ['ghcr.io/angelnu/pod-gateway:v1.13.0', ''],
  ['registry.example.org:5000/a/b_c@sha256:' + 'a'.repeat(64), ''],
  [
    'not an image',
    'pod-gateway-image: is not the name of an image, e.g. registry.example.org/pod-gateway:v1.13.0 (is "not an image")',
  ],
  [
    'UPPER/case',
    'pod-gateway-image: is not the name of an image, e.g. registry.example.org/pod-gateway:v1.13.0 (is "UPPER/case")',
  ],
])('D12: pod-gateway-image %j: %j', (image, text) => {
  expect(describeFaults(imageFaults('pod-gateway-image', image))).toBe(text);
});
