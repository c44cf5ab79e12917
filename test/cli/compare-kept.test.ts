import { describe, expect, it } from 'vitest';
import { compareKept } from '../../src/cli/notify/state-runs.ts';
import type { RunState } from '../../src/model/run-state.ts';
import { gapScope, keptRun, secret } from '../notify/runs.ts';

const a = secret('a');
const fixedOf = ({ id }: { readonly id: string }) => ({ id, firstSeen: '2026-11-01T00:00:00.000Z', fixedAt: '2026-11-02T00:00:00.000Z' });

/** The names in each list of the delta, empty ones left out. */
function changes(before: RunState | undefined, after: RunState): object {
  const { delta } = compareKept(before, after);
  const lists = ['new', 'reopened', 'unverified', 'fixed', 'waived'] as const;
  return Object.fromEntries(lists.flatMap((list) => (delta[list].length === 0 ? [] : [[list, delta[list].map(({ name }) => name)]])));
}

describe('two kept runs', () => {
  it.each<readonly [name: string, before: RunState | undefined, after: RunState, expected: object]>([
    ['the first', undefined, keptRun(1, [a]), { new: ['a'] }],
    ['the same', keptRun(1, [a]), keptRun(2, [a]), {}],
    ['fixed', keptRun(1, [a]), keptRun(2, [secret('a', 'pass')]), { fixed: ['a'] }],
    ['fixed before both, and back since', { ...keptRun(1, []), fixed: [fixedOf(a)] }, keptRun(3, [a]), { reopened: ['a'] }],
    ['not asked for then, and as it was now', { ...keptRun(1, []), notJudged: [a] }, keptRun(2, [a]), {}],
    ['not asked for then, and fixed now', { ...keptRun(1, []), notJudged: [a] }, keptRun(2, [secret('a', 'pass')]), { fixed: ['a'] }],
    ['passes elsewhere, and the state waits to judge it', keptRun(1, [a]), { ...keptRun(2, [secret('a', 'pass')]), notJudged: [a] }, {}],
    [
      'fixed in between, beside a gap, with passes left out',
      keptRun(1, [a]),
      { ...keptRun(3, [], { scopes: [gapScope('us-east-1')] }), fixed: [fixedOf(a)] },
      { fixed: ['a'] },
    ],
    [
      'not asked for in between, beside a gap',
      keptRun(1, [a]),
      { ...keptRun(3, [], { scopes: [gapScope('us-east-1')] }), notJudged: [a] },
      {},
    ],
    [
      'not to be verified',
      keptRun(1, [a]),
      keptRun(2, [{ ...secret('a', 'unknown'), state: 'unverified' }], { scopes: [gapScope('us-east-1')] }),
      { unverified: ['a'] },
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });

  it('say what is open, since when, until when, and what of it is not verified', () => {
    const times = { firstSeen: '2026-11-01T00:00:00.000Z', dueAt: '2026-12-01T00:00:00.000Z' };
    const { open, unverified } = compareKept(
      undefined,
      keptRun(1, [
        { ...a, ...times },
        { ...secret('b', 'unknown'), state: 'unverified' },
      ]),
    );
    expect(open.map(({ name, firstSeen, dueAt }) => [name, firstSeen, dueAt])).toEqual([
      ['a', times.firstSeen, times.dueAt],
      ['b', undefined, undefined],
    ]);
    expect(unverified).toBe(1);
  });
});
