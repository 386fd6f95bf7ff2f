import { describeContainer } from './container-suite.js';
import { startSimulatedPebble } from './simulated-pebble.js';

describeContainer('the simulated Pebble', startSimulatedPebble);
