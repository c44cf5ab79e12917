import { defaultTuning, type Tuning } from '../../../src/sources/aws/tuning.ts';

/** A clock that only moves when somebody sleeps. */
export function fakeTime(): Pick<Tuning, 'clock' | 'sleep'> & { readonly slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    clock: () => now,
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
}

/**
 * Everything as in earnest, but without waiting: unlimited rates, sleeps that end at once. The timeouts leave a busy machine time for a
 * scan of many services at once; who wants to see one pass sets a shorter one.
 */
export function fastTuning(changes: Partial<Tuning> = {}): Tuning {
  const rates = Object.fromEntries(
    Object.keys(defaultTuning.rates).map((operation) => [operation, 1_000_000]),
  ) as unknown as Tuning['rates'];
  return {
    ...defaultTuning,
    sleep: () => Promise.resolve(),
    random: () => 0.5,
    rates,
    connectionTimeoutMs: 8_000,
    requestTimeoutMs: 8_000,
    attempts: 6,
    ...changes,
  };
}

export const never = new AbortController().signal;
