import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/engine/evaluate.ts';
import { createJudge } from '../../src/engine/judge.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Resource } from '../../src/model/resource.ts';
import { Unknown } from '../../src/model/unknown.ts';
import { verdictOf } from '../../src/run-policy-tests.ts';
import { assertion, collectionOf, makePolicy, secret } from './make-policy.ts';

const u = new Unknown('access-denied', 'denied', 'secretsmanager:DescribeSecret');
const now = Date.UTC(2026, 0, 1);

function findings(parts: Parameters<typeof makePolicy>[0], resource: Resource, source: 'aws' | 'terraform' = 'aws'): readonly Finding[] {
  return evaluate(collectionOf([resource], source), [{ policy: makePolicy(parts), params: {} }], { now, detail: 'all' }).findings;
}

/** true, false, unknown and an error as conditions, by tags of the resource. */
const t = "resource.tags.t == 'x'";
const f = "resource.tags.f == 'x'";
const open = "resource.tags.u == 'x'";
const err = "resource.tags.missing == 'x'";
const tags = { t: 'x', f: 'y', u };

describe('the verdict on a resource', () => {
  interface Row {
    readonly exclude?: readonly string[];
    readonly when?: string;
    readonly assert: readonly string[];
    readonly verdict: string;
  }
  const rows: readonly Row[] = [
    { assert: [t], verdict: 'pass' },
    { assert: [f], verdict: `fail: not ${f}` },
    { assert: [open], verdict: 'unknown: tags.u' },
    { assert: [err], verdict: 'unknown: policy-error' },
    { assert: [t, t], verdict: 'pass' },
    { assert: [t, f], verdict: `fail: not ${f}` },
    { assert: [f, f], verdict: `fail: not ${f}` },
    { assert: [open, f], verdict: `fail: not ${f}` },
    { assert: [err, f], verdict: `fail: not ${f}` },
    { assert: [t, open], verdict: 'unknown: tags.u' },
    { assert: [t, err], verdict: 'unknown: policy-error' },
    { assert: [open, err], verdict: 'unknown: tags.u; policy-error' },
    { when: t, assert: [t], verdict: 'pass' },
    { when: t, assert: [f], verdict: `fail: not ${f}` },
    { when: f, assert: [f], verdict: `not_applicable: condition not met: ${f}` },
    { when: f, assert: [err], verdict: `not_applicable: condition not met: ${f}` },
    { when: open, assert: [t], verdict: 'pass' },
    { when: open, assert: [f], verdict: 'unknown: tags.u' },
    { when: open, assert: [open], verdict: 'unknown: tags.u' },
    { when: err, assert: [t], verdict: 'unknown: policy-error' },
    { when: err, assert: [f], verdict: 'unknown: policy-error' },
    { exclude: [t], assert: [f], verdict: 'not_applicable: reason 0' },
    { exclude: [f, t], assert: [f], verdict: 'not_applicable: reason 1' },
    { exclude: [t, t], assert: [f], verdict: 'not_applicable: reason 0' },
    { exclude: [open, t], assert: [f], verdict: 'not_applicable: reason 1' },
    { exclude: [err, t], assert: [f], verdict: 'not_applicable: reason 1' },
    { exclude: [f], assert: [f], verdict: `fail: not ${f}` },
    { exclude: [open], assert: [t], verdict: 'pass' },
    { exclude: [open], assert: [f], verdict: 'unknown: tags.u' },
    { exclude: [open], when: f, assert: [f], verdict: `not_applicable: condition not met: ${f}` },
    { exclude: [err], assert: [t], verdict: 'unknown: policy-error' },
    { exclude: [err], assert: [f], verdict: 'unknown: policy-error' },
    // Merged into one, the error would vanish behind the unknown, and this would pass.
    { exclude: [err, open], assert: [t], verdict: 'unknown: policy-error; tags.u' },
    { exclude: [t], when: err, assert: [err], verdict: 'not_applicable: reason 0' },
  ];
  it.each(rows)('exclude $exclude, when $when, assert $assert is $verdict', ({ exclude, when, assert, verdict }) => {
    const [finding, ...more] = findings(
      {
        ...(exclude ? { exclude: exclude.map((condition, index) => ({ if: condition, reason: `reason ${index}` })) } : {}),
        ...(when === undefined ? {} : { when }),
        assert: assert.map((that) => assertion(that)),
      },
      secret({ tags }),
    );
    expect(more).toEqual([]);
    expect(finding && shown(finding)).toBe(verdict);
  });

  it('the same violation twice is said once in the message', () => {
    expect(findings({ assert: [assertion(f, 'bad'), assertion(f, 'bad')] }, secret({ tags }))[0]).toMatchObject({
      status: 'fail',
      message: 'bad',
    });
  });

  it('a judge keeps nothing from one resource to the next', () => {
    const judge = createJudge(makePolicy({ variables: [{ name: 'v', expr: t }], assert: [assertion('variables.v')] }), {}, now);
    const verdicts = [{ t: 'x' }, { t: 'y' }, { t: u }, { t: 'x' }].map((own) => verdictOf(judge({ tags: own }, 'aws')).status);
    expect(verdicts).toEqual(['pass', 'fail', 'unknown', 'pass']);
  });
});

function shown(finding: Finding): string {
  switch (finding.status) {
    case 'fail':
      return `fail: ${finding.message}`;
    case 'unknown':
      return `unknown: ${finding.unknown.map(({ path, reason }) => path || reason).join('; ')}`;
    case 'not_applicable':
      return `not_applicable: ${finding.reason}`;
    default:
      return finding.status;
  }
}

describe('sources', () => {
  it.each([
    [['aws'], 'terraform', 'not_applicable: only known in a live account'],
    [['aws'], 'aws', 'pass'],
    [['terraform', 'cloudformation'], 'aws', 'not_applicable: only judged in terraform, cloudformation'],
    [['terraform'], 'terraform', 'pass'],
  ] as const)('a policy for %s, judged in %s: %s', (sources, source, verdict) => {
    const policy = makePolicy({ sources: [...sources], assert: [assertion("resource.name == 'db'")] });
    const { findings: found } = evaluate(collectionOf([secret({})], source), [{ policy, params: {} }], { now, detail: 'all' });
    expect(found.map(shown)).toEqual([verdict]);
  });
});

describe('each item', () => {
  const statement = (more: object): object => ({ effect: 'Allow', actions: [], ...more });
  const each = { var: 's', in: 'resource.statements' };
  const items = (statements: unknown, parts: Partial<Parameters<typeof makePolicy>[0]> = {}): readonly string[] =>
    findings(
      { each, when: "s.effect == 'Allow'", assert: [assertion("!('bad' in s.actions)", 'bad')], ...parts },
      secret({ statements }),
    ).map(
      (finding) =>
        `${finding.itemKey === undefined ? '' : `[${/^[0-9a-f]{12}/.test(finding.itemKey) ? finding.itemKey.replace(/^[0-9a-f]{12}/, 'hash') : finding.itemKey}] `}${shown(finding)}`,
    );

  it.each<readonly [string, unknown, readonly string[]]>([
    ['an absent list', undefined, ['not_applicable: the list is empty']],
    ['an empty list', [], ['not_applicable: the list is empty']],
    ['an unknown list', u, ['unknown: statements']],
    ['all pass', [statement({ sid: 'A' }), statement({ sid: 'B' })], ['pass']],
    ['none applies', [statement({ effect: 'Deny' })], ["not_applicable: condition not met: s.effect == 'Allow'"]],
    ['one passes, one does not apply', [statement({ effect: 'Deny' }), statement({})], ['pass']],
    [
      'one fails, the rest folds',
      [statement({ sid: 'A', actions: ['bad'] }), statement({ sid: 'B' }), statement({ sid: 'C', effect: 'Deny' })],
      ['pass', '[A] fail: bad'],
    ],
    ['all fail', [statement({ sid: 'A', actions: ['bad'] })], ['[A] fail: bad']],
    ['an unknown element', [u, statement({ sid: 'A', actions: ['bad'] })], ['[A] fail: bad', '[hash] unknown: statements[0]']],
    ['an unknown part', [statement({ sid: 'A', actions: [u] })], ['[A] unknown: statements[0].actions[0]']],
    ['an unknown part that does not matter', [statement({ sid: 'A', actions: [u, 'bad'] })], ['[A] fail: bad']],
    ['an unknown effect', [statement({ sid: 'A', effect: u, actions: ['bad'] })], ['[A] unknown: statements[0].effect']],
    [
      'one Sid twice',
      [statement({ sid: 'A', actions: ['bad', '1'] }), statement({ sid: 'A', actions: ['bad', '2'] })],
      ['[hash] fail: bad', '[hash] fail: bad'],
    ],
    ['equal items', [statement({ actions: ['bad'] }), statement({ actions: ['bad'] })], ['[hash] fail: bad', '[hash#2] fail: bad']],
  ])('%s', (_name, statements, expected) => {
    expect(items(statements)).toEqual(expected);
  });

  it('an explicit key; one that several share folds to the worst; an empty one falls back', () => {
    const key = "has(s.policyName) ? s.policyName : ''";
    const keyed = { each: { ...each, key } };
    expect(
      items(
        [statement({ policyName: 'p', actions: ['bad'] }), statement({ policyName: 'p' }), statement({ policyName: 'p', actions: [u] })],
        keyed,
      ),
    ).toEqual(['[p] fail: bad']);
    expect(items([statement({ policyName: 'p', actions: [u] }), statement({ policyName: 'p' })], keyed)).toEqual([
      '[p] unknown: statements[0].actions[0]',
    ]);
    expect(items([statement({ policyName: 'p' }), statement({ policyName: 'p', effect: 'Deny' })], keyed)).toEqual(['pass']);
    expect(items([statement({ sid: 'A', actions: ['bad'] })], keyed)).toEqual(['[A] fail: bad']);
    expect(items([statement({ policyName: u, sid: 'A', actions: ['bad'] })], keyed)).toEqual(['[A] fail: bad']);
  });

  it('an exclude that is undecided holds for each item; an unknown list waits for both', () => {
    const exclude = [{ if: open, reason: 'r' }];
    const found = findings(
      { exclude, each, assert: [assertion("!('bad' in s.actions)", 'bad')] },
      secret({ tags, statements: [statement({ sid: 'A', actions: ['bad'] }), statement({ sid: 'B' })] }),
    );
    expect(found.map((finding) => `${finding.itemKey ?? ''} ${shown(finding)}`)).toEqual([' pass', 'A unknown: tags.u']);
    expect(findings({ exclude, each }, secret({ tags, statements: u })).map(shown)).toEqual(['unknown: tags.u; statements']);
  });

  it('an absent attribute inside the expression of the list is a mistake, not an empty list', () => {
    const computed = { var: 's', in: "resource.statements.filter(x, x.sid == 'A')" };
    expect(findings({ each: computed }, secret({ statements: [statement({})] })).map(shown)).toEqual(['unknown: policy-error']);
    const optional = { var: 'd', in: 'resource.rotation.schedule.expression' };
    expect(() => makePolicy({ each: optional })).toThrow('expected a list, found string');
  });

  it('a list through a variable that is absent is an empty list too', () => {
    const parts = {
      variables: [{ name: 'list', expr: 'resource.statements' }],
      each: { var: 's', in: 'variables.list' },
      assert: [assertion('false')],
    };
    expect(findings(parts, secret({})).map(shown)).toEqual(['not_applicable: the list is empty']);
    expect(findings(parts, secret({ statements: [] })).map(shown)).toEqual(['not_applicable: the list is empty']);
  });
});

describe('collected() in exclude', () => {
  const parts = { exclude: [{ if: '!collected(resource.tags)', reason: 'not asked for' }], assert: [assertion('resource.isReplica')] };
  it.each([
    ['not-collected', 'not_applicable: not asked for'],
    ['access-denied', `fail: not resource.isReplica`],
  ] as const)('%s: %s', (reason, verdict) => {
    expect(findings(parts, secret({ tags: new Unknown(reason, 'x') })).map(shown)).toEqual([verdict]);
  });
});

describe('what is left out with --detail failing is counted still', () => {
  it('pass and not_applicable', () => {
    const policy = makePolicy({ assert: [assertion(t)] });
    const { findings: found, counts } = evaluate(
      collectionOf([secret({ tags }), secret({ tags: { t: 'y' } }, { name: 'other', address: 'b' })]),
      [{ policy, params: {} }],
      { now, detail: 'failing' },
    );
    expect(found.map(({ status }) => status)).toEqual(['fail']);
    expect(counts.get('secretsmanager-test')).toEqual({ pass: 1, fail: 1, unknown: 0, waived: 0, not_applicable: 0 });
  });
});
