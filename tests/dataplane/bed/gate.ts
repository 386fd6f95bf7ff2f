import { PodNetwork } from '@charm-ts/ops';
import { ownReading, parsePrefix, sidecarVerdict } from '@charm-ts/vpn-gateway';

// The charm's gate, asked from inside a pod's network: ends with 0 when the charm would start the workload, and says why not otherwise.

const network = new PodNetwork('');
const allowed = ['203.0.113.170/32'].flatMap((text) => parsePrefix(text) ?? []);

for (const witness of [await sidecarVerdict(network), await ownReading(network, allowed)]) {
  if (witness.kind === 'verified') continue;
  process.stdout.write(`${witness.reason}\n`);
  process.exit(1);
}
