import { columns } from './columns.js';
import { commands } from './commands.js';
import { UsageError } from './usage-error.js';

/** Every command with its summary. */
export function overview(): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => [`  ${name}`, firstSentence(summary)]);
  return [
    'charm-sandbox: a Juju model on this machine, without Juju and without a cluster.',
    '',
    'Usage: charm-sandbox <command> [options]',
    '',
    columns([...rows, ['  destroy', 'Ends the model and its background process.']]),
    '',
    'Options of every command:',
    columns([
      ['  --model NAME', 'The model; media by default.'],
      ['  --help', 'Shows how a command is used.'],
    ]),
    '',
  ].join('\n');
}

const firstSentence = (text: string): string => text.replaceAll('\n', ' ').replace(/(?<=\.) .*$/, '');

/** One command. */
export function helpFor(name: string): string {
  if (name === 'destroy') return 'Usage: charm-sandbox destroy\n\nEnds the model and its background process.\n';
  const found = commands[name];
  if (found === undefined) throw new UsageError(`unknown command "${name}"; charm-sandbox help lists them`);
  return `Usage: charm-sandbox ${found.usage}\n\n${found.summary}\n`;
}
