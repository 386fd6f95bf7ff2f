/** Results of an action: nested objects are flattened with dots. A key has lower-case letters, digits and hyphens. */
export interface ActionResults {
  readonly [key: string]: string | number | boolean | ActionResults;
}

/** The operator ran an action: `juju run <unit> <name>`. */
export interface ActionEvent {
  readonly kind: 'action';
  readonly name: string;
  readonly id: string;
  /** What the operator passed, with the defaults of `actions.yaml`; not checked beyond Juju's own schema check. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Adds results; repeated calls add up. Throws {@link ActionResultError} for a key that Juju would refuse. */
  setResults(results: ActionResults): Promise<void>;
  /** Marks the action as failed. The handler goes on, and what it wrote is kept. */
  fail(message: string): Promise<void>;
  /** Shows a line to the operator while the action runs. */
  log(message: string): Promise<void>;
}
