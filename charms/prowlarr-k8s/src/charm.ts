import { MediaCharm } from '@charm-ts/media-charm';
import type { Framework } from '@charm-ts/ops';
import { metadata } from './generated/metadata.js';
import { prowlarr } from './prowlarr.js';

/** Prowlarr, which runs only while its traffic is proved to leave through the VPN. */
export class ProwlarrCharm extends MediaCharm {
  constructor(framework: Framework) {
    super(framework, metadata, prowlarr);
  }
}
