import { MediaCharm } from '@charm-ts/media-charm';
import type { Framework } from '@charm-ts/ops';
import { metadata } from './generated/metadata.js';
import { sabnzbd } from './sabnzbd.js';

/** SABnzbd, which runs only while its traffic is proved to leave through the VPN. */
export class SabnzbdCharm extends MediaCharm {
  constructor(framework: Framework) {
    super(framework, metadata, sabnzbd);
  }
}
