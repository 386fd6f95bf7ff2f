import { describeEntry } from './journal.js';
import { tryOut } from './sequence.js';

// `hunt FIRST COUNT`: ends with 1 and the shortest sequence as soon as a promise is broken.
const [first = 1, count = 10_000] = process.argv.slice(2).map(Number);
for (let seed = first; seed < first + count; seed += 1) {
  const finding = await tryOut(seed);
  if (finding === undefined) continue;
  const { broken, sequence, journal } = finding;
  process.stdout.write(`seed ${seed}: ${broken}\n  ${sequence.join(' → ')}\n`);
  process.stdout.write(
    journal
      .slice(-60)
      .map((entry) => `    ${describeEntry(entry)}\n`)
      .join(''),
  );
  process.exit(1);
}
