import { expect, test } from '@jest/globals';
import { type ClientCharm, clientConfigurationPageText } from '../../../scripts/gen/client-configuration-page.js';
import { markdown } from '../../../scripts/gen/option-section.js';

const charm = (title: string, more: Partial<ClientCharm> = {}): ClientCharm => ({
  title,
  options: { puid: { type: 'int', default: 1000, description: `User id that ${title} runs as,\nin <brackets>.` } },
  actions: { renew: { description: 'Renews.' } },
  ...more,
});

test('what all charms say stands there once, without a name', () => {
  const page = clientConfigurationPageText([charm('SABnzbd'), charm('Prowlarr')]);
  expect(page).toContain(
    '### `puid`\n\nint, default: `1000`\n\nUser id that the application runs as, in &lt;brackets&gt;.',
  );
  expect(page).toContain('### `renew`\n\nRenews.\n');
});

test('what differs, or what only one has, says whose it is', () => {
  const actions = {
    renew: { description: 'Renews the key of Prowlarr.' },
    sync: { params: { now: {} }, description: 'Syncs.' },
  };
  const page = clientConfigurationPageText([charm('SABnzbd'), charm('Prowlarr', { actions })]);
  expect(page).toContain('### `renew`\n\n* SABnzbd: Renews.\n* Prowlarr: Renews the key of Prowlarr.\n');
  expect(page).toContain('### `sync`\n\nParameters: `now`\n\n* Prowlarr: Syncs.\n');
});

test('another default in one of them is no page', () => {
  const options = { puid: { type: 'int', default: 1, description: '' } };
  expect(() => clientConfigurationPageText([charm('SABnzbd'), charm('Prowlarr', { options })])).toThrow('puid: ');
});

test.each([
  ['`juju grant-secret vpn-key <app>` and <app>', '`juju grant-secret vpn-key <app>` and &lt;app&gt;'],
  ['no code', 'no code'],
])('%s: brackets in code are as they are', (text, wanted) => {
  expect(markdown(text)).toBe(wanted);
});
