import type { Attempt, World } from './channel.ts';

export interface RetryLimits {
  readonly attempts: number;
  /** Full jitter: the wait before attempt n is a random part of min(cap, base * 2^(n-2)). */
  readonly backoffBaseMs: number;
  readonly backoffCapMs: number;
  /** What a service asks for with Retry-After is waited for, up to this. */
  readonly retryAfterCapMs: number;
  /** No attempt begins later than that after the first. */
  readonly totalMs: number;
}

export const retryLimits: RetryLimits = {
  attempts: 5,
  backoffBaseMs: 1_000,
  backoffCapMs: 30_000,
  retryAfterCapMs: 60_000,
  totalMs: 180_000,
};

export type Delivery =
  { readonly ok: true; readonly attempts: number } | { readonly ok: false; readonly attempts: number; readonly why: string };

/** Tries until it succeeds, fails for good, or the attempts or the time are used up. */
export async function deliver(attempt: () => Promise<Attempt>, world: World, limits: RetryLimits, signal: AbortSignal): Promise<Delivery> {
  const start = world.now();
  for (let made = 1; ; made += 1) {
    if (signal.aborted) return { ok: false, attempts: made - 1, why: 'interrupted' };
    const result = await attempt();
    if (result.ok) return { ok: true, attempts: made };
    if (!result.again || made >= limits.attempts) return { ok: false, attempts: made, why: result.why };
    const backoff = world.random() * Math.min(limits.backoffCapMs, limits.backoffBaseMs * 2 ** (made - 1));
    const asked = Math.min(limits.retryAfterCapMs, result.retryAfterMs ?? 0);
    const wait = Math.max(backoff, asked);
    if (world.now() - start + wait > limits.totalMs) return { ok: false, attempts: made, why: result.why };
    await world.sleep(wait, signal);
  }
}
