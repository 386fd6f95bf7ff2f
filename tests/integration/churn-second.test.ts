import { churnThrough } from './churn.js';

churnThrough(1);
