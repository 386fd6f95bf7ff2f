import { main } from '@charm-ts/ops';
import { SabnzbdCharm } from './charm.js';

main(SabnzbdCharm);
