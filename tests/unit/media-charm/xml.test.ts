import { describe, expect, test } from '@jest/globals';
import { editXml, SettingsFileError } from '@charm-ts/media-charm';

const config = `<Config>
  <LogLevel>info</LogLevel>
  <ApiKey>old</ApiKey>
  <UrlBase></UrlBase>
  <SslCertPath />
</Config>
`;

describe('editXml', () => {
  test('sets an element and leaves the others', () => {
    expect(editXml(config, { root: 'Config', set: { ApiKey: 'new' } })).toBe(config.replace('old', 'new'));
  });

  test.each([
    ['UrlBase', '<UrlBase></UrlBase>', '<UrlBase>/p</UrlBase>'],
    ['SslCertPath', '<SslCertPath />', '<SslCertPath>/p</SslCertPath>'],
  ])('fills an empty %s', (name, before, after) => {
    expect(editXml(config, { root: 'Config', set: { [name]: '/p' } })).toBe(config.replace(before, after));
  });

  test('adds what is missing at the end, and a default only then', () => {
    const edit = { root: 'Config', set: { Port: '9696' }, default: { LogLevel: 'debug', BindAddress: '*' } };
    const text = editXml(config, edit);
    expect(text).toBe(config.replace('</Config>', '  <BindAddress>*</BindAddress>\n  <Port>9696</Port>\n</Config>'));
    expect(editXml(text, edit)).toBe(text);
  });

  test('makes a document out of nothing', () => {
    expect(editXml('', { root: 'Config', set: { ApiKey: 'a&b' } })).toBe(
      '<Config>\n  <ApiKey>a&amp;b</ApiKey>\n</Config>\n',
    );
  });

  test.each(['{"not": "xml"}', '<Config>', '<Other></Other>'])('does not touch %s', (text) => {
    expect(() => editXml(text, { root: 'Config', set: { ApiKey: 'x' } })).toThrow(SettingsFileError);
  });
});
