import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyWaivers } from '../../src/engine/waivers/apply-waivers.ts';
import { starMatches } from '../../src/engine/waivers/star-pattern.ts';
import { waiverState } from '../../src/engine/waivers/waiver-state.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Gap } from '../../src/model/resource.ts';
import type { CodeMatch, Waiver, WaiverMatch } from '../../src/model/waiver.ts';
import {
  collectionOf,
  liveScope,
  liveSecret,
  notKnown,
  plannedSecret,
  planScope,
  resultOf,
  rotates,
  selected,
  statement,
} from './findings-of.ts';

const now = Date.UTC(2026, 0, 1);
const basis = {
  id: 'w',
  reason: 'r',
  owner: 'team',
  created: '2025-12-01',
  expires: '2026-06-30',
  place: { file: 'waivers.yaml', line: 3, inline: false },
};
const policies = ['secretsmanager-rotates'];

function waiver(
  match: WaiverMatch,
  more: Partial<Waiver> = {},
  covers: readonly ('fail' | 'unknown')[] = ['fail'],
  ids: readonly string[] = policies,
): Waiver {
  return { ...basis, target: { kind: 'resources', policies: ids, covers, match }, ...more };
}

function codeWaiver(match: CodeMatch, more: Partial<Waiver> = {}): Waiver {
  return {
    ...basis,
    place: { file: 'infra/main.tf', line: 1, inline: true },
    target: { kind: 'code', policies, covers: ['fail'], match },
    ...more,
  };
}

const gapWaiver = (action: string, scope: string): Waiver => ({ ...basis, target: { kind: 'gap', action, scope } });

describe('the days of a waiver, in UTC', () => {
  const days = { created: '2026-01-10', expires: '2026-03-31' };
  it.each([
    ['the day before the first', '2026-01-09T23:59:59.999Z', 'not-yet'],
    ['the first moment of the first day', '2026-01-10T00:00:00Z', 'active'],
    ['31 days before the last', '2026-02-28T23:59:59Z', 'active'],
    ['30 days before the last', '2026-03-01T00:00:00Z', 'expiring'],
    ['the last day', '2026-03-31T00:00:00Z', 'expiring'],
    ['the last moment of the last day', '2026-03-31T23:59:59.999Z', 'expiring'],
    ['the day after', '2026-04-01T00:00:00Z', 'expired'],
    ['years after', '2036-04-01T00:00:00Z', 'expired'],
  ])('%s', (_name, time, state) => {
    expect(waiverState(days, Date.parse(time))).toBe(state);
  });

  it('without a first day it holds from the start', () => {
    expect(waiverState({ expires: '2026-03-31' }, Date.parse('2020-01-01'))).toBe('active');
  });
});

describe('patterns', () => {
  it.each([
    ['prod/db', 'prod/db', true],
    ['prod/db', 'prod/db2', false],
    ['prod/*', 'prod/', true],
    ['*', '', true],
    ['*db', 'prod/db', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'a-c-b-c', true],
    ['a*b*b', 'ab', false],
    ['a?c', 'abc', false],
    ['PROD', 'prod', false],
    ['a.c', 'abc', false],
    ['x["a"]', 'x["a"]', true],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(starMatches(pattern, text)).toBe(expected);
  });
});

const tagged = liveSecret(
  'db',
  { rotates: false },
  { attributes: { name: 'db', rotation: { enabled: false }, statements: [], tags: { stage: 'sandbox' }, lastAccessedAt: 1 } },
);
const live = collectionOf(liveScope([tagged]));
const code = collectionOf(
  planScope([
    plannedSecret(
      'x.db',
      'db',
      { rotates: false },
      { attributes: { name: 'db', rotation: { enabled: false }, statements: [], tags: { stage: 'sandbox' } } },
    ),
  ]),
);
const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf';

describe('what a waiver speaks of', () => {
  const rows: readonly (readonly [name: string, collection: typeof live, waiver: Waiver, waived: boolean])[] = [
    ['the ARN', live, waiver({ address: arn }), true],
    ['a pattern of the ARN', live, waiver({ address: 'arn:aws:secretsmanager:*:secret:db-*' }), true],
    ['another ARN', live, waiver({ address: 'arn:aws:secretsmanager:*:secret:db2-*' }), false],
    ['the name is no address', live, waiver({ address: 'db' }), false],
    ['the account', live, waiver({ account: '111122223333' }), true],
    ['another account', live, waiver({ account: '111122223334' }), false],
    ['account and another address', live, waiver({ account: '111122223333', address: 'x' }), false],
    ['another policy', live, waiver({ address: arn }, {}, ['fail'], ['secretsmanager-is-used']), false],
    ['every policy', live, waiver({ address: arn }, {}, ['fail'], ['*']), true],
    ['unknown only', live, waiver({ address: arn }, {}, ['unknown']), false],
    ['an item of a policy without items', live, waiver({ address: arn, itemKey: '*' }), false],
    ['a tag of a live resource', live, waiver({ tags: { stage: 'sandbox' } }), false],
    ['a tag and the address of a live resource', live, waiver({ address: arn, tags: { stage: 'sandbox' } }), false],
    ['a tag of a live resource, where that is configured', live, waiver({ tags: { stage: 'sand*' }, liveTags: true }), true],
    ['a tag with another value', live, waiver({ tags: { stage: 'prod' }, liveTags: true }), false],
    ['a tag in code', code, waiver({ tags: { stage: 'sandbox' } }), true],
    ['a tag that is not there', code, waiver({ tags: { toString: '*' } }), false],
    ['the address in code', code, waiver({ address: 'x.*' }), true],
    ['an account that code does not say', code, waiver({ account: '111122223333' }), false],
    ['the line of the attribute', code, codeWaiver({ kind: 'lines', file: 'infra/main.tf', startLine: 2, endLine: 2 }), true],
    ['the line of the block', code, codeWaiver({ kind: 'lines', file: 'infra/main.tf', startLine: 1, endLine: 1 }), true],
    ['the next line', code, codeWaiver({ kind: 'lines', file: 'infra/main.tf', startLine: 3, endLine: 9 }), false],
    ['the line in another file', code, codeWaiver({ kind: 'lines', file: 'infra/other.tf', startLine: 1, endLine: 9 }), false],
    ['the block by its address', code, codeWaiver({ kind: 'block', scope: 'terraform/infra', address: 'x.db' }), true],
    ['the block in another root', code, codeWaiver({ kind: 'block', scope: 'terraform/other', address: 'x.db' }), false],
    ['code, of a live resource', live, codeWaiver({ kind: 'block', scope: 'aws/111122223333/eu-west-1', address: arn }), false],
  ];
  it.each(rows)('%s', (_name, collection, one, waived) => {
    const { findings, run } = resultOf(collection, { now, waivers: [one] }, [rotates]);
    expect(findings.map(({ status }) => status)).toEqual([waived ? 'waived' : 'fail']);
    expect(run.exitCode).toBe(waived ? 0 : 1);
  });

  it('a policy by the id that it had', () => {
    const renamed = { ...rotates, policy: { ...rotates.policy, id: 'secretsmanager-turns', aliases: policies } };
    expect(resultOf(live, { now, waivers: [waiver({ address: '*' })] }, [renamed]).findings[0]?.status).toBe('waived');
  });

  it('one item of several', () => {
    const two = collectionOf(liveScope([liveSecret('db', { statements: [statement('A'), statement('B')] })]));
    const one = waiver({ address: '*', itemKey: 'A' }, {}, ['fail'], ['secretsmanager-grants-nobody']);
    const { findings } = resultOf(two, { now, waivers: [one] });
    expect(findings.map(({ itemKey, status }) => [itemKey, status])).toEqual([
      ['A', 'waived'],
      ['B', 'fail'],
    ]);
  });

  it('a live finding that code declares is not waived beside the code', () => {
    const both = collectionOf(...live.scopes, ...code.scopes);
    const one = codeWaiver({ kind: 'lines', file: 'infra/main.tf', startLine: 1, endLine: 9 });
    const { findings } = resultOf(both, { now, waivers: [one] }, [rotates]);
    expect(findings.map(({ scope, status, location }) => [scope, status, location?.file])).toEqual([
      ['aws/111122223333/eu-west-1', 'fail', 'infra/main.tf'],
      ['terraform/infra', 'waived', 'infra/main.tf'],
    ]);
  });
});

describe('unknowns and gaps', () => {
  const unsure = collectionOf(planScope([plannedSecret('x.db', 'db', { rotates: notKnown })]));
  it.each([
    ['failures only', ['fail'], 'unknown', 3],
    ['unknowns', ['unknown'], 'waived', 0],
    ['both', ['fail', 'unknown'], 'waived', 0],
  ] as const)('an unknown and a waiver of %s', (_name, covers, status, exitCode) => {
    const { findings, run } = resultOf(unsure, { now, waivers: [waiver({ address: '*' }, {}, covers)] }, [rotates]);
    expect(findings.map((one) => one.status)).toEqual([status]);
    expect(run.exitCode).toBe(exitCode);
    expect(findings[0]).toMatchObject({
      message: expect.stringContaining('not verified') as string,
      unknown: [{ reason: 'known-after-apply' }],
    });
  });

  const gap: Gap = {
    operation: 'ssm:DescribeParameters',
    action: 'ssm:DescribeParameters',
    types: ['AWS::SSM::Parameter'],
    reason: 'access-denied',
    count: 1,
    hint: 'h',
  };
  const partial = collectionOf(liveScope([], 'eu-west-1', { status: 'partial', gaps: [gap] }));
  it.each([
    ['the action and the scope', gapWaiver('ssm:DescribeParameters', 'aws/111122223333/eu-west-1'), 0],
    ['a pattern of the scope', gapWaiver('ssm:DescribeParameters', 'aws/111122223333/*'), 0],
    ['another scope', gapWaiver('ssm:DescribeParameters', 'aws/444455556666/*'), 3],
    ['another action', gapWaiver('ssm:ListTagsForResource', 'aws/*'), 3],
    ['an action is no pattern', gapWaiver('ssm:*', 'aws/*'), 3],
    ['unknown findings are no gaps', waiver({ address: '*' }, {}, ['unknown'], ['*']), 3],
    ['a waiver that has expired', { ...gapWaiver('ssm:DescribeParameters', 'aws/*'), expires: '2025-12-31' }, 3],
  ] as const)('a gap: %s', (_name, one, exitCode) => {
    const { scopes, run } = resultOf(partial, { now, waivers: [one] });
    expect(run.exitCode).toBe(exitCode);
    expect(scopes[0]?.status).toBe('partial');
    expect(scopes[0]?.gaps.map((each) => each.waiver?.id)).toEqual([exitCode === 0 ? 'w' : undefined]);
    expect(run.waivers?.gaps).toBe(exitCode === 0 ? 1 : 0);
  });

  it.each(['throttled', 'timeout', 'request-failed', 'malformed-response', 'not-collected'] as const)(
    'a gap for another reason than a denial, %s, is not accepted',
    (reason) => {
      const trouble = collectionOf(liveScope([], 'eu-west-1', { status: 'partial', gaps: [{ ...gap, reason }] }));
      const { run } = resultOf(trouble, { now, waivers: [gapWaiver('ssm:DescribeParameters', 'aws/*')] });
      expect(run).toMatchObject({ exitCode: 3, waivers: { gaps: 0 } });
    },
  );
});

describe('what is said of waivers', () => {
  const use = (one: Waiver, collection = live, waivers = [one]) => {
    const { run, findings } = resultOf(collection, { now, waivers }, [rotates]);
    return { use: run.waivers?.waivers[0], notes: run.notes, findings };
  };

  it('one by the tags of live resources: not that it is of no use, but why it does not count', () => {
    const { use: said, notes, findings } = use(waiver({ tags: { stage: 'sandbox' } }));
    expect(findings.map(({ status }) => status)).toEqual(['fail']);
    expect(said).toMatchObject({ use: 'not-judged', findings: 0 });
    expect(notes).toEqual([expect.stringMatching(/^waiver w matches live resources by their tags, which counts only with liveTags: true/)]);
  });

  it('an expired one: what it covered fails again and names it', () => {
    const { use: said, notes, findings } = use(waiver({ address: '*' }, { expires: '2025-12-31' }));
    expect(said).toMatchObject({ state: 'expired', use: 'used', findings: 1, file: 'waivers.yaml', line: 3 });
    expect(notes).toEqual(['waiver w expired on 2025-12-31: 1 finding counts again']);
    expect(findings[0]).toMatchObject({ status: 'fail', expiredWaiver: { id: 'w', expires: '2025-12-31' } });
  });

  it('one that ends soon', () => {
    const { use: said, notes } = use(waiver({ address: '*' }, { expires: '2026-01-31' }));
    expect(said).toMatchObject({ state: 'expiring', use: 'used' });
    expect(notes).toEqual(['waiver w of team ends on 2026-01-31, within 30 days: 1 finding']);
  });

  it('one whose first day is to come', () => {
    const { use: said, notes, findings } = use(waiver({ address: '*' }, { created: '2026-01-02' }));
    expect(said).toMatchObject({ state: 'not-yet', use: 'used' });
    expect(notes).toEqual(['waiver w holds from a day to come: 1 finding counts until then']);
    expect(findings[0]).not.toHaveProperty('expiredWaiver');
  });

  const usage: readonly (readonly [string, Waiver, typeof live, string])[] = [
    ['nothing has that address', waiver({ address: 'arn:aws:secretsmanager:*:secret:gone-*' }), live, 'unused'],
    ['its policy was not asked', waiver({ address: arn }, {}, ['fail'], ['ssm-other']), live, 'not-judged'],
    ['an ARN where only code was read', waiver({ address: arn }), code, 'not-judged'],
    ['an address in code where only an account was read', waiver({ address: 'x.db' }), live, 'not-judged'],
    ['another account', waiver({ account: '444455556666' }), live, 'not-judged'],
    [
      'a part that was not read',
      waiver({ address: 'arn:none' }),
      collectionOf(liveScope([tagged], 'eu-west-1', { whole: false })),
      'not-judged',
    ],
    [
      'what it speaks of is unknown this time',
      waiver({ address: 'x.db' }),
      collectionOf(planScope([plannedSecret('x.db', 'db', { rotates: notKnown })])),
      'not-judged',
    ],
    ['a gap that is closed', gapWaiver('ssm:DescribeParameters', 'aws/*'), live, 'unused'],
  ];
  it.each(usage)('%s', (_name, one, collection, expected) => {
    const { use: said, notes } = use(one, collection);
    expect(said).toMatchObject({ use: expected, findings: 0, gaps: 0 });
    expect(notes.filter((note) => note.startsWith('waiver w covers nothing'))).toHaveLength(expected === 'unused' ? 1 : 0);
  });

  it('the first that holds covers, and all that speak of it are used', () => {
    const waivers = ['2025-12-31', '2026-06-30', '2026-07-31'].map((expires, index) =>
      waiver({ address: '*' }, { id: `w${index}`, expires }),
    );
    const { run, findings } = resultOf(live, { now, waivers }, [rotates]);
    expect(findings[0]).toMatchObject({ status: 'waived', waiver: { id: 'w1' } });
    expect(run.waivers?.waivers.map((one) => one.use)).toEqual(['used', 'used', 'used']);
    expect(run.waivers).toMatchObject({ findings: 1, gaps: 0 });
  });
});

describe('beside a baseline', () => {
  const before = resultOf(live, { now }, [rotates]);
  it('what is waived now is neither new, persisting nor fixed', () => {
    const { run, findings } = resultOf(live, { now, baseline: before, newOnly: true, waivers: [waiver({ address: '*' })] }, [rotates]);
    expect(run.baseline).toMatchObject({ new: 0, persisting: 0, fixed: [] });
    expect(findings[0]).not.toHaveProperty('state');
  });

  it('what was waived then persists', () => {
    const then = resultOf(live, { now, waivers: [waiver({ address: '*' })] }, [rotates]);
    expect(resultOf(live, { now, baseline: then }, [rotates]).run.baseline).toMatchObject({ new: 0, persisting: 1, fixed: [] });
  });
});

it('a waiver changes the status of findings, the waiver that is named, and nothing else', () => {
  const collection = collectionOf(
    liveScope([tagged, liveSecret('good'), liveSecret('open', { rotates: notKnown, statements: [statement('A'), statement('B')] })]),
    ...code.scopes,
  );
  const truth = resultOf(collection, { now, detail: 'all' });
  const text = fc.constantFrom('*', 'x.*', 'arn:*', arn, 'A', '111122223333', 'sandbox', 'nothing');
  const match: fc.Arbitrary<WaiverMatch> = fc.oneof(
    fc.record({ address: text }),
    fc.record({ account: text }),
    fc.record({ itemKey: text }),
    fc.record({ address: text, tags: fc.record({ stage: text }), liveTags: fc.constant(true as const) }),
  );
  const covers = fc.subarray(['fail', 'unknown'] as const, { minLength: 1 });
  const ids = fc.subarray(['*', ...selected.map(({ policy }) => policy.id)], { minLength: 1 });
  const day = fc.constantFrom('2025-12-31', '2026-01-01', '2026-01-01', '2026-12-01');
  const any = fc
    .record({ match, covers, ids, expires: day, created: fc.constantFrom('2025-12-01', '2025-12-01', '2026-01-02') })
    .map((one) => waiver(one.match, { expires: one.expires, created: one.created }, one.covers, one.ids));
  const plain = (finding: Finding): unknown => {
    const { status, waiver: _waiver, expiredWaiver: _expired, ...rest } = finding as Finding & { waiver?: unknown };
    return status === 'waived' || status === 'fail' || status === 'unknown' ? rest : { ...rest, status };
  };
  let waived = 0;
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 4 }), (waivers) => {
      const result = resultOf(collection, { now, detail: 'all', waivers });
      expect(result.findings.map(plain)).toEqual(truth.findings.map(plain));
      const { findings: counts } = result.summary;
      expect(counts.waived).toBe(result.findings.filter(({ status }) => status === 'waived').length);
      expect(counts.fail + counts.unknown + counts.waived).toBe(truth.summary.findings.fail + truth.summary.findings.unknown);
      expect(counts.waived).toBe(result.run.waivers?.findings);
      for (const each of result.findings) if (each.status === 'waived') expect(each.waiver.expires >= '2026-01-01').toBe(true);
      waived += counts.waived;
    }),
    { numRuns: 300 },
  );
  expect(waived).toBeGreaterThan(50);
});

it('is a pure function: what it was given stays as it was', () => {
  const { findings } = resultOf(live, { now }, [rotates]);
  const copy = structuredClone(findings);
  applyWaivers(findings, live.scopes, [waiver({ address: '*' })], [rotates], now);
  expect(findings).toEqual(copy);
});
