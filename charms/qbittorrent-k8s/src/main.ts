import { main } from '@charm-ts/ops';
import { QbittorrentCharm } from './charm.js';

main(QbittorrentCharm);
