import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenBucket } from '../../../src/sources/aws/token-bucket.ts';

describe('createTokenBucket', () => {
  it('hands out places in line, one interval apart, to callers that come at once', () => {
    const bucket = createTokenBucket(10, () => 0);
    expect([bucket.take(), bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 100, 200, 300]);
  });

  it('lets a burst through after a rest', () => {
    const bucket = createTokenBucket(40, () => 0, 3);
    expect([bucket.take(), bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 0, 0, 25]);
  });

  it('does not save up more than the burst', () => {
    let now = 0;
    const bucket = createTokenBucket(10, () => now, 2);
    bucket.take();
    now = 1_000_000;
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 0, 100]);
  });

  it('is not delayed by a caller that wakes late', () => {
    let now = 0;
    const bucket = createTokenBucket(10, () => now);
    bucket.take();
    bucket.take();
    now = 150;
    expect(bucket.take()).toBe(50);
  });

  it('never starts more than rate and burst within a second, whenever the callers come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }),
        (rate, burst, pauses) => {
          let now = 0;
          const bucket = createTokenBucket(rate, () => now, burst);
          const starts = pauses.map((pause) => {
            now += pause;
            return now + bucket.take();
          });
          for (const from of starts) {
            const within = starts.filter((start) => start >= from && start < from + 1_000 - 1e-6).length;
            expect(within).toBeLessThanOrEqual(rate + burst);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
