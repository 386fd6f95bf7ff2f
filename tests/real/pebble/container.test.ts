import { describeContainer } from '../../contract/pebble/container-suite.js';
import { startRealPebble } from './real-pebble.js';

describeContainer('a real Pebble', startRealPebble);
