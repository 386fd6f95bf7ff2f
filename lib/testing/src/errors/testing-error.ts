const mark = Symbol.for('@charm-ts/testing.TestingError');

/** What went wrong, as a stable word that tests and scripts may compare. */
export type TestingErrorCode =
  | 'bad-charm'
  | 'bad-argument'
  | 'unknown-application'
  | 'unknown-unit'
  | 'unknown-endpoint'
  | 'unknown-option'
  | 'unknown-secret'
  | 'unknown-relation'
  | 'unknown-action'
  | 'unknown-container'
  | 'unknown-check'
  | 'already-exists'
  | 'never-idle'
  | 'timed-out'
  | 'hook-failed'
  | 'no-model';

/** The one error class of the test kit; its message says what to do next. */
export class TestingError extends Error {
  readonly code: TestingErrorCode;
  readonly [mark] = true;

  constructor(code: TestingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TestingError';
    this.code = code;
  }

  /** Works across realms and across two copies of this package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && mark in value;
  }
}
