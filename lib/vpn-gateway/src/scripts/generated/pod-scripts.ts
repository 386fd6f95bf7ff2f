// Generated from lib/vpn-gateway/scripts by `npm run gen`; do not edit.
/** The scripts that run in the pods, by file name. */
export const podScripts: Readonly<Record<string, string>> = {
};
