import { readFileSync, writeFileSync } from 'node:fs';

// The tables of the leak matrix: `tables.ts RESULTS` prints them; with `--check PAGE` it compares them with those of the page, figures of time and control aside; with `--write PAGE` it replaces those.

interface Result {
  readonly number: string;
  readonly topology: string;
  readonly mode: string;
  readonly counters: string;
  readonly packets: number;
  readonly recovery: string;
  readonly title: string;
  readonly layers: readonly string[];
  readonly exception: string;
}

const layerNames: Readonly<Record<string, string>> = {
  gate: 'L0 gate',
  firewall: "L1 client's filter table",
  redirect: "L1 client's redirection of port 53",
  routes: "L1 client's routes",
  follow: "L1 sidecar follows the gateway's name",
  filter: "L1 gateway's filter table",
  policy: "L2 client's NetworkPolicy",
  'gateway-policy': "L3 gateway's NetworkPolicy and routing rule",
  guard: "L3 gateway's mangle table",
  resolver: "L3 Gluetun's resolver alone",
  'resolv-conf': 'L3 Gluetun does not know the DNS of the cluster',
  bind: 'L3 control server on loopback only',
};

/** Rows that are shown elsewhere, and why no meter at the uplink can show them. */
const elsewhere: Readonly<Record<string, string>> = {
  '19': '`hostNetwork`: the init container refuses (cases/60-refusals), and so does the charm (unit tests of the object applier). Without both it would be the node that loses its route.',
  '26': "Pebble's socket is a file and has no packets; its probe ports are checked in rows 21 and in cases/50-no-gateway.",
};

const [file = '', option = '', page = ''] = process.argv.slice(2);

const results: readonly Result[] = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [
      number = '',
      topology = '',
      mode = '',
      counters = '',
      packets = '',
      recovery = '',
      title = '',
      layers = '',
      exception = '',
    ] = line.split('|');
    return {
      number,
      topology,
      mode,
      counters,
      packets: Number(packets),
      recovery,
      title,
      layers: layers.split(' '),
      exception,
    };
  });

const order = (number: string): number => {
  const value = Number.parseInt(number, 10);
  if (Number.isNaN(value)) return number === 'baseline' ? 0 : 1000;
  return value + (number.endsWith('b') ? 0.5 : 0);
};
const numbers = [...new Set(results.map(({ number }) => number))].sort(
  (one, other) => order(one) - order(other) || one.localeCompare(other),
);
const found = (number: string, topology: string, mode: string): Result | undefined =>
  results.find((result) => result.number === number && result.topology === topology && result.mode === mode);

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const leaked = (result: Result | undefined): string => {
  if (result === undefined) return 'not run';
  return result.packets === 0 ? '0' : result.counters;
};
const control = (result: Result | undefined): string => {
  if (result === undefined) return 'not run';
  return result.packets === 0 ? `0: ${result.exception}` : String(result.packets);
};

const scenarios = table(
  ['scenario', 'what happens', 'leaked, bridge', 'leaked, routed', 'seconds to recover', 'without protection'],
  numbers.map((number) => {
    const [bridge, routed] = [found(number, 'bridge', 'all'), found(number, 'routed', 'all')];
    return [
      number,
      results.find((result) => result.number === number)?.title ?? '',
      leaked(bridge),
      leaked(routed),
      `${bridge?.recovery ?? '-'} / ${routed?.recovery ?? '-'}`,
      `${control(found(number, 'bridge', 'none'))} / ${control(found(number, 'routed', 'none'))}`,
    ];
  }),
);

const layers = table(
  ['scenario', 'the only layer', 'leaked, bridge', 'leaked, routed'],
  numbers.flatMap((number) =>
    (results.find((result) => result.number === number)?.layers ?? []).map((layer) => [
      number,
      layerNames[layer] ?? layer,
      leaked(found(number, 'bridge', layer)),
      leaked(found(number, 'routed', layer)),
    ]),
  ),
);

const rows = [...Array.from({ length: 30 }, (_, index) => String(index + 1)), '14b'];
const faults = rows.flatMap((number) => {
  if (elsewhere[number] !== undefined) return [];
  const own = results.find((result) => result.number === number);
  if (own === undefined) return [`row ${number} has no scenario`];
  return own.layers.length < 2 ? [`row ${number} has one layer only`] : [];
});
const exceptions = new Set(results.filter(({ exception }) => exception !== '').map(({ number }) => number));
if (exceptions.size > 5) faults.push(`the control has ${exceptions.size} exceptions`);

const blocks: Readonly<Record<string, string>> = {
  scenarios,
  layers,
  elsewhere: Object.entries(elsewhere)
    .map(([number, text]) => `* Row ${number}: ${text}`)
    .join('\n'),
};

/** Times and the packets of the control, the last two cells of a scenario, differ from run to run; a control without packets is a difference. */
const comparable = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      const cells = line.split('|');
      if (cells.length !== 8) return line;
      return [...cells.slice(0, 5), (cells[6] ?? '').replaceAll(/\b[1-9]\d*\b/g, 'n')].join('|');
    })
    .join('\n');

const between = (name: string): RegExp => new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);

if (option === '--write') {
  const text = Object.entries(blocks).reduce(
    (whole, [name, block]) =>
      whole.replace(between(name), (_, start: string, end: string) => `${start}\n${block}\n\n${end}`),
    readFileSync(page, 'utf8'),
  );
  writeFileSync(page, text);
} else if (option === '--check') {
  const text = readFileSync(page, 'utf8');
  for (const [name, block] of Object.entries(blocks)) {
    const written = between(name).exec(text)?.[0].split('\n').slice(1, -1).join('\n').trim() ?? '';
    const [was, is] = [squeeze(comparable(written)), squeeze(comparable(block))];
    const different = is.filter((line, index) => line !== was[index]);
    if (was.length !== is.length || different.length > 0)
      faults.push(`${page}: the table '${name}' is not what the bed has found; ${different.slice(0, 3).join(' ')}`);
  }
} else {
  process.stdout.write(`\n${scenarios}\n\n${layers}\n`);
}
for (const fault of faults) process.stdout.write(`FAIL  ${fault}\n`);
process.exit(option === '--check' && faults.length > 0 ? 1 : 0);

/** Lines as the formatter leaves them, without the blanks that align a table. */
function squeeze(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---').trim())
    .filter((line) => line !== '');
}
