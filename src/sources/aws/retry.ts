import type { Answer, Failure, FailureKind } from './failures.ts';
import type { Tuning } from './tuning.ts';

/** How often each kind of failure is tried, at most; `attempts` is the limit for throttling. */
function attemptsFor(kind: FailureKind, attempts: number): number {
  switch (kind) {
    case 'throttled':
      return attempts;
    case 'server':
      return Math.min(attempts, 4);
    case 'unreachable':
      return Math.min(attempts, 3);
    // Each of these has cost a long wait or a whole answer already.
    case 'timeout':
    case 'malformed':
      return Math.min(attempts, 2);
    case 'denied':
    case 'expired':
    case 'unrecognized':
    case 'credentials':
    case 'refused':
    case 'interrupted':
      return 1;
    default:
      return kind satisfies never;
  }
}

/**
 * Makes a call until it succeeds or fails for good, with full jitter between the attempts. The SDK's own retries are
 * off: their budget belongs to the client as a whole and runs dry under load, so that calls fail after one attempt.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export async function withRetry<T>(
  attempt: () => Promise<Answer<T>>,
  tuning: Pick<Tuning, 'attempts' | 'backoffBaseMs' | 'backoffCapMs' | 'random' | 'sleep'>,
  signal: AbortSignal,
  interrupted: () => Failure,
): Promise<Answer<T>> {
  for (let made = 1; ; made += 1) {
    if (signal.aborted) return { ok: false, failure: interrupted() };
    const answer = await attempt();
    if (answer.ok || made >= attemptsFor(answer.failure.kind, tuning.attempts)) return answer;
    const ceiling = Math.min(tuning.backoffCapMs, tuning.backoffBaseMs * 2 ** (made - 1));
    await tuning.sleep(tuning.random() * ceiling, signal);
  }
}
