/** What a daemon tells its owner. Juju turns the first three into hooks. */
export type PebbleEvent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'check-failed'; readonly check: string }
  | { readonly kind: 'check-recovered'; readonly check: string }
  /** A service's `shutdown` action ended the daemon, so the container is restarted. */
  | { readonly kind: 'exit'; readonly exitCode: number };
