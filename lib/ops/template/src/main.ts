import { main } from '@charm-ts/ops';
import { ClientCharm } from './charm.js';

main(ClientCharm);
