import { describe, expect, test } from '@jest/globals';
import { PebbleApiError, PebbleTimeoutError } from '@charm-ts/ops';
import type { ContainerFixture } from './container-fixture.js';

const runs = 'sleep 1000';

export function describeExec(fixture: ContainerFixture): void {
  describe('exec', () => {
    test('returns both outputs and the exit code', async () => {
      expect(await fixture.container.exec(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toEqual({
        exitCode: 3,
        stdout: 'out\n',
        stderr: 'err\n',
      });
    });

    test('passes standard input, environment and directory', async () => {
      const long = 'línea\n'.repeat(30_000);
      expect((await fixture.container.exec(['cat'], { stdin: long })).stdout).toBe(long);
      expect((await fixture.container.exec(['cat'])).stdout).toBe('');
      expect((await fixture.container.exec(['printenv', 'A'], { environment: { A: 'b c' } })).stdout).toBe('b c\n');
      expect((await fixture.container.exec(['pwd'], { workingDir: fixture.pebble.scratch })).stdout).toBe(
        `${fixture.pebble.scratch}\n`,
      );
      const service = { override: 'replace', command: runs, environment: { A: 'of the service' } } as const;
      await fixture.container.addLayer({ label: 'app', services: { app: service } });
      expect((await fixture.container.exec(['printenv', 'A'], { serviceContext: 'app' })).stdout).toBe(
        'of the service\n',
      );
    });

    test('refuses what cannot run', async () => {
      await expect(fixture.container.exec(['/no/such'])).rejects.toThrow('cannot find executable "/no/such"');
      await expect(fixture.container.exec(['cat'], { serviceContext: 'none' })).rejects.toThrow(
        'context service "none" not found',
      );
      await expect(fixture.container.exec(['cat'], { user: 'nobody-of-that-name' })).rejects.toBeInstanceOf(
        PebbleApiError,
      );
    });

    test('ends a command that takes too long', async () => {
      await expect(fixture.container.exec(['sleep', '30'], { timeoutMs: 200 })).rejects.toBeInstanceOf(
        PebbleTimeoutError,
      );
    });
  });
}
