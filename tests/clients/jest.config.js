import base from '../../jest.config.js';

/** More than `npm test` has time for: orders, pods that churn and second units with all four charms, and half of the orders with one client. @type {import('jest').Config} */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/tests/clients'],
  testMatch: ['<rootDir>/tests/clients/**/*.test.ts'],
  testTimeout: 240_000,
};
