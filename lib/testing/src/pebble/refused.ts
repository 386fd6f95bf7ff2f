/** A request that Pebble answers with an error. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly kind: string | undefined;

  constructor(message: string, status = 400, kind?: string) {
    super(message);
    this.status = status;
    this.kind = kind;
  }
}
