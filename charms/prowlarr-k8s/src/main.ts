import { main } from '@charm-ts/ops';
import { ProwlarrCharm } from './charm.js';

main(ProwlarrCharm);
