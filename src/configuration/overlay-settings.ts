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
  return owner === undefined ? [] : [wrong('vxlan-port', `${port} is ${owner}, use 4790`)];
};
