import { describe, expect, it } from 'vitest';
import { createCalls } from '../../../src/sources/aws/calls.ts';
import { fakeTime, fastTuning, never } from './fake-time.ts';

const operation = 'secretsmanager:GetResourcePolicy';

function error(name: string, status = 400): Error {
  return Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: status } });
}

describe('createCalls', () => {
  it('keeps to the rate of each operation', async () => {
    const time = fakeTime();
    const tuning = fastTuning({ ...time, rates: { ...fastTuning().rates, [operation]: 10 } });
    const calls = createCalls(tuning, never);
    for (let made = 0; made < 5; made += 1) await calls.make(operation, () => Promise.resolve(made));
    expect(time.clock()).toBe(400);
    await calls.make('secretsmanager:ListSecrets', () => Promise.resolve());
    expect(time.clock()).toBe(400);
  });

  it('takes a token for every attempt, not for every call', async () => {
    const time = fakeTime();
    const tuning = fastTuning({ ...time, attempts: 3, random: () => 0, rates: { ...fastTuning().rates, [operation]: 10 } });
    await createCalls(tuning, never).make(operation, () => Promise.reject(error('ThrottlingException')));
    expect(time.clock()).toBe(200);
  });

  it('keeps to the number of calls in flight for a service', async () => {
    const calls = createCalls(fastTuning({ concurrency: 3 }), never);
    let running = 0;
    let most = 0;
    const send = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => calls.make(index % 2 === 0 ? operation : 'secretsmanager:ListSecrets', send)),
    );
    expect(most).toBe(3);
  });

  it('gives an operation up after so many failures in a row, and says the same of the rest', async () => {
    const calls = createCalls(fastTuning({ patience: 2, attempts: 1 }), never);
    let made = 0;
    const send = () => {
      made += 1;
      return Promise.reject(error('TimeoutError'));
    };
    const answers = [];
    for (let index = 0; index < 5; index += 1) answers.push(await calls.make(operation, send));
    expect(made).toBe(2);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[4]).toMatchObject({ ok: false, failure: { kind: 'timeout' } });
    expect(await calls.make('secretsmanager:ListSecrets', () => Promise.resolve(1))).toEqual({ ok: true, value: 1 });
  });

  it('does not give up because of denials: the next secret may allow it', async () => {
    const calls = createCalls(fastTuning({ patience: 2 }), never);
    for (let index = 0; index < 5; index += 1) await calls.make(operation, () => Promise.reject(error('AccessDeniedException')));
    expect(await calls.make(operation, () => Promise.resolve('policy'))).toEqual({ ok: true, value: 'policy' });
  });

  it('makes no further call once the credentials have expired', async () => {
    const calls = createCalls(fastTuning(), never);
    await calls.make(operation, () => Promise.reject(error('ExpiredTokenException')));
    const answer = await calls.make('ssm:DescribeParameters', () => Promise.reject(new Error('must not be called')));
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'expired', operation: 'ssm:DescribeParameters' } });
  });

  it('starts nothing once the run is interrupted, and ends what is under way', async () => {
    const controller = new AbortController();
    const calls = createCalls(fastTuning(), controller.signal);
    const hanging = calls.make(operation, () => new Promise(() => undefined));
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await hanging).toMatchObject({ ok: false, failure: { kind: 'interrupted' } });
    expect(await calls.make(operation, () => Promise.reject(new Error('must not be called')))).toMatchObject({
      ok: false,
      failure: { kind: 'interrupted', reason: 'request-failed' },
    });
  });

  it('ends an attempt that takes too long as a whole', async () => {
    const calls = createCalls(fastTuning({ attemptTimeoutMs: 5 }), never);
    const signals: AbortSignal[] = [];
    const answer = await calls.make(operation, (signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'timeout' } });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('does not take a mistake of ours for a failed call', async () => {
    const calls = createCalls(fastTuning(), never);
    await expect(calls.make(operation, () => Promise.reject(new TypeError('x is not a function')))).rejects.toThrow(TypeError);
  });
});
