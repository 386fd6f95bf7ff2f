import { fileURLToPath } from 'node:url';
import { runCli } from './cli/run-cli.js';

process.exitCode = await runCli({
  argv: process.argv.slice(2),
  cwd: process.cwd(),
  program: fileURLToPath(import.meta.url),
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
});
