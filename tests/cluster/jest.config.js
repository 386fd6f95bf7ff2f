import base from '../../jest.config.js';

/** The tests on a real node: started by tests/cluster/run, never by `npm test`. @type {import('jest').Config} */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/tests/cluster'],
  testMatch: ['<rootDir>/tests/cluster/**/*.test.ts'],
  testTimeout: 240_000,
};
