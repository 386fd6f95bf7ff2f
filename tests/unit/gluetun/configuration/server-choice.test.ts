import { describe, expect, test } from '@jest/globals';
import { describeFaults } from '../../../../src/configuration/fault.js';
import type { Options } from '../../../../src/configuration/options.js';
import { providerNames, rulesOf } from '../../../../src/configuration/providers.js';
import { parseServerFilters } from '../../../../src/configuration/server-filters.js';
import { editDistance, suggestion } from '../../../../src/configuration/suggestion.js';
import { readTunnelSettings } from '../../../../src/configuration/tunnel-settings.js';
import { options } from '../options.js';

const faultsOf = (changes: Partial<Options>): string => describeFaults(readTunnelSettings(options(changes)).faults);

describe('D7: names are checked before Gluetun starts', () => {
  test.each<[string, Partial<Options>, string]>([
    ['a country', { 'server-countries': 'Switzerland, sweden' }, ''],
    [
      'a misspelt country',
      { 'server-countries': 'Swizerland' },
      'server-countries: "Swizerland" is not a Mullvad country, did you mean Switzerland?',
    ],
    [
      'a country by another name',
      { 'server-countries': 'United Kingdom,US' },
      'server-countries: "United Kingdom" is not a Mullvad country, did you mean UK?; server-countries: "US" is not a Mullvad country, did you mean USA?',
    ],
    [
      'a country code',
      { 'server-countries': 'CH' },
      'server-countries: "CH" is not a Mullvad country, did you mean Switzerland?',
    ],
    [
      'a country without servers',
      { 'vpn-provider': 'ivpn', 'server-countries': 'Kenya' },
      'server-countries: "Kenya" is not an IVPN country',
    ],
    ['any country of a provider with many', { 'vpn-provider': 'nordvpn', 'server-countries': 'Kenya' }, ''],
    [
      'a misspelt one of a provider with many',
      { 'vpn-provider': 'protonvpn', 'server-countries': 'Icelend' },
      'server-countries: "Icelend" is not a country, did you mean Iceland?',
    ],
    ['a country that is newer than the list', { 'custom-overrides': '{"SERVER_COUNTRIES": "Atlantis"}' }, ''],
    [
      'a misspelt provider',
      { 'vpn-provider': 'mulvad' },
      'vpn-provider: "mulvad" is no provider, did you mean mullvad?',
    ],
  ])('%s', (_case, changes, text) => {
    expect(faultsOf(changes)).toBe(text);
  });
});

describe('server-filters', () => {
  test('reads values, flags and line breaks', () => {
    expect(parseServerFilters(' hostnames = a.example , b.example ;owned\nISPs=31173; free=off')).toEqual({
      filters: { SERVER_HOSTNAMES: 'a.example,b.example', OWNED_ONLY: 'on', ISP: '31173' },
      problems: [],
    });
  });

  test.each<[string, Partial<Options>, string]>([
    ['regoins=Europe', {}, 'server-filters: "regoins" is not a filter, did you mean regions?'],
    ['countries=Sweden', {}, 'server-filters: countries have an option of their own: server-countries'],
    ['hostnames=', {}, 'server-filters: hostnames needs a value, e.g. hostnames=…'],
    ['owned=maybe', {}, 'server-filters: owned is on or off (is "maybe")'],
    ['owned; owned', {}, 'server-filters: owned is given twice'],
    ['numbers=x', { 'vpn-provider': 'nordvpn' }, 'server-filters: numbers are numbers, e.g. numbers=1234,1250'],
    [
      'regions=Europe',
      {},
      'server-filters: Mullvad servers cannot be chosen by regions, only by countries, cities, hostnames, isps and owned',
    ],
    [
      'hostnames=x',
      {
        'vpn-provider': 'custom',
        'vpn-endpoint-ip': '203.0.113.9',
        'wireguard-public-key': Buffer.alloc(32).toString('base64'),
      },
      'server-filters: provider custom has one server, there is nothing to choose',
    ],
    [
      'regions=Eurpe',
      { 'vpn-provider': 'nordvpn' },
      'server-filters: "Eurpe" is not a NordVPN region, use Asia Pacific, Europe, The Americas',
    ],
    [
      'free; port-forward',
      { 'vpn-provider': 'protonvpn' },
      'server-filters: free servers of ProtonVPN forward no port',
    ],
  ])('%s', (filters, changes, text) => {
    expect(faultsOf({ ...changes, 'server-filters': filters })).toBe(text);
  });

  test('the same rules hold for overrides', () => {
    expect(
      faultsOf({ 'custom-overrides': '{"SERVER_REGIONS": "Europe", "FREE_ONLY": true, "STREAM_ONLY": "off"}' }),
    ).toBe(
      'custom-overrides: Mullvad servers cannot be chosen by regions, only by countries, cities, hostnames, isps and owned; custom-overrides: Mullvad servers cannot be chosen by free, only by countries, cities, hostnames, isps and owned',
    );
  });
});

describe('suggestions', () => {
  test.each([
    ['swap', 'wasp', 2],
    ['abcd', 'abdc', 1],
    ['', 'abc', 3],
    ['same', 'same', 0],
  ])('%s and %s are %d apart', (one, other, distance) => {
    expect(editDistance(one, other)).toBe(distance);
    expect(editDistance(other, one)).toBe(distance);
  });

  test('nothing is suggested for what is not near', () => {
    expect(suggestion('Atlantis', ['Sweden', 'Norway'])).toBeUndefined();
    expect(suggestion('', ['Sweden'])).toBeUndefined();
  });

  test.each(providerNames)('%s accepts every country of its own list', (name) => {
    const names = rulesOf(name).countries?.names ?? [];
    const faults = faultsOf({ 'vpn-provider': name, 'server-countries': names.join(',') });
    expect(faults).not.toMatch(/is not an? /);
    expect(new Set(names).size).toBe(names.length);
  });
});
