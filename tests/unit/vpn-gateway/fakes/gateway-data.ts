// Tests of the library read and write the document itself; the tests of charms take the databag.
export { providerData as gatewayData } from '@charm-ts/vpn-gateway/testing';

/** The databag that holds a document. */
export const databag = (document: unknown): Record<string, string> => ({ config: JSON.stringify(document) });
