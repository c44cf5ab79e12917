import { describe, expect, it } from 'vitest';
import type { Resource } from '../../src/model/resource.ts';
import { collectionOf, isUsed, liveScope, liveSecret, notKnown, planScope, plannedSecret, resultOf, statement } from './findings-of.ts';

const bad = { rotates: false };

/** What becomes of the open live findings, and their place in code. */
function effects(live: Resource, code: readonly Resource[]): readonly unknown[] {
  const { findings } = resultOf(collectionOf(liveScope([live]), planScope(code)), { detail: 'all' });
  return findings
    .filter(({ scope, status }) => scope.startsWith('aws/') && (status === 'fail' || status === 'unknown'))
    .map(({ plan = 'elsewhere', location }) => (location ? `${plan} ${location.file}:${location.startLine}` : plan));
}

describe('code and a live account in one run', () => {
  const db = liveSecret('db', bad);
  const two = liveSecret('db', { statements: [statement('A'), statement('B')] });
  const cases: readonly (readonly [name: string, live: Resource, code: readonly Resource[], effects: readonly string[]])[] = [
    ['the code passes', db, [plannedSecret('x.db', 'db')], ['fixed infra/main.tf:2']],
    ['the code fails too', db, [plannedSecret('x.db', 'db', bad)], ['left infra/main.tf:2']],
    ['the code cannot tell', db, [plannedSecret('x.db', 'db', { rotates: notKnown })], ['undecided infra/main.tf:2']],
    ['the code passes, but does nothing', db, [plannedSecret('x.db', 'db', {}, { change: 'none' })], ['left infra/main.tf:2']],
    ['another name', db, [plannedSecret('x.db', 'db2')], ['elsewhere']],
    ['no name', db, [plannedSecret('x.db', undefined)], ['elsewhere']],
    ['another region', db, [plannedSecret('x.db', 'db', {}, { region: 'us-east-1' })], ['elsewhere']],
    [
      'the one of the region among two of the name',
      db,
      [plannedSecret('x.us', 'db', {}, { region: 'us-east-1' }), plannedSecret('x.eu', 'db', bad, { region: 'eu-west-1' })],
      ['left infra/main.tf:2'],
    ],
    [
      'an unknown of the account that the code answers',
      liveSecret('db', { rotates: notKnown }),
      [plannedSecret('x.db', 'db')],
      ['fixed infra/main.tf:2'],
    ],
    [
      'one item of two',
      two,
      [plannedSecret('x.db', 'db', { statements: [statement('A')] })],
      ['left infra/main.tf:2', 'fixed infra/main.tf:1'],
    ],
    [
      'items under keys that the account does not know',
      two,
      [plannedSecret('x.db', 'db', { statements: [statement(undefined)] })],
      ['left infra/main.tf:2', 'left infra/main.tf:2'],
    ],
    [
      'items that are not known',
      two,
      [plannedSecret('x.db', 'db', { statements: notKnown })],
      ['undecided infra/main.tf:2', 'undecided infra/main.tf:2'],
    ],
  ];
  it.each(cases)('%s', (_name, live, code, expected) => {
    expect(effects(live, code)).toEqual(expected);
  });

  it('what only a live account can tell is left', () => {
    const attributes = { name: 'db', isReplica: false, rotation: { enabled: true }, statements: [] };
    const live = liveSecret('db', {}, { attributes });
    const result = resultOf(collectionOf(liveScope([live]), planScope([plannedSecret('x.db', 'db')])), {}, [isUsed]);
    expect(result.findings.map(({ plan }) => plan)).toEqual(['left']);
  });

  it('counts, and keeps passing rows out of a failing report', () => {
    const result = resultOf(
      collectionOf(
        liveScope([db, liveSecret('a', bad), liveSecret('b', bad), liveSecret('c')]),
        planScope([plannedSecret('x.db', 'db'), plannedSecret('x.a', 'a', bad), plannedSecret('x.c', 'c')]),
      ),
    );
    expect(result.run.plan).toEqual({ fixed: 1, left: 1, undecided: 0, elsewhere: 1 });
    expect(new Set(result.findings.map(({ status }) => status))).toEqual(new Set(['fail']));
    expect(result.findings).toHaveLength(4);
    expect(result.summary.findings.pass).toBeGreaterThan(0);
  });

  it('keeps the identity of what it joins', () => {
    const alone = resultOf(collectionOf(liveScope([db])));
    const joined = resultOf(collectionOf(liveScope([db]), planScope([plannedSecret('x.db', 'db')])));
    expect(joined.findings.map(({ id }) => id)).toEqual(alone.findings.map(({ id }) => id));
    expect(joined.findings[0]?.location?.address).toBe('x.db');
    expect(alone.run.plan).toBeUndefined();
    expect(resultOf(collectionOf(planScope([plannedSecret('x.db', 'db')]))).run.plan).toBeUndefined();
  });
});
