import { setTimeout as delay } from 'node:timers/promises';
import { operationRates, type Operation } from './operations.ts';

/** Everything that has to do with time, chance and load; tests inject what makes them run in milliseconds. */
export interface Tuning {
  /** Milliseconds; only differences count. */
  readonly clock: () => number;
  /** Epoch milliseconds of the real world, for the expiry of credentials. */
  readonly wallClock: () => number;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. Never rejects. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Longest wait for a TCP connection. */
  readonly connectionTimeoutMs: number;
  /** Longest wait for an answer, and longest silence within one. */
  readonly requestTimeoutMs: number;
  /** Longest time of one attempt as a whole, however steadily an answer trickles. */
  readonly attemptTimeoutMs: number;
  /** How often a throttled call is made before it counts as failed; other failures are tried less often, see `retry.ts`. */
  readonly attempts: number;
  /** Full jitter: the wait before attempt n is a random part of min(cap, base * 2^(n-1)). */
  readonly backoffBaseMs: number;
  readonly backoffCapMs: number;
  /** So many calls of one operation in a row that fail for good, and the rest of them is not made. */
  readonly patience: number;
  /** Calls a second, by operation, for one account and region. */
  readonly rates: { readonly [O in Operation]: number };
  /** Calls in flight for one service of one account and region. */
  readonly concurrency: number;
  /** Scopes read at the same time. */
  readonly regionConcurrency: number;
}

export const defaultTuning: Tuning = {
  clock: () => performance.now(),
  wallClock: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await delay(milliseconds, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
  random: () => Math.random(),
  connectionTimeoutMs: 3_000,
  requestTimeoutMs: 15_000,
  attemptTimeoutMs: 60_000,
  attempts: 8,
  backoffBaseMs: 200,
  backoffCapMs: 20_000,
  patience: 10,
  rates: operationRates,
  concurrency: 10,
  regionConcurrency: 12,
};

export function resolveTuning(changes: Partial<Tuning> = {}): Tuning {
  return { ...defaultTuning, ...changes };
}
