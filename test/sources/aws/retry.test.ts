import { describe, expect, it } from 'vitest';
import { failureKinds, makeFailure, type Answer, type FailureKind } from '../../../src/sources/aws/failures.ts';
import { withRetry } from '../../../src/sources/aws/retry.ts';
import { fakeTime, fastTuning, never } from './fake-time.ts';

const operation = 'secretsmanager:GetResourcePolicy';
const interrupted = () => makeFailure('interrupted', operation);

function failing(kind: FailureKind, times: number): { attempt: () => Promise<Answer<string>>; made: () => number } {
  let made = 0;
  return {
    attempt: () => {
      made += 1;
      return Promise.resolve(made <= times ? { ok: false, failure: makeFailure(kind, operation) } : { ok: true, value: 'answer' });
    },
    made: () => made,
  };
}

const attempts: { readonly [K in FailureKind]: number } = {
  throttled: 8,
  server: 4,
  unreachable: 3,
  timeout: 2,
  malformed: 2,
  denied: 1,
  expired: 1,
  unrecognized: 1,
  credentials: 1,
  refused: 1,
  interrupted: 1,
};

describe('withRetry', () => {
  it.each(failureKinds)('%s is tried as often as it makes sense', async (kind) => {
    const { attempt, made } = failing(kind, Number.POSITIVE_INFINITY);
    const answer = await withRetry(attempt, fastTuning({ attempts: 8 }), never, interrupted);
    expect(answer).toMatchObject({ ok: false, failure: { kind } });
    expect(made()).toBe(attempts[kind]);
  });

  it('returns the answer of a later attempt', async () => {
    const { attempt, made } = failing('throttled', 3);
    expect(await withRetry(attempt, fastTuning(), never, interrupted)).toEqual({ ok: true, value: 'answer' });
    expect(made()).toBe(4);
  });

  it('waits a random part of a ceiling that doubles up to the cap', async () => {
    const time = fakeTime();
    const { attempt } = failing('throttled', Number.POSITIVE_INFINITY);
    const tuning = fastTuning({ ...time, attempts: 7, backoffBaseMs: 200, backoffCapMs: 2_000, random: () => 0.25 });
    await withRetry(attempt, tuning, never, interrupted);
    expect(time.slept).toEqual([50, 100, 200, 400, 500, 500]);
  });

  it('makes no further attempt once the run is interrupted', async () => {
    const controller = new AbortController();
    const { attempt, made } = failing('throttled', Number.POSITIVE_INFINITY);
    const sleep = () => {
      controller.abort();
      return Promise.resolve();
    };
    const answer = await withRetry(attempt, fastTuning({ sleep }), controller.signal, interrupted);
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'interrupted', reason: 'request-failed' } });
    expect(made()).toBe(1);
  });
});
