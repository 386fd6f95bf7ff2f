import type { CharmBase } from '@charm-ts/ops';
import type { MediaMetadata } from '../media-metadata.js';

/** In the application's databag of the peer relation: how often credentials have been made. */
const key = 'credentials';

/**
 * Wakes the application's other units, by a number in the peer relation that only the leader changes: a unit that has read the
 * secret before is told of a new revision by Juju itself, one that waits for the first credentials by this alone.
 */
export const announce = async (charm: CharmBase<MediaMetadata>, what: 'present' | 'renewed'): Promise<void> => {
  // Juju makes the relation with the application; in the very first hook it need not be there yet.
  const [peers] = await charm.model.relations('peers');
  if (peers === undefined) return;
  const databag = peers.data(charm.app);
  const { [key]: made = '0' } = await databag.read();
  if (what === 'renewed' || made === '0') await databag.update({ [key]: String(Number(made) + 1) });
};
