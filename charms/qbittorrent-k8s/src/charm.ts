import { MediaCharm } from '@charm-ts/media-charm';
import type { Framework } from '@charm-ts/ops';
import { metadata } from './generated/metadata.js';
import { qbittorrent } from './qbittorrent.js';

/** qBittorrent, which runs only while its traffic is proved to leave through the VPN. */
export class QbittorrentCharm extends MediaCharm {
  constructor(framework: Framework) {
    super(framework, metadata, qbittorrent);
  }
}
