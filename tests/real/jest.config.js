import base from '../../jest.config.js';

/** The tests against real servers: started by tests/real/<name>/run, never by `npm test`. @type {import('jest').Config} */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/tests/real'],
  testMatch: ['<rootDir>/tests/real/**/*.test.ts'],
  testTimeout: 60_000,
};
