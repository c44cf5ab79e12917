import { describe, expect, it } from 'vitest';
import type { Collection } from '../../src/model/resource.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import {
  collectionOf,
  liveScope,
  liveSecret,
  notKnown,
  planScope,
  plannedSecret,
  resultOf,
  rotates,
  selected,
  statement,
} from './findings-of.ts';

const bad = { rotates: false };
const good = { rotates: true };
const plan = (...resources: Parameters<typeof planScope>[0]): Collection => collectionOf(planScope(resources));
const live = (...resources: Parameters<typeof liveScope>[0]): Collection => collectionOf(liveScope(resources));

/** new, persisting, unverified, fixed, not judged. */
type Counts = readonly [number, number, number, number, number];

function countsOf({ run: { baseline } }: ScanResult): Counts | undefined {
  return baseline && [baseline.new, baseline.persisting, baseline.unverified, baseline.fixed.length, baseline.notJudged];
}

function compare(before: Collection, after: Collection, policies = selected): ScanResult {
  return resultOf(after, { baseline: resultOf(before) }, policies);
}

describe('against a baseline of the same source', () => {
  const db = plannedSecret('x.db', 'db', bad);
  const elsewhere = { ...db, locate: () => ({ file: 'infra/other.tf', startLine: 90, startColumn: 3, endLine: 91, endColumn: 4 }) };
  const cases: readonly (readonly [name: string, before: Collection, after: Collection, counts: Counts])[] = [
    ['the same', plan(db), plan(db), [0, 1, 0, 0, 0]],
    ['on another line of another file', plan(db), plan(elsewhere), [0, 1, 0, 0, 0]],
    [
      'at another address that says where it was',
      plan(db),
      plan(plannedSecret('y.db', 'db', bad, { previousAddresses: ['x.db'] })),
      [0, 1, 0, 0, 0],
    ],
    ['two moves ago', plan(db), plan(plannedSecret('z.db', 'db', bad, { previousAddresses: ['y.db', 'x.db'] })), [0, 1, 0, 0, 0]],
    ['at another address that does not', plan(db), plan(plannedSecret('y.db', 'db', bad)), [1, 0, 0, 1, 0]],
    ['with another name', plan(db), plan(plannedSecret('x.db', 'db2', bad)), [0, 1, 0, 0, 0]],
    ['one more', plan(db), plan(db, plannedSecret('x.b', 'b', bad)), [1, 1, 0, 0, 0]],
    ['one that passes now', plan(db), plan(plannedSecret('x.db', 'db', good)), [0, 0, 0, 1, 0]],
    ['one that moved and passes now', plan(db), plan(plannedSecret('y.db', 'db', good, { previousAddresses: ['x.db'] })), [0, 0, 0, 1, 0]],
    ['one that is gone from the whole', plan(db), plan(), [0, 0, 0, 1, 0]],
    ['one that is gone from a part', plan(db), collectionOf(planScope([], 'infra', { whole: false })), [0, 0, 0, 0, 1]],
    [
      'one that passes in a part',
      plan(db),
      collectionOf(planScope([plannedSecret('x.db', 'db')], 'infra', { whole: false })),
      [0, 0, 0, 1, 0],
    ],
    ['of a scope that is not here', plan(db), collectionOf(planScope([], 'other')), [0, 0, 0, 0, 1]],
    ['a fail that was unknown', plan(plannedSecret('x.db', 'db', { rotates: notKnown })), plan(db), [1, 0, 0, 0, 0]],
    ['an unknown that was a fail', plan(db), plan(plannedSecret('x.db', 'db', { rotates: notKnown })), [0, 0, 1, 0, 0]],
    [
      'a list that can no longer be read',
      plan(plannedSecret('x.db', 'db', { statements: [statement('A')] })),
      plan(plannedSecret('x.db', 'db', { statements: notKnown })),
      [1, 0, 1, 0, 0],
    ],
    [
      'a list of one that moved that can no longer be read',
      plan(plannedSecret('x.db', 'db', { statements: [statement('A')] })),
      plan(plannedSecret('y.db', 'db', { statements: notKnown }, { previousAddresses: ['x.db'] })),
      [1, 0, 1, 0, 0],
    ],
    [
      'another item of the same',
      plan(plannedSecret('x.db', 'db', { statements: [statement('A'), statement('B')] })),
      plan(plannedSecret('x.db', 'db', { statements: [statement('B'), statement('C')] })),
      [1, 1, 0, 1, 0],
    ],
  ];
  it.each(cases)('%s', (_name, before, after, counts) => {
    expect(countsOf(compare(before, after))).toEqual(counts);
  });

  it('names what is fixed, and marks only what is open', () => {
    const result = compare(
      plan(db, plannedSecret('x.b', 'b', bad)),
      plan(db, plannedSecret('x.b', 'b', good), plannedSecret('x.c', 'c', bad)),
    );
    expect(result.run.baseline).toMatchObject({ runId: 'r1', asOf: '2026-01-01T00:00:00.000Z' });
    expect(result.run.baseline?.fixed).toEqual([
      { id: expect.stringMatching(/^f1_/) as string, policyId: 'secretsmanager-rotates', severity: 'high', address: 'x.b', name: 'b' },
    ]);
    expect(result.findings.map(({ resource, state }) => [resource.address, state])).toEqual([
      ['x.c', 'new'],
      ['x.db', 'persisting'],
    ]);
    const all = resultOf(plan(db, plannedSecret('x.b', 'b')), { detail: 'all', baseline: result });
    expect(all.findings.filter(({ state }) => state !== undefined).map(({ status }) => status)).toEqual(['fail']);
  });

  it('a policy that is not asked this time fixes nothing', () => {
    const [, ...others] = selected;
    expect(countsOf(compare(plan(db), plan(db), others))).toEqual([0, 0, 0, 0, 1]);
  });

  it('a policy keeps its findings when it is renamed', () => {
    const renamed = { ...rotates, policy: { ...rotates.policy, id: 'secretsmanager-turns', aliases: ['secretsmanager-rotates'] } };
    expect(countsOf(compare(plan(db), plan(db), [renamed]))).toEqual([0, 1, 0, 0, 0]);
    expect(countsOf(compare(plan(db), plan(plannedSecret('x.db', 'db')), [renamed]))).toEqual([0, 0, 0, 1, 0]);
  });

  it('what was waived is not new once the waiver has gone', () => {
    const before = resultOf(plan(db));
    const waiver = { id: 'w', reason: 'r', owner: 'o', expires: '2026-02-01' };
    const findings = before.findings.map((finding) =>
      finding.status === 'fail' ? { ...finding, status: 'waived' as const, waiver } : finding,
    );
    expect(countsOf(resultOf(plan(db), { baseline: { ...before, findings } }))).toEqual([0, 1, 0, 0, 0]);
  });

  it('regions that were not read this time fix nothing', () => {
    const before = collectionOf(liveScope([liveSecret('a', bad)]), liveScope([liveSecret('a', bad, { region: 'us-east-1' })], 'us-east-1'));
    expect(countsOf(compare(before, live(liveSecret('a', bad))))).toEqual([0, 1, 0, 0, 1]);
    const unread = liveScope([], 'us-east-1', { status: 'failed' });
    expect(countsOf(compare(before, collectionOf(liveScope([liveSecret('a', bad)]), unread)))).toEqual([0, 1, 1, 0, 0]);
  });
});

describe('a baseline that holds less than it seems', () => {
  const db = plannedSecret('x.db', 'db', bad);
  const cases: readonly (readonly [name: string, before: Collection, after: Collection, notes: readonly string[]])[] = [
    ['the whole', plan(db), plan(db), []],
    [
      'a part',
      collectionOf(planScope([db], 'infra', { whole: false })),
      plan(db),
      ['the baseline has only a part of terraform/infra, so what is called new there may be old'],
    ],
    [
      'another root',
      collectionOf(planScope([db], 'other')),
      plan(db),
      ['the baseline has nothing of terraform/infra, so all of it is new; code needs the same --root in both runs'],
    ],
    ['another source', live(liveSecret('db', bad)), plan(db), []],
  ];
  it.each(cases)('%s', (_name, before, after, notes) => {
    expect(compare(before, after).run.notes).toEqual(notes);
  });

  it('one that looked only at changes says so itself', () => {
    const created = plannedSecret('x.new', 'new', bad, { change: 'create' });
    const baseline = resultOf(plan(created, plannedSecret('x.old', 'old', bad, { change: 'none' })), { changedOnly: true });
    expect(baseline.scopes[0]?.whole).toBe(false);
    expect(resultOf(plan(created), { baseline }).run.notes).toHaveLength(1);
    expect(resultOf(plan(created), { changedOnly: true }).scopes[0]).not.toHaveProperty('whole');
  });
});

describe('against a baseline of another source', () => {
  const cases: readonly (readonly [name: string, before: Collection, after: Collection, counts: Counts])[] = [
    ['the same name', live(liveSecret('db', bad)), plan(plannedSecret('x.db', 'db', bad)), [0, 1, 0, 0, 0]],
    ['the other way round', plan(plannedSecret('x.db', 'db', bad)), live(liveSecret('db', bad)), [0, 1, 0, 0, 0]],
    ['fixed by the plan', live(liveSecret('db', bad)), plan(plannedSecret('x.db', 'db', good)), [0, 0, 0, 1, 0]],
    ['another name', live(liveSecret('db', bad)), plan(plannedSecret('x.db', 'db2', bad)), [1, 0, 0, 0, 1]],
    ['a name that is not known', live(liveSecret('db', bad)), plan(plannedSecret('x.db', undefined, bad)), [1, 0, 0, 0, 1]],
    ['an address that is a name there', live(liveSecret('x.db', bad)), plan(plannedSecret('x.db', undefined, bad)), [1, 0, 0, 0, 1]],
    ['another region', live(liveSecret('db', bad)), plan(plannedSecret('x.db', 'db', bad, { region: 'us-east-1' })), [1, 0, 0, 0, 1]],
    ['the same region', live(liveSecret('db', bad)), plan(plannedSecret('x.db', 'db', bad, { region: 'eu-west-1' })), [0, 1, 0, 0, 0]],
    ['another account', live(liveSecret('db', bad)), plan(plannedSecret('x.db', 'db', bad, { account: '444455556666' })), [1, 0, 0, 0, 1]],
    [
      'the same item',
      live(liveSecret('db', { statements: [statement('A')] })),
      plan(plannedSecret('x.db', 'db', { statements: [statement('A')] })),
      [0, 1, 0, 0, 0],
    ],
    [
      'an item under another key',
      live(liveSecret('db', { statements: [statement('A')] })),
      plan(plannedSecret('x.db', 'db', { statements: [statement(undefined)] })),
      [1, 0, 0, 0, 1],
    ],
    [
      'only known in a live account',
      live(liveSecret('db', {}, { attributes: { name: 'db', isReplica: false, rotation: { enabled: true }, statements: [] } })),
      plan(plannedSecret('x.db', 'db')),
      [0, 0, 0, 0, 1],
    ],
  ];
  it.each(cases)('%s', (_name, before, after, counts) => {
    expect(countsOf(compare(before, after))).toEqual(counts);
  });
});

describe('--fail-on-new', () => {
  const db = plannedSecret('x.db', 'db', bad);
  const open = plannedSecret('x.open', 'open', { rotates: notKnown });
  const cases: readonly (readonly [name: string, before: Collection, after: Collection, code: number, reason: RegExp])[] = [
    ['nothing new', plan(db, open), plan(db, open), 0, /2 findings that the baseline has too \(--fail-on-new\)/],
    ['a new fail', plan(open), plan(db, open), 1, /^1 new failure at or above low \(--fail-on low\)$/],
    ['a new unknown', plan(db), plan(db, open), 3, /^incomplete: 1 new unknown at or above low/],
    ['both', plan(), plan(db, open), 1, /^1 new failure .*; also incomplete: 1 new unknown/],
    [
      'what could not be read',
      plan(db),
      collectionOf(planScope([db], 'infra', { status: 'partial' }), planScope([], 'b')),
      3,
      /1 scope could be read in part only/,
    ],
  ];
  it.each(cases)('%s', (_name, before, after, code, reason) => {
    const { run } = resultOf(after, { baseline: resultOf(before), newOnly: true });
    expect(run.exitCode).toBe(code);
    expect(run.exitReason).toMatch(reason);
  });

  it('without it, what persists counts', () => {
    expect(compare(plan(db), plan(db)).run).toMatchObject({ exitCode: 1, exitReason: '1 failure at or above low (--fail-on low)' });
  });
});

describe('--changed-only', () => {
  const untouched = plannedSecret('x.old', 'old', bad, { change: 'none' });
  const created = plannedSecret('x.new', 'new', bad, { change: 'create' });

  it('judges what the plan changes, and counts the rest', () => {
    const result = resultOf(plan(untouched, created), { changedOnly: true });
    expect(result.findings.map(({ resource }) => [resource.address, resource.change])).toEqual([['x.new', 'create']]);
    expect(result.run.notes).toEqual([expect.stringMatching(/^1 resource .*--changed-only/)]);
    expect(result.summary.resources).toBe(1);
  });

  it('judges what no plan speaks of', () => {
    const result = resultOf(collectionOf(liveScope([liveSecret('db', bad)]), planScope([untouched])), { changedOnly: true });
    expect(result.findings.map(({ resource }) => resource.name)).toEqual(['db']);
  });

  it('fixes nothing that it leaves out', () => {
    const baseline = resultOf(plan(untouched, created));
    expect(countsOf(resultOf(plan(untouched, created), { changedOnly: true, baseline }))).toEqual([0, 1, 0, 0, 1]);
    expect(countsOf(resultOf(plan(untouched), { changedOnly: true, baseline }))).toEqual([0, 0, 0, 0, 2]);
  });
});
