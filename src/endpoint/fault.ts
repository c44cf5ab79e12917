/** Which requests a fault strikes: all that match every field given. */
export interface FaultTarget {
  /** `secretsmanager:ListSecrets`, `secretsmanager:*` or `*`. */
  readonly operation: string;
  readonly region?: string;
  /** Account id. */
  readonly account?: string;
  /** Struck is a request whose body holds this text: part of a secret's name, a key's id. */
  readonly resource?: string;
  /** Leaves the first n matching requests alone. Default 0. */
  readonly after?: number;
  /** Strikes n matching requests, and then none. Default: all. */
  readonly times?: number;
}

export type MalformedBody = 'html' | 'truncated' | 'empty-object' | 'wrong-types' | 'repeat-token';

export type FaultEffect =
  /** As without the permission. */
  | { readonly kind: 'deny' }
  /** As over the quota, for a share of the requests (0 to 1) that depends on the seed, the request and how often it came, and on nothing else. */
  | { readonly kind: 'throttle'; readonly rate: number; readonly seed: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Status 200 with a body that is not what it should be. Default `html`. */
  | { readonly kind: 'malformed'; readonly body?: MalformedBody }
  | { readonly kind: 'error'; readonly status: number; readonly code: string }
  /** Answers later, on top of the endpoint's own latency. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** As with a session that is over. */
  | { readonly kind: 'expired' }
  /** Breaks the connection. */
  | { readonly kind: 'reset' }
  /** Pages hold fewer items than asked for, and every other one none, as AWS allows itself. */
  | { readonly kind: 'short-pages' };

/** A way in which the endpoint misbehaves. Several may strike one request: delays add up, and of the rest the first one wins. */
export type Fault = FaultTarget & FaultEffect;
