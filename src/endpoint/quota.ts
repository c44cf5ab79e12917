/**
 * Limits calls per second by operation, for each account and region alone, as AWS does: a bucket that holds one second's worth.
 * The function answers whether a request may pass.
 */
export function limitCalls(
  perSecond: Readonly<Record<string, number>>,
): (operation: string, account: string, region: string, nowMs: number) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (operation, account, region, nowMs) => {
    const rate = perSecond[operation];
    if (rate === undefined) return true;
    const key = `${operation} ${account} ${region}`;
    const bucket = buckets.get(key) ?? { tokens: rate, at: nowMs };
    buckets.set(key, bucket);
    bucket.tokens = Math.min(rate, bucket.tokens + (Math.max(0, nowMs - bucket.at) / 1000) * rate);
    bucket.at = nowMs;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
}
