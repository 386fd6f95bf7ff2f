import { execFileSync } from 'node:child_process';
import { RealClock, Sandbox } from '@charm-ts/testing';

// hook-time.ts: how long a hook of the packed gateway charm takes while the VPN is up, and while it is down, in one run on this machine.
// A hook with the tunnel down may take at most twice as long (the Python charm: 27 s).

const gateway = 'gluetun/0';
const runs = 7;
const most = 2;
const key = Buffer.from('a key that must not be anywhere!').toString('base64');

/** Milliseconds of the fastest of some `update-status` hooks: what else the machine does only makes them slower. */
const measure = async (sandbox: Sandbox): Promise<number> => {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    sandbox.updateStatus(gateway);
    const started = performance.now();
    const ran = await sandbox.step();
    if (ran?.hook === 'update-status') times.push(performance.now() - started);
  }
  return Math.min(...times);
};

const statusBegins = (sandbox: Sandbox, start: string) => () => sandbox.status(gateway).message.startsWith(start);

execFileSync('./build.sh', ['--dir'], { stdio: 'ignore' });
const sandbox = await Sandbox.create({ clock: new RealClock() });
const uri = sandbox.addSecret('vpn-key', { 'private-key': key });
await sandbox.deploy('dist/gluetun-k8s', 'gluetun', { trust: true });
sandbox.grantSecret('vpn-key', 'gluetun');
sandbox.configure('gluetun', {
  'vpn-provider': 'mullvad',
  'wireguard-addresses': '10.64.12.7/32',
  'wireguard-private-key-secret': uri,
});
await sandbox.waitFor(statusBegins(sandbox, 'VPN connected'), 'the VPN is connected');
const up = await measure(sandbox);
sandbox.vpn(gateway, 'down');
await sandbox.waitFor(statusBegins(sandbox, 'VPN lost'), 'the VPN is lost');
const down = await measure(sandbox);
await sandbox.close();

const ratio = down / up;
const isGood = ratio <= most;
process.stdout.write(
  `update-status, the fastest of ${runs}: ${up.toFixed(0)} ms with the VPN up, ${down.toFixed(0)} ms with it down, ratio ${ratio.toFixed(2)} (at most ${most})\n` +
    `${isGood ? '1 passed, 0 failed' : '0 passed, 1 failed'}\n`,
);
process.exitCode = isGood ? 0 : 1;
