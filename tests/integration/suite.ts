import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { Cluster, type JournalEntry } from '@charm-ts/testing';
import { Deployment } from './deployment.js';
import { endState } from './end-state.js';
import { leaks } from './no-leak.js';

/** For a set-up or a test, in milliseconds: a deployment takes one second of a free core. */
export const patience = 60_000;

/** The cluster of a suite. */
export interface ClusterOfSuite {
  readonly cluster: Cluster;
}

/** The cluster and the deployment of the test that runs. */
export interface DeploymentOfTest extends ClusterOfSuite {
  readonly deployment: Deployment;
}

class Held<T> {
  #value: T | undefined;

  set(value: T): void {
    this.#value = value;
  }

  get(): T {
    if (this.#value === undefined) throw new Error('the suite has not been set up yet');
    return this.#value;
  }
}

/** Registers the start and the end of one cluster that all tests of a suite share. */
export const clusterForSuite = (): ClusterOfSuite => {
  const held = new Held<Cluster>();
  beforeAll(async () => {
    held.set(await Cluster.start());
  }, patience);
  afterAll(() => held.get().close());
  return {
    get cluster() {
      return held.get();
    },
  };
};

/** Registers a deployment of its own for each test. After each, no hook has failed and nothing leaked in the entries that `promised` leaves. */
export const deploymentForEachTest = (
  make: (cluster: Cluster) => Promise<Deployment>,
  promised: (entries: readonly JournalEntry[]) => readonly JournalEntry[] = (entries) => entries,
): DeploymentOfTest => {
  const suite = clusterForSuite();
  const held = new Held<Deployment>();
  beforeEach(async () => {
    held.set(await make(suite.cluster));
  }, patience);
  afterEach(async () => {
    const { failures, journal } = held.get().sandbox;
    await held.get().close();
    expect(failures).toEqual([]);
    expect(leaks(promised(journal.entries))).toEqual([]);
  });
  return {
    get cluster() {
      return suite.cluster;
    },
    get deployment() {
      return held.get();
    },
  };
};

/** The end state of a complete deployment, which every other way has to reach too. */
export const expectedEndState = async (cluster: Cluster): Promise<Readonly<Record<string, unknown>>> => {
  const reference = await Deployment.complete(cluster);
  await reference.updateStatus();
  const expected = endState(reference);
  await reference.close();
  return expected;
};
