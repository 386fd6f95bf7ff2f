import { commaList } from './comma-list.js';
import { type FilterName, type ProviderName, rulesOf } from './providers.js';
import { didYouMean } from './suggestion.js';

/** Gluetun's setting behind each filter, and what kind of value it takes. */
export const filterSettings = {
  countries: { setting: 'SERVER_COUNTRIES', value: 'list' },
  cities: { setting: 'SERVER_CITIES', value: 'list' },
  regions: { setting: 'SERVER_REGIONS', value: 'list' },
  hostnames: { setting: 'SERVER_HOSTNAMES', value: 'list' },
  names: { setting: 'SERVER_NAMES', value: 'list' },
  isps: { setting: 'ISP', value: 'list' },
  categories: { setting: 'SERVER_CATEGORIES', value: 'list' },
  numbers: { setting: 'SERVER_NUMBER', value: 'numbers' },
  owned: { setting: 'OWNED_ONLY', value: 'flag' },
  free: { setting: 'FREE_ONLY', value: 'flag' },
  stream: { setting: 'STREAM_ONLY', value: 'flag' },
  'secure-core': { setting: 'SECURE_CORE_ONLY', value: 'flag' },
  tor: { setting: 'TOR_ONLY', value: 'flag' },
  'port-forward': { setting: 'PORT_FORWARD_ONLY', value: 'flag' },
  multihop: { setting: 'MULTIHOP_ONLY', value: 'flag' },
} as const satisfies Record<FilterName, { readonly setting: string; readonly value: 'list' | 'numbers' | 'flag' }>;

/** Filters that `server-filters` takes; countries and cities have options of their own. */
const ownOptions: readonly FilterName[] = ['countries', 'cities'];
const isFilterName = (name: string): name is FilterName => Object.hasOwn(filterSettings, name);
export const filterNames: readonly FilterName[] = Object.keys(filterSettings)
  .filter(isFilterName)
  .filter((name) => !ownOptions.includes(name));

/** Settings of Gluetun, by name, that choose servers. */
export type ServerFilters = Readonly<Record<string, string>>;

export interface FiltersReading {
  readonly filters: ServerFilters;
  readonly problems: readonly string[];
}

const on = ['', 'on', 'true', 'yes'];
const off = ['off', 'false', 'no'];

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** Why a provider's servers cannot be chosen by this, or `undefined`. */
export const filterProblem = (provider: ProviderName, filter: FilterName): string | undefined => {
  const { filters, title } = rulesOf(provider);
  if (filters.includes(filter)) return undefined;
  if (filters.length === 0) return `provider ${provider} has one server, there is nothing to choose`;
  return `${title} servers cannot be chosen by ${filter}, only by ${listed(filters)}`;
};

const valueOf = (name: FilterName, text: string): { readonly value?: string; readonly problem?: string } => {
  switch (filterSettings[name].value) {
    case 'flag':
      if (on.includes(text.toLowerCase())) return { value: 'on' };
      return off.includes(text.toLowerCase()) ? {} : { problem: `${name} is on or off (is "${text}")` };
    case 'numbers': {
      const items = commaList(text);
      const areNumbers = items.length > 0 && items.every((item) => /^\d{1,5}$/.test(item) && Number(item) <= 65_535);
      return areNumbers ? { value: items.join(',') } : { problem: `${name} are numbers, e.g. ${name}=1234,1250` };
    }
    default: {
      const items = commaList(text);
      return items.length > 0 ? { value: items.join(',') } : { problem: `${name} needs a value, e.g. ${name}=…` };
    }
  }
};

/** Reads `server-filters`: `name=value` with lists at commas, flags by name alone, parts apart by `;` or a line break. */
export const parseServerFilters = (option: string): FiltersReading => {
  const filters: Record<string, string> = {};
  const problems: string[] = [];
  const parts = option.split(/[;\n]/).map((part) => part.trim());
  for (const part of parts.filter((text) => text !== '')) {
    const [given = '', ...rest] = part.split('=');
    const name = given.trim().toLowerCase();
    if (!isFilterName(name)) {
      problems.push(`"${given.trim()}" is not a filter${didYouMean(name, filterNames)}`);
    } else if (ownOptions.includes(name)) {
      problems.push(`${name} have an option of their own: server-${name}`);
    } else {
      const { value, problem } = valueOf(name, rest.join('=').trim());
      const { setting } = filterSettings[name];
      if (problem !== undefined) problems.push(problem);
      else if (Object.hasOwn(filters, setting)) problems.push(`${name} is given twice`);
      else if (value !== undefined) filters[setting] = value;
    }
  }
  return { filters, problems };
};

/** The filter behind one of Gluetun's settings. */
export const filterOfSetting = (setting: string): FilterName | undefined =>
  Object.keys(filterSettings)
    .filter(isFilterName)
    .find((name) => filterSettings[name].setting === setting);

/** Problems of filters that Gluetun exits for, whatever option they come from. */
export const filtersProblems = (
  filters: ServerFilters,
  provider: ProviderName,
  forwardsPort: boolean,
): readonly string[] => {
  const forCustom = provider === 'custom' && forwardsPort;
  const missing = Object.keys(filters).flatMap((setting) => {
    const filter = filterOfSetting(setting);
    // Gluetun takes one name with a custom server: Private Internet Access' certificate bears it.
    if (filter === undefined || (forCustom && filter === 'names')) return [];
    return filterProblem(provider, filter) ?? [];
  });
  const severalNames = forCustom && commaList(filters['SERVER_NAMES'] ?? '').length > 1;
  const freeAndForwarding = filters['FREE_ONLY'] === 'on' && (forwardsPort || filters['PORT_FORWARD_ONLY'] === 'on');
  return [
    ...missing,
    ...(severalNames ? ['names takes one name with provider custom'] : []),
    ...(freeAndForwarding && provider === 'protonvpn' ? ['free servers of ProtonVPN forward no port'] : []),
  ];
};
