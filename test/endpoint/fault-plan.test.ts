import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planFaults, type FaultRequest } from '../../src/endpoint/fault-plan.ts';

const request = (body: string): FaultRequest => ({ operation: 'ssm:GetParameters', region: 'us-east-1', account: '123456789012', body });
const bodies = Array.from({ length: 2000 }, (_, index) => `{"Names":["/p/${index}"]}`);

function struck(order: readonly string[], rate: number, seed: number): ReadonlySet<string> {
  const decide = planFaults([{ operation: '*', kind: 'throttle', rate, seed }]);
  return new Set(order.filter((body) => decide(request(body)).effect !== undefined));
}

it.each([0, 0.1, 0.3, 0.9, 1])('throttle strikes %d of the requests', (rate) => {
  expect(Math.abs(struck(bodies, rate, 7).size / bodies.length - rate)).toBeLessThan(0.04);
});

it('throttle strikes the same requests in whatever order they come, and others with another seed', () => {
  const first = struck(bodies, 0.3, 7);
  expect(struck([...bodies].reverse(), 0.3, 7)).toEqual(first);
  expect(struck(bodies, 0.3, 8)).not.toEqual(first);
});

it('throttle decides anew for each attempt of a request', () => {
  const decide = planFaults([{ operation: '*', kind: 'throttle', rate: 0.5, seed: 3 }]);
  const outcomes = Array.from({ length: 400 }, () => decide(request('{}')).effect !== undefined);
  expect(outcomes.filter(Boolean).length).toBeGreaterThan(150);
  expect(outcomes.filter(Boolean).length).toBeLessThan(250);
});

it('after and times strike exactly so many requests', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(20), fc.nat(60), (after, times, count) => {
      const decide = planFaults([{ operation: 'ssm:*', kind: 'deny', after, times }]);
      const outcomes = Array.from({ length: count }, () => decide(request('{}')).effect !== undefined);
      expect(outcomes).toEqual(outcomes.map((_, index) => index >= after && index < after + times));
    }),
  );
});

it('delays add up beside an effect', () => {
  const decide = planFaults([
    { operation: '*', kind: 'latency', ms: 3 },
    { operation: '*', kind: 'hang' },
    { operation: '*', kind: 'latency', ms: 4 },
    { operation: '*', kind: 'reset' },
  ]);
  expect(decide(request('{}'))).toMatchObject({ delayMs: 7, effect: { kind: 'hang' } });
});
