import { churnThrough } from '../integration/churn.js';

churnThrough('others');
