import { randomBytes } from 'node:crypto';

/** 32 hexadecimal digits: the form of an API key that SABnzbd and the *arr applications have. */
export const newApiKey = (): string => randomBytes(16).toString('hex');

/** 144 random bits, without a character that a settings file or a URL would have to quote. */
export const newPassword = (): string => randomBytes(18).toString('base64url');
