/** What happens during a collection, for people who wait. */
export type Progress =
  /** A page of a list arrived; `done` counts the items so far. */
  | { readonly kind: 'listing'; readonly scope: string; readonly operation: string; readonly done: number }
  /** One of the calls that are made for each item ended. */
  | { readonly kind: 'reading'; readonly scope: string; readonly operation: string; readonly done: number; readonly total: number }
  /** A scope was read to the end; `done` of `total` scopes are. */
  | { readonly kind: 'scope'; readonly scope: string; readonly status: string; readonly done: number; readonly total: number };
