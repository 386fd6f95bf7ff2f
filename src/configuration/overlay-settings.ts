import { defaultVxlanPort, overlayPrefix } from '@charm-ts/vpn-gateway';
import { type Fault, wrong } from './fault.js';

const largestVxlanId = 16_777_215;
const largestPort = 65_535;

/** UDP ports that can never carry the overlay, and whose they are. 8472 stays possible for old clients. */
const takenPorts: Readonly<Record<number, string>> = {
  53: "name resolution's",
  67: "DHCP's",
  68: "DHCP's",
  4789: "Calico's VXLAN port",
  6081: "Geneve's",
};

export const vxlanIdFaults = (id: number): readonly Fault[] =>
  Number.isInteger(id) && id >= 1 && id <= largestVxlanId
    ? []
    : [wrong('vxlan-id', `must be 1 to ${largestVxlanId} (is ${id})`)];

export const vxlanPortFaults = (port: number): readonly Fault[] => {
  if (!Number.isInteger(port) || port < 1 || port > largestPort) {
    return [wrong('vxlan-port', `must be 1 to ${largestPort} (is ${port})`)];
  }
  const owner = takenPorts[port];
  return owner === undefined ? [] : [wrong('vxlan-port', `${port} is ${owner}, use ${defaultVxlanPort}`)];
};

/** First three octets of the overlay network, however it was written; `undefined` when it cannot be one. */
export const overlayNetworkOf = (option: string): string | undefined => {
  const octets = /^(\d{1,3}\.\d{1,3}\.\d{1,3})(\.0(\/24)?)?$/.exec(option.trim())?.[1] ?? '';
  return overlayPrefix(octets) === undefined ? undefined : octets;
};

export const vxlanNetworkFaults = (option: string): readonly Fault[] =>
  overlayNetworkOf(option) === undefined
    ? [wrong('vxlan-network', `must be a private network of 256 addresses, e.g. 172.16.0.0/24 (is "${option}")`)]
    : [];

/** Smallest and largest MTU of the tunnel; IPv4 needs 576. */
const mtuRange = { smallest: 576, largest: 1500 };

/** Why a text or number is no MTU for the tunnel, as the rest of a sentence. */
export const mtuProblem = (value: string | number): string | undefined =>
  /^\d{3,4}$/.test(String(value)) && Number(value) >= mtuRange.smallest && Number(value) <= mtuRange.largest
    ? undefined
    : `must be ${mtuRange.smallest} to ${mtuRange.largest} (is ${typeof value === 'number' ? value : `"${value}"`})`;
