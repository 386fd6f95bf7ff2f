import { quote } from '@charm-ts/vpn-gateway';
import { rotations, isRotation } from './credentials/rotation.js';
import type { MediaOptions } from './media-metadata.js';

const largestId = 2_147_483_647;
/** Names of the tz database have up to four parts, and none is half as long. */
const timezone = /^(?=.{1,64}$)[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z][A-Za-z0-9_+-]*){0,3}$/;

const isId = (id: number): boolean => Number.isInteger(id) && id >= 0 && id <= largestId;

/** What the operator has to correct, a sentence for each option: all values end up in a command or its environment. */
export const optionFaults = (options: MediaOptions): readonly string[] => {
  const rotation = options['credentials-rotation'];
  return [
    ...(isId(options.puid) ? [] : [`puid: must be 0 to ${largestId} (is ${options.puid})`]),
    ...(isId(options.pgid) ? [] : [`pgid: must be 0 to ${largestId} (is ${options.pgid})`]),
    ...(timezone.test(options.timezone)
      ? []
      : [`timezone: ${quote(options.timezone)} is no name such as Europe/Zurich`]),
    ...(isRotation(rotation) ? [] : [`credentials-rotation: ${quote(rotation)} is none of ${rotations.join(', ')}`]),
  ];
};
