import { describe, expect, test } from '@jest/globals';
import { SettingsFileError } from '@charm-ts/media-charm';
import { prowlarrSettings } from '../../../charms/prowlarr-k8s/src/prowlarr.js';
import { request } from '../media-charm/request.js';

const ours = request({ credentials: { 'api-key': '0123456789abcdef0123456789abcdef' } });

/** As Prowlarr leaves it, with what a user has set. */
const used = `<Config>
  <BindAddress>*</BindAddress>
  <Port>9696</Port>
  <EnableSsl>False</EnableSsl>
  <ApiKey>theirs</ApiKey>
  <AuthenticationMethod>Basic</AuthenticationMethod>
  <AuthenticationRequired>DisabledForLocalAddresses</AuthenticationRequired>
  <Branch>master</Branch>
  <LogLevel>debug</LogLevel>
  <UrlBase>/prowlarr</UrlBase>
  <InstanceName>Mine</InstanceName>
  <UpdateMechanism>Docker</UpdateMechanism>
</Config>`;

describe('config.xml', () => {
  test('of a new installation has the key and asks for a login', () => {
    const text = prowlarrSettings('', ours);
    expect(text).toContain('<ApiKey>0123456789abcdef0123456789abcdef</ApiKey>');
    expect(text).toContain('<AuthenticationMethod>Forms</AuthenticationMethod>');
    expect(prowlarrSettings(text, ours)).toBe(text);
  });

  test('of a user keeps everything but the key', () => {
    expect(prowlarrSettings(used, ours)).toBe(used.replace('theirs', '0123456789abcdef0123456789abcdef'));
  });

  test('that Prowlarr could not read either is left alone', () => {
    expect(() => prowlarrSettings('<Config>\n  <Port>96', ours)).toThrow(SettingsFileError);
  });
});
