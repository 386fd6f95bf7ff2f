import { churnThrough } from './churn.js';

churnThrough(0);
