import type { SecretRotation } from '@charm-ts/ops';

/** How often the credentials are renewed by themselves. */
export type Rotation = Extract<SecretRotation, 'never' | 'monthly' | 'quarterly' | 'yearly'>;

/** The values of the option `credentials-rotation`. */
export const rotations: readonly Rotation[] = ['never', 'monthly', 'quarterly', 'yearly'];

export const isRotation = (text: string): text is Rotation => rotations.some((rotation) => rotation === text);
