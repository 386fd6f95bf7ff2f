import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { GeneratedFile } from './generated-file.js';
import { code, markdown, type Option, optionSection } from './option-section.js';

interface Described {
  readonly description: string;
}

interface Action extends Described {
  readonly params?: Readonly<Record<string, unknown>>;
}

/** What a charm's YAML files say, as far as the page goes. */
export interface ClientCharm {
  /** As people write it. */
  readonly title: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly actions: Readonly<Record<string, Action>>;
}

/** What all charms that have a thing say of it, or what each of them says. */
interface Entry<T extends Described> {
  readonly name: string;
  readonly first: T;
  readonly text: string;
}

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The description without the application's name, which is all in which charms should differ. */
const impersonal = (title: string, { description }: Described): string =>
  capitalised(markdown(description.replaceAll(title, 'the application').replaceAll(/\s+/g, ' ')));

const entries = <T extends Described>(
  charms: readonly ClientCharm[],
  select: (charm: ClientCharm) => Readonly<Record<string, T>>,
): readonly Entry<T>[] => {
  const names = [...new Set(charms.flatMap((charm) => Object.keys(select(charm))))];
  return names.flatMap((name) => {
    const described = charms.flatMap((charm) => {
      const thing = select(charm)[name];
      return thing === undefined ? [] : [{ title: charm.title, thing, text: impersonal(charm.title, thing) }];
    });
    const [first] = described;
    if (first === undefined) return [];
    const others = new Set(described.map(({ thing }) => JSON.stringify({ ...thing, description: '' })));
    if (others.size > 1) throw new Error(`${name}: the client charms differ in more than its description`);
    const isCommon = described.length === charms.length && described.every(({ text }) => text === first.text);
    const lines = described.map(
      ({ title, thing }) => `* ${title}: ${markdown(thing.description).replaceAll(/\s+/g, ' ')}`,
    );
    return [{ name, first: first.thing, text: isCommon ? first.text : lines.join('\n') }];
  });
};

const actionSection = ({ name, first: { params = {} }, text }: Entry<Action>): string => {
  const names = Object.keys(params);
  const parameters = names.length === 0 ? [] : [`Parameters: ${names.map(code).join(', ')}`];
  return [`### ${code(name)}`, ...parameters, text].join('\n\n');
};

const titles = (charms: readonly ClientCharm[]): string =>
  charms
    .map(({ title }) => title)
    .join(', ')
    .replace(/, ([^,]+)$/, ' and $1');

/** The page about options and actions of the client charms, made from their YAML files. */
export const clientConfigurationPageText = (charms: readonly ClientCharm[]): string =>
  [
    '<!-- Generated from charms/*/config.yaml and actions.yaml by `npm run gen`; do not edit. -->',
    '# Options and actions of the client charms',
    `Of ${titles(charms)}; what is not the same for all of them says whose it is. [How to](../how-to/media-charms.md) shows them at work; a value that cannot be used is in the unit's [status](../operate.md#client-charms). Of the gateway: [options](configuration.md), [actions](actions.md).`,
    '## Options',
    ...entries(charms, ({ options }) => options).map(({ name, first, text }) =>
      optionSection(name, { ...first, description: text }),
    ),
    '## Actions',
    '`juju run sabnzbd/0 <action>`',
    ...entries(charms, ({ actions }) => actions).map(actionSection),
    '## Tests',
    '[Options](../../tests/unit/media-charm/option-faults.test.ts), [all three charms](../../tests/contract/media-charm/media-charm.test.ts), [the same with one gateway](../../tests/integration/clients.test.ts).',
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');

const readYaml = async <T>(folder: string, name: string): Promise<T> =>
  load(await readFile(join(folder, name), 'utf8')) as T;

const readCharm = async (folder: string): Promise<ClientCharm> => {
  const [{ 'display-name': title }, { options }, actions] = await Promise.all([
    readYaml<{ readonly 'display-name': string }>(folder, 'metadata.yaml'),
    readYaml<Pick<ClientCharm, 'options'>>(folder, 'config.yaml'),
    readYaml<ClientCharm['actions']>(folder, 'actions.yaml'),
  ]);
  return { title, options, actions };
};

export const clientConfigurationPage = async (): Promise<readonly GeneratedFile[]> => {
  const folders = (await readdir('charms')).sort().map((name) => join('charms', name));
  const content = clientConfigurationPageText(await Promise.all(folders.map(readCharm)));
  return [{ path: 'docs/reference/client-configuration.md', content }];
};
