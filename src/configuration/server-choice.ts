import { shownFaults } from '@charm-ts/vpn-gateway';
import { commaList } from './comma-list.js';
import type { Overrides } from './custom-overrides.js';
import { type Fault, wrong } from './fault.js';
import type { Options } from './options.js';
import { isOn } from './override-rules.js';
import { type ProviderName, rulesOf } from './providers.js';
import {
  filterOfSetting,
  filterProblem,
  filtersProblems,
  parseServerFilters,
  type ServerFilters,
} from './server-filters.js';
import { didYouMean } from './suggestion.js';

/** NordVPN's regions: Gluetun drops one that it does not know without a word and takes any server. */
const nordRegions = ['Asia Pacific', 'Europe', 'The Americas'];

const countryFaults = (countries: readonly string[], provider: ProviderName): readonly Fault[] => {
  const { countries: known, title } = rulesOf(provider);
  if (known === undefined) return [];
  const names = new Set(known.names.map((name) => name.toLowerCase()));
  return countries
    .filter((country) => !names.has(country.toLowerCase()))
    .map((country, index) => {
      const what =
        known.check === 'exact' ? `is not ${/^[AEIOU]/.test(title) ? 'an' : 'a'} ${title} country` : 'is not a country';
      const hint = index < shownFaults ? didYouMean(country, known.names) : '';
      return wrong('server-countries', `"${country}" ${what}${hint}`);
    });
};

const regionProblems = (filters: ServerFilters, provider: ProviderName): readonly string[] => {
  if (provider !== 'nordvpn') return [];
  const names = new Set(nordRegions.map((name) => name.toLowerCase()));
  return commaList(filters['SERVER_REGIONS'] ?? '')
    .filter((region) => !names.has(region.toLowerCase()))
    .map((region) => `"${region}" is not a NordVPN region, use ${nordRegions.join(', ')}`);
};

/** Overrides that choose servers, as Gluetun will read them. */
const overriddenFilters = (overrides: Overrides): ServerFilters =>
  Object.fromEntries(
    Object.entries(overrides).flatMap(([name, value]) => {
      if (filterOfSetting(name) === undefined) return [];
      if (!name.endsWith('_ONLY')) return [[name, value]];
      return isOn(value) ? [[name, 'on']] : [];
    }),
  );

/** How servers are chosen: the two options for places, `server-filters`, and what overrides say instead. */
export const readServerChoice = (
  options: Options,
  overrides: Overrides,
  forwardsPort: boolean,
  provider: ProviderName | undefined,
): { readonly faults: readonly Fault[]; readonly filters: ServerFilters } => {
  const places = { countries: commaList(options['server-countries']), cities: commaList(options['server-cities']) };
  const { filters: given, problems } = parseServerFilters(options['server-filters']);
  const filters: ServerFilters = {
    ...(places.countries.length === 0 ? {} : { SERVER_COUNTRIES: places.countries.join(',') }),
    ...(places.cities.length === 0 ? {} : { SERVER_CITIES: places.cities.join(',') }),
    ...given,
  };
  const readingFaults = problems.map((problem) => wrong('server-filters', problem));
  if (provider === undefined) return { faults: readingFaults, filters };
  const placeFaults = (['countries', 'cities'] as const).flatMap((name) => {
    const problem = places[name].length === 0 ? undefined : filterProblem(provider, name);
    return problem === undefined ? [] : [wrong(`server-${name}`, problem)];
  });
  const own = overriddenFilters(overrides);
  return {
    faults: [
      ...readingFaults,
      ...placeFaults,
      // What is overridden is not asked for: it is the way past a list that has become too old.
      ...(own['SERVER_COUNTRIES'] === undefined && placeFaults.length === 0
        ? countryFaults(places.countries, provider)
        : []),
      ...[...filtersProblems(given, provider, forwardsPort), ...regionProblems(given, provider)].map((problem) =>
        wrong('server-filters', problem),
      ),
      ...[...filtersProblems(own, provider, forwardsPort), ...regionProblems(own, provider)].map((problem) =>
        wrong('custom-overrides', problem),
      ),
    ],
    filters,
  };
};
