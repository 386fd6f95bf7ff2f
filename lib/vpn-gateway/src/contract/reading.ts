/** What reading the other side's databag gives. It never throws: the other side may write what it likes. */
export type Reading<T> =
  /** Nothing has been written yet. */
  | { readonly kind: 'empty' }
  /** Something was written that cannot be trusted; every fault starts with the field's name. */
  | { readonly kind: 'invalid'; readonly faults: readonly string[] }
  | { readonly kind: 'ok'; readonly data: T };
