import type { Sandbox } from '../sandbox/sandbox.js';

/**
 * Begins to watch a model in which nothing has happened yet. What it gives is asked after each hook, and names the promises that were
 * broken, as sentences; none when all is well.
 *
 * @example
 * const noSecretInTheLog: Judge = (sandbox) => () =>
 *   sandbox.logs.some(({ message }) => message.includes('hunter2')) ? ['the password is in the log'] : [];
 */
export type Judge = (sandbox: Sandbox) => () => readonly string[];
