import type { Sequence } from '../sequence.js';
import { accessSequences } from './access.js';
import { applySequences } from './apply.js';
import { clusterSequences } from './cluster.js';
import { jujuReapplySequences } from './juju-reapply.js';
import { ownObjectSequences } from './own-objects.js';
import { patchSequences } from './patches.js';
import { refusalSequences } from './refusals.js';

/** Everything that is recorded; one fixture file each. */
export const sequences: readonly Sequence[] = [
  ...applySequences,
  ...jujuReapplySequences,
  ...patchSequences,
  ...refusalSequences,
  ...accessSequences,
  ...ownObjectSequences,
  ...clusterSequences,
];
