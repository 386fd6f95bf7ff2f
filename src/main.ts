import { main } from '@charm-ts/ops';
import { GluetunCharm } from './charm.js';

main(GluetunCharm);
