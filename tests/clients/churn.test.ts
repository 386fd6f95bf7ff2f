import { churnThrough } from '../integration/churn.js';

churnThrough(1);
