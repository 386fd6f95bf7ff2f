import { afterEach, beforeEach, describe } from '@jest/globals';
import { describeApply } from './apply-suite.js';
import { describeChecks } from './checks-suite.js';
import { ContainerFixture } from './container-fixture.js';
import { describeExec } from './exec-suite.js';
import { describeFiles } from './files-suite.js';
import type { StartPebble } from './pebble-under-test.js';
import { describeServices } from './services-suite.js';

/** What a charm may rely on, whatever Pebble is behind the socket. */
export function describeContainer(name: string, start: StartPebble): void {
  describe(`Container on ${name}`, () => {
    const fixture = new ContainerFixture(start);
    beforeEach(() => fixture.setUp());
    afterEach(() => fixture.tearDown());
    describeApply(fixture);
    describeServices(fixture);
    describeChecks(fixture);
    describeFiles(fixture);
    describeExec(fixture);
  });
}
