/** Tells the caller how long to wait before its call; each call takes one token. */
export interface TokenBucket {
  /** Milliseconds until the token that this call takes is there. */
  readonly take: () => number;
}

/**
 * A token bucket as a schedule (GCRA, ITU-T I.371): it remembers when the next token is due and hands out places in
 * line. So a caller that wakes late does not delay the others, and no timer is needed to refill it.
 *
 * @param perSecond tokens a second
 * @param clock milliseconds
 * @param burst tokens that may be taken at once after a rest; a tenth of a second's worth by default, so that no
 * second sees more than 1.1 times the rate
 */
export function createTokenBucket(perSecond: number, clock: () => number, burst = Math.max(1, Math.floor(perSecond / 10))): TokenBucket {
  const interval = 1_000 / perSecond;
  const tolerance = (burst - 1) * interval;
  let due = Number.NEGATIVE_INFINITY;
  return {
    take: () => {
      const now = clock();
      const place = Math.max(due, now);
      due = place + interval;
      return Math.max(0, place - tolerance - now);
    },
  };
}
