import { runCli } from './cli/run-cli.js';

process.exitCode = await runCli(process.argv.slice(2), {
  // The package's folder is named by what starts this file, which may be bundled elsewhere.
  template: process.env['CHARM_TS_TEMPLATE'] ?? '',
  cwd: process.cwd(),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
