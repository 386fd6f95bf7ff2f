export { SabnzbdCharm } from '../../../../charms/sabnzbd-k8s/src/charm.js';
export { GluetunCharm } from '../../../../src/charm.js';
