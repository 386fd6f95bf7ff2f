import { churnThrough } from './churn.js';

churnThrough('fourth');
