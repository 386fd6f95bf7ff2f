const brandOf = Symbol.for('@charm-ts/ops/error-brand');

/**
 * Base of every error that this package throws: a stable `code`, a message that says what to do, and the `cause`.
 *
 * `instanceof` looks at a symbol and not at the class, so it holds across realms (jest) and across two copies of the package.
 * The codes are listed in `docs/reference/errors.md`.
 *
 * @example
 * ```ts
 * try {
 *   await model.secret(id).content({ refresh: true });
 * } catch (error) {
 *   if (error instanceof SecretAccessError) return unit.addStatus(new BlockedStatus('run: juju grant-secret …'));
 *   throw error;
 * }
 * ```
 */
export abstract class OpsError extends Error {
  /** Stable name of what went wrong, fit for comparing. */
  abstract readonly code: string;

  static {
    brandError(this, 'OpsError');
  }

  static override [Symbol.hasInstance](candidate: unknown): boolean {
    if (typeof candidate !== 'object' || candidate === null) return false;
    const brand: unknown = Object.hasOwn(this, brandOf) ? Reflect.get(this, brandOf) : undefined;
    // A subclass without a brand of its own must not pass for its branded parent.
    if (typeof brand !== 'symbol') return Object.prototype.isPrototypeOf.call(this.prototype, candidate);
    return Reflect.get(candidate, brand) === true;
  }
}

/**
 * Gives an error class its name and its cross-realm `instanceof`; call it in a static block: `static { brandError(this, 'HookToolError'); }`.
 */
export function brandError(errorClass: { readonly prototype: object }, name: string): void {
  const brand = Symbol.for(`@charm-ts/ops/error/${name}`);
  Object.defineProperty(errorClass, brandOf, { value: brand });
  Object.defineProperty(errorClass.prototype, brand, { value: true });
  Object.defineProperty(errorClass.prototype, 'name', { value: name, configurable: true, writable: true });
}
