import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolNames } from '../tool-table.js';

/** What every tool runs. It reads standard input only when asked to, as Juju's own client does. */
const client = `'use strict';
const { connect } = require('node:net');
const { readFileSync } = require('node:fs');
const [tool, ...args] = process.argv.slice(2);
const contextId = process.env.JUJU_CONTEXT_ID;
const path = process.env.JUJU_AGENT_SOCKET_ADDRESS;
const fail = (text) => {
  process.stderr.write('ERROR ' + text + '\\n');
  process.exitCode = 1;
};
const ask = (stdin) => {
  const socket = connect(path);
  let text = '';
  socket.setEncoding('utf8');
  socket.on('error', (error) => fail(error.message));
  socket.on('data', (part) => { text += part; });
  socket.on('end', () => {
    if (text === '') return fail('the agent closed the connection');
    const answer = JSON.parse(text);
    if (answer.wantsStdin) return ask(readFileSync(0, 'utf8'));
    process.stdout.write(answer.stdout);
    process.stderr.write(answer.stderr);
    process.exitCode = answer.exitCode;
  });
  socket.write(JSON.stringify({ contextId, cwd: process.cwd(), tool, args, stdin }) + '\\n');
};
if (!contextId) fail('JUJU_CONTEXT_ID not set');
else if (!path) fail('JUJU_AGENT_SOCKET_ADDRESS not set');
else ask();
`;

/**
 * Fills a folder with the hook tools: one script and a link for each name. A hook's environment names no Node, so the script
 * starts the one that runs the sandbox by its path.
 */
export function makeToolsFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const script = join(folder, '.hook-tool.cjs');
  writeFileSync(script, client);
  const launcher = join(folder, '.hook-tool');
  writeFileSync(launcher, `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(script)} "\${0##*/}" "$@"\n`);
  chmodSync(launcher, 0o755);
  for (const name of toolNames) symlinkSync('.hook-tool', join(folder, name));
  return folder;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
