import { brandError, OpsError } from './ops-error.js';

/** A handler returned while calls that it started were still running: an `await` is missing. */
export class FloatingPromiseError extends OpsError {
  readonly code = 'floating-promise';

  static {
    brandError(this, 'FloatingPromiseError');
  }

  constructor(handler: string, calls: readonly string[]) {
    super(`the handler of ${handler} returned while ${calls.join(', ')} was still running: await it`);
  }
}

/** A result of an action that Juju would refuse. */
export class ActionResultError extends OpsError {
  readonly code = 'action-result';
  readonly key: string;

  static {
    brandError(this, 'ActionResultError');
  }

  constructor(key: string, problem: string) {
    super(`action result "${key}": ${problem}`);
    this.key = key;
  }
}

/** Content that Juju would refuse to keep in a secret. */
export class SecretContentError extends OpsError {
  readonly code = 'secret-content';

  static {
    brandError(this, 'SecretContentError');
  }
}

/** A name that the charm's metadata does not have; the compiler finds it where types are kept. */
export class UnknownNameError extends OpsError {
  readonly code = 'unknown-name';

  static {
    brandError(this, 'UnknownNameError');
  }

  constructor(what: string, name: string, known: readonly string[]) {
    super(`the charm has no ${what} "${name}"; it has ${known.length === 0 ? 'none' : known.join(', ')}`);
  }
}

/** An option's value is not of the type that `config.yaml` declares. */
export class ConfigTypeError extends OpsError {
  readonly code = 'config-type';
  readonly option: string;

  static {
    brandError(this, 'ConfigTypeError');
  }

  constructor(option: string, expected: string, value: unknown) {
    super(`option ${option} should be ${expected}, but config-get gave ${JSON.stringify(value)}`);
    this.option = option;
  }
}
