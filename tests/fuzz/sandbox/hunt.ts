import { Cluster, fuzz, recipeOf, VirtualClock } from '@charm-ts/testing';
import { connectOn } from '../../integration/connection.js';
import { Deployment } from '../../integration/deployment.js';
import { clientPromises } from './client-promises.js';

// `hunt SEED STEPS`: the gateway and a client in a sandbox. Ends with 1 and the shortest way as soon as a promise is broken.
const [seed = 1, steps = 400] = process.argv.slice(2).map(Number);
const cluster = await Cluster.start();
const deployment = await Deployment.complete(cluster);
const recipe = recipeOf(deployment.sandbox);
await deployment.close();

const judges = [clientPromises('sabnzbd')];
const { violation } = await fuzz(recipe, { seed, steps, cluster, connect: connectOn(new VirtualClock()), judges });
await cluster.close();
if (violation !== undefined) {
  const { step, unit, hook, what, lines, log } = violation;
  process.stdout.write(`seed ${seed}: step ${step}: ${unit} ${hook}: ${what}\n  ${lines.join(' → ')}\n`);
  process.stdout.write(log.map((line) => `    ${line}\n`).join(''));
  process.exitCode = 1;
}
