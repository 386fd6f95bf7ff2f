import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import { openVpnProviderNames, openVpnSecretFaults } from '../../src/configuration/openvpn.js';
import { overrideRules } from '../../src/configuration/override-rules.js';
import {
  type Provider,
  type ProviderName,
  providerNames,
  providerSource,
  rulesOf,
} from '../../src/configuration/providers.js';
import { filterNames, filterSettings } from '../../src/configuration/server-filters.js';
import { attributeSettings, secretAttributes } from '../../src/secret/secret-attributes.js';
import type { GeneratedFile } from './generated-file.js';
import { code, type Option, optionSection } from './option-section.js';

const codes = (texts: readonly string[]): string => texts.map(code).join(', ');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const ports = ({ endpointPort }: Provider): string => {
  switch (endpointPort) {
    case 'required':
      return 'the option vpn-endpoint-port';
    case 'any':
      return 'any';
    case 'fixed':
      return 'cannot be set';
    default:
      return endpointPort.join(', ');
  }
};

const countries = ({ countries: known }: Provider): string => {
  if (known === undefined) return '–';
  return known.check === 'exact' ? `${known.names.length}, each checked` : 'spelling checked';
};

const providerRow = (name: ProviderName): readonly string[] => {
  const provider = rulesOf(name);
  return [
    code(name),
    provider.addresses === 'required' ? 'needed' : 'has a default',
    provider.presharedKey === 'required' ? 'needed' : 'where it gives one',
    ports(provider),
    provider.filters.length === 0 ? '–' : provider.filters.join(', '),
    countries(provider),
    provider.portForwarding ? 'yes' : name === 'custom' ? 'with port-forwarding-provider' : 'no',
  ];
};

const openVpnRow = (name: string): readonly string[] => [
  code(name),
  codes(
    openVpnSecretFaults(name, new Set()).flatMap((fault) =>
      'option' in fault ? [fault.option.replace(' in the secret', '')] : [],
    ),
  ),
];

const exactCountries = providerNames.flatMap((name) => {
  const { countries: known, title } = rulesOf(name);
  return known?.check === 'exact' ? [`* ${title}: ${known.names.join(', ')}.`] : [];
});

/** The page about the options, made from config.yaml and the tables that check them. */
export const configurationPageText = (config: string): string => {
  const { options } = load(config) as { readonly options: Readonly<Record<string, Option>> };
  const sections = Object.entries(options).map(([name, option]) => optionSection(name, option));
  return [
    '<!-- Generated from config.yaml and src/configuration by `npm run gen`; do not edit. -->',
    '# Options of gluetun-k8s',
    "Options have the names and meanings of the Python charm; [moving](../how-to/move-from-the-python-charm.md) says what is different. Everything is checked before Gluetun starts: what is missing or wrong is in the unit's status, eight things at once and how many more there are, each with the name of the option.",
    '## Options',
    ...sections,
    '## Attributes of the secret',
    `\`juju add-secret vpn-key <attribute>#file=<file>\`, \`juju update-secret vpn-key …\`. Each becomes a file in the workload container that only root can read, and is in no Pebble plan, environment, argument, log, databag or Kubernetes object. A changed secret restarts Gluetun and nothing else.`,
    table(
      ['attribute', "Gluetun's setting"],
      [
        ...secretAttributes.map((name) => [code(name), code(attributeSettings[name])]),
        [
          code('wg0-conf'),
          'private key, preshared key and addresses; with provider custom also the server. `DNS`, `MTU`, `AllowedIPs`, `PersistentKeepalive` and commands in it are not read',
        ],
      ],
    ),
    '## Providers with WireGuard',
    `Rules of Gluetun ${providerSource.gluetun}, countries of its server lists of ${providerSource.serverLists}.`,
    table(
      [
        'provider',
        'wireguard-addresses',
        'preshared-key',
        '`WIREGUARD_ENDPOINT_PORT` in custom-overrides',
        'servers are chosen by',
        'countries',
        'port forwarding',
      ],
      providerNames.map(providerRow),
    ),
    ...(exactCountries.length === 0 ? [] : [exactCountries.join('\n')]),
    'A country that is newer than the list passes unchecked as `{"SERVER_COUNTRIES": "…"}` in custom-overrides. Cities, host names, names, ISPs and categories are not checked: when none of them exists, Gluetun ends and the status says which options can be the cause.',
    '## Filters',
    table(
      ['in server-filters', "Gluetun's setting", 'value'],
      filterNames.map((name) => [
        code(name),
        code(filterSettings[name].setting),
        filterSettings[name].value === 'flag'
          ? 'none: the name alone'
          : filterSettings[name].value === 'numbers'
            ? 'numbers, comma separated'
            : 'names, comma separated',
      ]),
    ),
    '## Overrides',
    `\`custom-overrides\` takes: ${codes(Object.keys(overrideRules))}. Everything else is refused, and the status says where it belongs.`,
    '## Providers with OpenVPN',
    'What the secret must have ([how to](../how-to/openvpn.md)):',
    table(['provider', 'attributes'], openVpnProviderNames.map(openVpnRow)),
    '## Tests',
    '[Options](../../tests/unit/gluetun/configuration), [562 configurations compared with the verdicts of Gluetun itself](../../tests/contract/gluetun/settings-record.test.ts), [which a run with the program re-makes](../../tests/real/gluetun). A published Gluetun has its server list inside; that run uses one that is made from the tables above, so it shows that charm and Gluetun compare names alike, not that a name is on a published list.',
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
};

export const configurationPage = async (): Promise<readonly GeneratedFile[]> => [
  { path: 'docs/reference/configuration.md', content: configurationPageText(await readFile('config.yaml', 'utf8')) },
];
