import { classifyError, isProgrammingError } from './classify-error.ts';
import { createSlots, type Slots } from './concurrency.ts';
import { makeFailure, MalformedAnswer, type Answer, type Failure, type FailureKind } from './failures.ts';
import { serviceOf, type Operation, type Service } from './operations.ts';
import { withRetry } from './retry.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';
import type { Tuning } from './tuning.ts';

/** The way to AWS for one account and region: rates, concurrency, retries and timeouts are kept here and nowhere else. */
export interface Calls {
  /**
   * Makes one call. `send` throws what the SDK throws, or `MalformedAnswer` when the answer lacks what it must have.
   * Every failure of the world comes back as data.
   */
  readonly make: <T>(operation: Operation, send: (signal: AbortSignal) => Promise<T>) => Promise<Answer<T>>;
  readonly signal: AbortSignal;
}

/** Failures that the next call of the same operation will most likely meet again, each after a long wait. */
const costly: ReadonlySet<FailureKind> = new Set(['throttled', 'timeout', 'unreachable', 'server', 'credentials']);

export function createCalls(tuning: Tuning, signal: AbortSignal): Calls {
  const slots = memo((_service: Service): Slots => createSlots(tuning.concurrency));
  const buckets = memo((operation: Operation): TokenBucket => createTokenBucket(tuning.rates[operation], tuning.clock));
  const setbacks = new Map<Operation, { count: number; failure: Failure }>();
  let expired: Failure | undefined;

  const attempt = async <T>(operation: Operation, send: (signal: AbortSignal) => Promise<T>): Promise<Answer<T>> => {
    const wait = buckets(operation).take();
    if (wait > 0) await tuning.sleep(wait, signal);
    return await slots(serviceOf(operation))(async () => {
      if (signal.aborted) return { ok: false, failure: makeFailure('interrupted', operation) };
      try {
        return { ok: true, value: await withDeadline(send, tuning.attemptTimeoutMs, signal) };
      } catch (error) {
        if (signal.aborted) return { ok: false, failure: makeFailure('interrupted', operation) };
        if (error instanceof DeadlinePassed) return { ok: false, failure: makeFailure('timeout', operation) };
        if (error instanceof MalformedAnswer)
          return { ok: false, failure: makeFailure('malformed', operation, { missing: error.message }) };
        if (isProgrammingError(error)) throw error;
        return { ok: false, failure: classifyError(error, operation) };
      }
    });
  };

  return {
    signal,
    make: async (operation, send) => {
      if (signal.aborted) return { ok: false, failure: makeFailure('interrupted', operation) };
      if (expired !== undefined) return { ok: false, failure: makeFailure('expired', operation, { code: expired.code }) };
      const setback = setbacks.get(operation);
      if (setback !== undefined && setback.count >= tuning.patience) return { ok: false, failure: setback.failure };
      const answer = await withRetry(
        () => attempt(operation, send),
        tuning,
        signal,
        () => makeFailure('interrupted', operation),
      );
      if (answer.ok) setbacks.delete(operation);
      else if (answer.failure.kind === 'expired') expired = answer.failure;
      else if (costly.has(answer.failure.kind)) {
        setbacks.set(operation, { count: (setbacks.get(operation)?.count ?? 0) + 1, failure: answer.failure });
      }
      return answer;
    },
  };
}

class DeadlinePassed extends Error {}

/** The SDK's timeouts watch the connection and the silences; this one ends an attempt that trickles on. */
async function withDeadline<T>(send: (signal: AbortSignal) => Promise<T>, milliseconds: number, signal: AbortSignal): Promise<T> {
  const controller = new AbortController();
  return await new Promise<T>((resolve, reject) => {
    const stop = (error: Error): void => {
      reject(error);
      controller.abort();
    };
    const onAbort = (): void => {
      stop(new Error('interrupted'));
    };
    const timer = setTimeout(() => {
      stop(new DeadlinePassed());
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
    void send(controller.signal)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      });
  });
}

function memo<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
