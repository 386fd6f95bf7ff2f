import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const metadata = `name: shell-k8s
containers:
  app:
    resource: app-image
resources:
  app-image:
    type: oci-image
provides:
  db:
    interface: sql
`;

/** A packed charm whose `dispatch` is the given shell script. The caller removes the folder. */
export function shellCharm(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'shell-charm-'));
  mkdirSync(join(folder, 'lib'));
  writeFileSync(join(folder, 'lib', 'common'), 'greeting=hello\n');
  writeFileSync(join(folder, 'metadata.yaml'), metadata);
  writeFileSync(join(folder, 'config.yaml'), 'options:\n  port:\n    type: int\n    default: 80\n');
  writeFileSync(join(folder, 'actions.yaml'), 'greet:\n  params:\n    who:\n      type: string\n');
  writeFileSync(join(folder, 'dispatch'), `#!/bin/sh\nset -e\n${script}`, { mode: 0o755 });
  return folder;
}
