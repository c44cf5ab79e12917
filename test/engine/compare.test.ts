import { describe, expect, it } from 'vitest';
import { compareResults } from '../../src/engine/compare/compare-results.ts';
import { customaryDueDays } from '../../src/engine/compare/due.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Collection, Gap, ScopeModel } from '../../src/model/resource.ts';
import type { RunState } from '../../src/model/run-state.ts';
import { Unknown } from '../../src/model/unknown.ts';
import type { Waiver } from '../../src/model/waiver.ts';
import { scanAndKeep } from '../../src/scan.ts';
import { collectionOf, liveScope, liveSecret, planScope, plannedSecret, rotates, selected, statement } from './findings-of.ts';

const bad = { rotates: false };
const good = { rotates: true };
const denied = { rotates: new Unknown('access-denied', 'secretsmanager:DescribeSecret was denied', 'secretsmanager:DescribeSecret') };
const day = (number: number): number => Date.UTC(2026, 0, number);
const isoDay = (number: number): string => new Date(day(number)).toISOString();

const gap = (...types: readonly string[]): Gap => ({
  operation: 'secretsmanager:ListSecrets',
  action: 'secretsmanager:ListSecrets',
  types,
  reason: 'access-denied',
  count: 1,
  hint: 'Allow it.',
});
const secretType = 'AWS::SecretsManager::Secret';
const unread = (region = 'eu-west-1'): ScopeModel => liveScope([], region, { status: 'failed', gaps: [gap(secretType)] });

type Step = readonly [
  day: number,
  read: Collection,
  options?: { readonly policies?: typeof selected; readonly waivers?: readonly Waiver[] },
];

/** Runs one after the other, each compared with what the one before left. */
function runs(...steps: readonly Step[]): readonly RunState[] {
  const states: RunState[] = [];
  for (const [number, read, { policies = [rotates], waivers = [] } = {}] of steps) {
    states.push(
      scanAndKeep(
        read,
        policies,
        {
          now: day(number),
          detail: 'all',
          toolVersion: '0',
          failOn: 'low',
          failOnUnknown: 'low',
          waivers,
          clock: { kind: 'wall', runId: `r${number}`, startedAt: day(number), durationMs: 1 },
        },
        { previous: states.at(-1), dueDays: customaryDueDays },
      ),
    );
  }
  return states;
}

const live = (attributes: Parameters<typeof liveSecret>[1]): Collection => collectionOf(liveScope([liveSecret('db', attributes)]));
const nothingRead = collectionOf(unread());
const shown = ({ result }: RunState): readonly (readonly unknown[])[] =>
  result.findings.filter(({ status }) => status !== 'pass').map(({ status, state }) => [status, state]);
const stories = (states: readonly RunState[]): readonly unknown[] => states.map(shown);

describe('runs that a state keeps', () => {
  const cases: readonly (readonly [name: string, steps: readonly Step[], statuses: readonly unknown[], fixed: readonly number[]])[] = [
    [
      'a failure that stays',
      [
        [1, live(bad)],
        [2, live(bad)],
      ],
      [[['fail', 'new']], [['fail', 'persisting']]],
      [0, 0],
    ],
    [
      'a failure that is fixed, and comes back',
      [
        [1, live(bad)],
        [2, live(good)],
        [3, live(good)],
        [4, live(bad)],
        [5, live(bad)],
      ],
      [[['fail', 'new']], [], [], [['fail', 'reopened']], [['fail', 'persisting']]],
      [0, 1, 0, 0, 0],
    ],
    [
      'an attribute that is denied for two runs, then fixed',
      [
        [1, live(bad)],
        [2, live(denied)],
        [3, live(denied)],
        [4, live(good)],
      ],
      [[['fail', 'new']], [['unknown', 'unverified']], [['unknown', 'unverified']], []],
      [0, 0, 0, 1],
    ],
    [
      'a scope that is denied for two runs, then fixed',
      [
        [1, live(bad)],
        [2, nothingRead],
        [3, nothingRead],
        [4, live(good)],
      ],
      [[['fail', 'new']], [['unknown', 'unverified']], [['unknown', 'unverified']], []],
      [0, 0, 0, 1],
    ],
    [
      'a scope that is denied, then fails as before',
      [
        [1, live(bad)],
        [2, nothingRead],
        [3, live(bad)],
      ],
      [[['fail', 'new']], [['unknown', 'unverified']], [['fail', 'persisting']]],
      [0, 0, 0],
    ],
    [
      'an unknown that is denied altogether is no failure',
      [
        [1, live(denied)],
        [2, nothingRead],
        [3, live(bad)],
      ],
      [[['unknown', 'new']], [['unknown', 'persisting']], [['fail', 'new']]],
      [0, 0, 0],
    ],
    [
      'a failure that was fixed and is denied before it comes back',
      [
        [1, live(bad)],
        [2, live(good)],
        [3, live(denied)],
        [4, live(bad)],
      ],
      [[['fail', 'new']], [], [['unknown', 'new']], [['fail', 'reopened']]],
      [0, 1, 0, 0],
    ],
    [
      'a secret that is deleted',
      [
        [1, live(bad)],
        [2, collectionOf(liveScope([]))],
      ],
      [[['fail', 'new']], []],
      [0, 1],
    ],
    [
      'a secret that is deleted while something else could not be listed',
      [
        [1, live(bad)],
        [2, collectionOf(liveScope([], 'eu-west-1', { status: 'partial', gaps: [gap('AWS::KMS::Key')] }))],
      ],
      [[['fail', 'new']], []],
      [0, 1],
    ],
    [
      'a secret that may be deleted, as secrets could not be listed',
      [
        [1, live(bad)],
        [2, collectionOf(liveScope([], 'eu-west-1', { status: 'partial', gaps: [gap('AWS::KMS::Key', secretType)] }))],
      ],
      [[['fail', 'new']], [['unknown', 'unverified']]],
      [0, 0],
    ],
    [
      'an account that could not be entered, with all its regions',
      [
        [1, live(bad)],
        [2, collectionOf({ ...unread(), scope: { id: 'aws/111122223333', source: 'aws', account: '111122223333' } })],
        [3, live(bad)],
      ],
      [[['fail', 'new']], [['unknown', 'unverified']], [['fail', 'persisting']]],
      [0, 0, 0],
    ],
    [
      'another account that could not be entered says nothing of this one',
      [
        [1, live(bad)],
        [2, collectionOf({ ...unread(), scope: { id: 'aws/444455556666', source: 'aws', account: '444455556666' } })],
        [3, live(bad)],
      ],
      [[['fail', 'new']], [], [['fail', 'persisting']]],
      [0, 0, 0],
    ],
    [
      'the account of the caller that could not be entered may be this one',
      [
        [1, live(bad)],
        [2, collectionOf({ ...unread(), scope: { id: 'aws/caller', source: 'aws' } })],
      ],
      [[['fail', 'new']], [['unknown', 'unverified']]],
      [0, 0],
    ],
    [
      'another selection of policies',
      [
        [1, live(bad)],
        [2, live(bad), { policies: selected.slice(1, 2) }],
        [3, live(bad)],
        [4, live(good)],
      ],
      [[['fail', 'new']], [], [['fail', 'persisting']], []],
      [0, 0, 0, 1],
    ],
    [
      'another region',
      [
        [1, live(bad)],
        [2, collectionOf(liveScope([], 'us-east-1'))],
        [3, live(bad)],
      ],
      [[['fail', 'new']], [], [['fail', 'persisting']]],
      [0, 0, 0],
    ],
  ];

  const plan = (attributes: Parameters<typeof liveSecret>[1], root = 'infra'): Collection =>
    collectionOf(planScope([plannedSecret('aws_secretsmanager_secret.db', 'db', attributes)], root));
  const elsewhere: readonly (readonly [name: string, runs: readonly Step[]])[] = [
    [
      'a plan that passes mends no account',
      [
        [1, live(bad)],
        [2, plan(good)],
        [3, nothingRead],
        [4, live(bad)],
      ],
    ],
    [
      'a plan that fails too does not stand in for the account',
      [
        [1, live(bad)],
        [2, plan(bad)],
        [3, nothingRead],
        [4, live(bad)],
      ],
    ],
    [
      'of an account and a plan at once',
      [
        [1, collectionOf(liveScope([liveSecret('db', bad)]))],
        [2, collectionOf(liveScope([liveSecret('db', bad)]), ...plan(good).scopes)],
        [3, collectionOf(unread(), ...plan(bad).scopes)],
        [4, collectionOf(liveScope([liveSecret('db', bad)]), ...plan(good).scopes)],
      ],
    ],
    [
      'another root, twice, with a thing of the same name',
      [
        [1, plan(bad)],
        [2, plan(good, 'other')],
        [3, plan(good, 'other')],
        [4, plan(bad)],
      ],
    ],
    [
      'an account that cannot be entered after a run of another region',
      [
        [1, live(bad)],
        [2, collectionOf(liveScope([], 'us-east-1'))],
        [3, collectionOf({ ...unread(), scope: { id: 'aws/111122223333', source: 'aws', account: '111122223333' } })],
        [4, live(bad)],
      ],
    ],
  ];
  it.each(elsewhere)('nothing but its own place fixes or forgets it: %s', (_name, steps) => {
    const states = runs(...steps);
    const [first] = states[0]?.result.findings.filter(({ status }) => status === 'fail') ?? [];
    const own = (state: RunState): readonly Finding[] =>
      [...state.result.findings, ...state.notJudged].filter(({ id }) => id === first?.id);
    expect(states.map((state) => own(state).length)).toEqual([1, 1, 1, 1]);
    expect(states.flatMap(({ result }) => result.run.baseline?.fixed.filter(({ id }) => id === first?.id) ?? [])).toEqual([]);
    expect(own(states[3] as RunState)).toMatchObject([{ status: 'fail', state: 'persisting', firstSeen: isoDay(1) }]);
    const third = states[2]?.result;
    const denied = third?.scopes.some(({ source, status }) => source === 'aws' && status === 'failed') === true;
    expect(third?.findings.filter(({ id }) => id === first?.id).map(({ state }) => state)).toEqual(denied ? ['unverified'] : []);
  });

  it('what configuration switches off is not fixed, and goes on when it is switched on again', () => {
    const override = {
      match: { regions: ['eu-*'] },
      at: 'c.yaml:9',
      setting: { kind: 'off', reason: 'switched off by c.yaml:9' },
    } as const;
    const without = [{ ...rotates, overrides: [override] }];
    const states = runs([1, live(bad)], [2, live(bad), { policies: without }], [3, live(bad)]);
    expect(states.map(({ result }) => result.run.baseline?.fixed.length)).toEqual([undefined, 0, 0]);
    expect(states.map(({ result }) => result.run.baseline?.notJudged)).toEqual([undefined, 1, 0]);
    expect(stories(states).at(-1)).toEqual([['fail', 'persisting']]);
    const [first, second] = states.map(({ result }) => result);
    if (second === undefined) throw new Error('there is no second run');
    expect(compareResults(first, second)).toMatchObject({ fixed: [], notJudged: 1 });
  });

  it('what was made anew, and cannot be read yet, is not fixed', () => {
    const secret = (suffix: string, statements: readonly unknown[] | Unknown): Collection =>
      collectionOf(
        liveScope([
          liveSecret('db', { ...good, statements }, { address: `arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-${suffix}` }),
        ]),
      );
    const notRead = new Unknown('access-denied', 'denied', 'secretsmanager:GetResourcePolicy');
    const [, second] = runs(
      [1, secret('AbCdEf', [statement('A')]), { policies: selected }],
      [2, secret('GhIjKl', notRead), { policies: selected }],
    );
    expect(second?.result.run.baseline?.fixed).toEqual([]);
    expect(second?.result.findings.filter(({ itemKey }) => itemKey === 'A')).toMatchObject([{ status: 'unknown', state: 'unverified' }]);
  });

  it.each(cases)('%s', (_name, steps, statuses, fixed) => {
    const states = runs(...steps);
    expect(stories(states).map((story, index) => (steps[index]?.[2]?.policies === undefined ? story : []))).toEqual(statuses);
    expect(states.map(({ result }) => result.run.baseline?.fixed.length ?? 0)).toEqual(fixed);
    expect(states.map(({ sequence }) => sequence)).toEqual(steps.map((_step, index) => index + 1));
    expect(states.at(-1)?.history.map(({ runId }) => runId)).toEqual(steps.map(([number]) => `r${number}`));
  });

  it('keeps its beginning and its last day through what could not be verified, and begins anew when it comes back', () => {
    const states = runs([1, live(bad)], [2, nothingRead], [3, live(denied)], [4, live(bad)], [5, live(good)], [6, live(bad)]);
    const times = states.map(({ result: { findings } }) =>
      findings
        .filter(({ status }) => status !== 'pass')
        .map(({ firstSeen, lastSeen, dueAt }) => [firstSeen, lastSeen, dueAt].map((time) => time?.slice(0, 10))),
    );
    expect(times).toEqual([
      [['2026-01-01', undefined, '2026-01-31']],
      [['2026-01-01', '2026-01-01', '2026-01-31']],
      [['2026-01-01', '2026-01-01', '2026-01-31']],
      [['2026-01-01', undefined, '2026-01-31']],
      [],
      [['2026-01-06', undefined, '2026-02-05']],
    ]);
  });

  it('an unverified finding keeps its identity, says why, and counts as unknown', () => {
    const [before, after] = runs([1, live(bad)], [2, nothingRead]);
    const [finding] = after?.result.findings ?? [];
    expect(finding).toMatchObject({
      id: before?.result.findings[0]?.id,
      status: 'unknown',
      message:
        'could not be verified this time: secretsmanager:ListSecrets failed (access-denied); it failed when it was last judged, in the run of 2026-01-01',
      unknown: [{ reason: 'access-denied', action: 'secretsmanager:ListSecrets' }],
      evidence: [],
    });
    expect(after?.result.summary.findings).toMatchObject({ fail: 0, unknown: 1 });
    expect(after?.result.policies[0]?.counts.unknown).toBe(1);
    expect(after?.result.run).toMatchObject({ exitCode: 4, baseline: { unverified: 1, fixed: [], notJudged: 0 } });
  });

  it('of the items of a list that can no longer be read each is carried on beside the unknown list', () => {
    const items = (value: readonly unknown[] | Unknown): Collection => live({ ...good, statements: value });
    const notRead = new Unknown('access-denied', 'denied', 'secretsmanager:GetResourcePolicy');
    const [, second, third] = runs(
      [1, items([statement('A'), statement('B')]), { policies: selected }],
      [2, items(notRead), { policies: selected }],
      [3, items([statement('B')]), { policies: selected }],
    );
    const grants = (state: RunState | undefined): readonly unknown[] =>
      (state?.result.findings ?? [])
        .filter(({ policyId, status }) => policyId === 'secretsmanager-grants-nobody' && status !== 'pass')
        .map(({ itemKey, status, state: one }) => [itemKey, status, one]);
    expect(grants(second)).toEqual([
      [undefined, 'unknown', 'new'],
      ['A', 'unknown', 'unverified'],
      ['B', 'unknown', 'unverified'],
    ]);
    expect(grants(third)).toEqual([['B', 'fail', 'persisting']]);
    expect(third?.result.run.baseline?.fixed.map(({ itemKey }) => itemKey)).toEqual([undefined, 'A']);
  });

  it('remembers what was whole, and says of a scope that it carries on from there', () => {
    const states = runs([1, live(bad)], [2, nothingRead], [3, nothingRead]);
    expect(states.map(({ result }) => result.scopes.map(({ carriedFrom }) => carriedFrom))).toEqual([
      [undefined],
      [isoDay(1)],
      [isoDay(1)],
    ]);
    const [never] = runs([1, nothingRead]);
    expect(never?.result.scopes[0]).not.toHaveProperty('carriedFrom');
  });

  const waiver: Waiver = {
    id: 'accepted',
    reason: 'r',
    owner: 'o',
    expires: '2026-06-01',
    place: { file: 'waivers.yaml', line: 1, inline: false },
    target: { kind: 'resources', policies: ['secretsmanager-rotates'], covers: ['fail'], match: {} },
  };

  it('what was accepted stays accepted while it cannot be verified', () => {
    const states = runs([1, live(bad), { waivers: [waiver] }], [2, nothingRead, { waivers: [waiver] }], [3, nothingRead]);
    expect(stories(states)).toEqual([[['waived', undefined]], [['waived', undefined]], [['unknown', 'unverified']]]);
    expect(states[1]?.result.summary.findings).toMatchObject({ waived: 1, unknown: 0 });
    expect(states[0]?.result.findings[0]).not.toHaveProperty('dueAt');
    expect(states[0]?.result.findings[0]?.firstSeen).toBe(isoDay(1));
  });
});

describe('the difference of two results', () => {
  const delta = (states: readonly RunState[], from: number, to: number): ReturnType<typeof compareResults> => {
    const after = states[to - 1];
    if (after === undefined) throw new Error(`there is no run ${to}`);
    return compareResults(states[from - 1]?.result, after.result);
  };
  const counts = (one: ReturnType<typeof compareResults>): readonly number[] => [
    one.new.length,
    one.reopened.length,
    one.unverified.length,
    one.fixed.length,
    one.persisting,
    one.notJudged,
  ];
  const story = runs([1, live(bad)], [2, live(bad)], [3, nothingRead], [4, nothingRead], [5, live(good)], [6, live(bad)]);

  const cases: readonly (readonly [from: number, to: number, counts: readonly number[]])[] = [
    [0, 1, [1, 0, 0, 0, 0, 0]],
    [1, 2, [0, 0, 0, 0, 1, 0]],
    [2, 3, [0, 0, 1, 0, 0, 0]],
    [3, 4, [0, 0, 0, 0, 1, 0]],
    [1, 4, [0, 0, 1, 0, 0, 0]],
    [4, 5, [0, 0, 0, 1, 0, 0]],
    [1, 5, [0, 0, 0, 1, 0, 0]],
    [5, 6, [0, 1, 0, 0, 0, 0]],
    [1, 6, [0, 0, 0, 0, 1, 0]],
    [6, 6, [0, 0, 0, 0, 1, 0]],
  ];
  it.each(cases)('of run %i and run %i', (from, to, expected) => {
    expect(counts(delta(story, from, to))).toEqual(expected);
  });

  it('tells what could not be read, once', () => {
    expect(delta(story, 2, 3).newGaps).toEqual([
      { scope: 'aws/111122223333/eu-west-1', action: 'secretsmanager:ListSecrets', reason: 'access-denied' },
    ]);
    expect(delta(story, 3, 4).newGaps).toEqual([]);
  });

  it('of two results that no state has marked', () => {
    const strip = (state: RunState | undefined): RunState['result'] => {
      if (state === undefined) throw new Error('no such run');
      const findings = state.result.findings.map(
        ({ state: _state, firstSeen: _first, lastSeen: _last, dueAt: _due, ...rest }) => rest as Finding,
      );
      return { ...state.result, findings };
    };
    const [failing, , , , passing] = story;
    const [alone] = runs([3, nothingRead]);
    expect(counts(compareResults(strip(failing), strip(passing)))).toEqual([0, 0, 0, 1, 0, 0]);
    expect(counts(compareResults(strip(failing), strip(alone)))).toEqual([0, 0, 1, 0, 0, 0]);
    expect(counts(compareResults(strip(passing), strip(failing)))).toEqual([1, 0, 0, 0, 0, 0]);
    // It never failed, so nobody is told that it did.
    const [unknown] = runs([1, live(denied)]);
    expect(counts(compareResults(strip(unknown), strip(alone)))).toEqual([0, 0, 0, 0, 1, 0]);
  });
});
