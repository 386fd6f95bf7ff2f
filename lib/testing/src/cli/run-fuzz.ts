import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type FoundViolation, fuzz, type FuzzProgress } from '../fuzz/fuzz.js';
import type { Judge } from '../fuzz/judge.js';
import type { Recipe } from '../fuzz/recipe.js';
import type { CommandLine } from './command-line.js';
import type { CliHost } from './run-cli.js';
import { UsageError } from './usage-error.js';

/** At most one line of progress in so many milliseconds. */
const pause = 2_000;
/** A charm's log may be long; its end says what went wrong. */
const logLines = 60;

/** Fuzzes copies of a model, given as the JSON of its recipe. Returns the exit code. */
export async function runFuzz(host: CliHost, recipe: string, { values }: CommandLine): Promise<number> {
  const number = (name: string, byDefault: number): number => Number(values.get(name)?.[0] ?? byDefault);
  const [seed, steps, seconds] = [number('seed', 1), number('steps', 200), number('time-limit', 600)];
  const judges = await Promise.all((values.get('judge') ?? []).map((file) => judgeIn(resolve(host.cwd, file))));
  const report = await fuzz(
    // The other end is this same program.
    JSON.parse(recipe) as Recipe,
    { seed, steps, timeLimit: seconds * 1000, judges, onProgress: progressLines(host, steps) },
  );
  if (report.violation !== undefined) {
    host.stdout(violationText(report.violation, seed));
    host.stdout(`${report.steps} steps, 1 violation\n`);
    return 1;
  }
  const early = report.steps < steps ? ` (of ${steps}: the ${seconds} s of --time-limit are over)` : '';
  host.stdout(`${report.steps} steps, 0 violations${early}\n`);
  return 0;
}

async function judgeIn(file: string): Promise<Judge> {
  const module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  if (typeof module.default !== 'function') throw new UsageError(`${file} has no function as its default export`);
  return module.default as Judge;
}

function progressLines(host: CliHost, all: number): (progress: FuzzProgress) => void {
  const start = Date.now();
  let last = start;
  return ({ steps, hooks, line, shortening }) => {
    if (Date.now() - last < pause) return;
    last = Date.now();
    const what = shortening === undefined ? line : `shortening the way to a violation, ${shortening} steps`;
    host.stderr(`${Math.round((last - start) / 1000)} s, ${steps} of ${all} steps, ${hooks} hooks: ${what}\n`);
  };
}

function violationText(violation: FoundViolation, seed: number): string {
  const { unit, hook, what, step, lines, from, log } = violation;
  const written = log.flatMap((text) => text.split('\n'));
  return [
    `VIOLATION seed ${seed}, step ${step}: ${unit} ${hook}: ${what}`,
    '',
    ...(lines.length === 0
      ? ['The deployment alone leads to it.']
      : [`The shortest way to it from the deployment (${lines.length} of ${from} steps):`]),
    ...lines.map((line) => `  ${line}`),
    '',
    `The log of ${unit} ${hook}:`,
    ...(written.length > logLines ? [`  … ${written.length - logLines} lines before`] : []),
    ...written.slice(-logLines).map((line) => `  ${line}`),
    '',
    '',
  ].join('\n');
}
