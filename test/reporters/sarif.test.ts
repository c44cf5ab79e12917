import { describe, expect, it } from 'vitest';
import type { ScopeResult } from '../../src/model/scan-result.ts';
import { unreadRegionsNote } from '../../src/model/unread-regions.ts';
import { sarifReporter, toSarif } from '../../src/reporters/sarif.ts';
import { checkGithubProfile } from './github-sarif.ts';
import { codeFinding, liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';
import { codeScope, failing, interval, liveScope, unreadable, usual } from './sarif-cases.ts';
import { createSarifValidator } from './sarif-schema.ts';

const validate = createSarifValidator();

describe('the sample', () => {
  it('renders as it did', async () => {
    const { text } = sarifReporter.render(sampleResult(), { color: false, columns: 80, links: false, sarif: usual });
    await expect(text).toMatchFileSnapshot('__snapshots__/sample.sarif');
  });

  it.each([usual, { unknown: 'none', waived: 'omit' }, { unknown: 'all', waived: 'include' }] as const)(
    'is valid SARIF that GitHub takes: %o',
    (options) => {
      const { log } = toSarif(sampleResult(), options);
      expect(validate(log)).toEqual([]);
      expect(checkGithubProfile(log)).toEqual([]);
    },
  );

  it('has a run for the account that was read as a whole and for the root, and says which account is missing', () => {
    const { log, warnings } = toSarif(sampleResult(), usual);
    expect(log.runs.map(({ automationDetails }) => automationDetails.id)).toEqual([
      'sealcheck/live/123456789012/',
      'sealcheck/terraform/infra/',
    ]);
    expect(warnings).toEqual([
      'account 210987654321 is left out: ssm:DescribeParameters failed (access-denied) in eu-west-1; without its results an upload would close its alerts',
    ]);
  });

  it('is the same for the same input', () => {
    expect(toSarif(sampleResult(), usual)).toEqual(toSarif(sampleResult(), usual));
  });
});

describe('runs', () => {
  const other = liveFinding(interval, { name: 'b', account: '210987654321' }, failing);

  it('hold all regions of an account and nothing of another', () => {
    const scopes = [liveScope('123456789012', 'us-east-1'), liveScope('123456789012', 'eu-west-1'), liveScope('210987654321', 'us-east-1')];
    const mine = ['us-east-1', 'eu-west-1'].map((region) => liveFinding(interval, { name: 'a', region }, failing));
    const { log } = toSarif(resultOf([...mine, other], { scopes }), usual);
    expect(log.runs.map(({ results }) => results.length)).toEqual([2, 1]);
    expect(checkGithubProfile(log)).toEqual([]);
  });

  it('stand for an account that was read and has no findings, so that its alerts close', () => {
    const { log, warnings } = toSarif(resultOf([]), usual);
    expect(log.runs.map(({ results }) => results)).toEqual([[]]);
    expect(warnings).toEqual([]);
  });

  const broken: readonly (readonly [string, Partial<ScopeResult>])[] = [
    ['failed without a gap', { status: 'failed' }],
    [
      'partial',
      {
        status: 'partial',
        gaps: [{ operation: 'ssm:DescribeParameters', action: 'ssm:DescribeParameters', types: [], reason: 'timeout', count: 1, hint: '' }],
      },
    ],
  ];
  it('hold what a state carries on, and leave all of it out where unknown findings are not written', () => {
    const scopes = [liveScope('123456789012', 'us-east-1', { status: 'failed', carriedFrom: '2026-01-01T00:00:00.000Z' })];
    const carried = resultOf([liveFinding(interval, { name: 'a' }, { ...unreadable, state: 'unverified' })], { scopes });
    const shown = (unknown: 'all' | 'none'): readonly number[] =>
      toSarif(carried, { ...usual, unknown }).log.runs.map(({ results }) => results.length);
    expect(shown('all')).toEqual([1]);
    expect(shown('none')).toEqual([]);
  });

  it.each(broken)('leave out the whole account of a scope that is %s', (_, more) => {
    const scopes = [
      liveScope('123456789012', 'us-east-1'),
      liveScope('123456789012', 'eu-west-1', more),
      liveScope('210987654321', 'us-east-1'),
    ];
    const { log, warnings } = toSarif(resultOf([liveFinding(interval, { name: 'a' }, failing), other], { scopes }), usual);
    expect(log.runs.map(({ automationDetails }) => automationDetails.id)).toEqual(['sealcheck/live/210987654321/']);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^account 123456789012 is left out: /);
  });

  it('of a part of what there is are written, and the warning says where they may be uploaded', () => {
    const scopes = [codeScope('infra', { whole: false })];
    const { log, warnings } = toSarif(resultOf([codeFinding(interval, 'x.db', 'infra/a.tf', 5, failing)], { scopes }), usual);
    expect(log.runs.map(({ results }) => results.length)).toEqual([1]);
    expect(warnings).toEqual([expect.stringMatching(/^terraform root infra holds only a part .*pull request/)]);
  });

  it('say of every result whether the baseline has it', () => {
    const { run } = sampleResult();
    const baseline = { runId: 'r', asOf: run.asOf, new: 1, persisting: 1, reopened: 0, unverified: 0, fixed: [], notJudged: 0 };
    const findings = [
      { ...liveFinding(interval, { name: 'a' }, failing), state: 'new' as const },
      { ...liveFinding(interval, { name: 'b' }, failing), state: 'persisting' as const },
    ];
    const { log } = toSarif(resultOf(findings, { run: { ...run, baseline } }), usual);
    expect(log.runs[0]?.results.map(({ baselineState }) => baselineState)).toEqual(['new', 'unchanged']);
    expect(validate(log)).toEqual([]);
  });

  it('are none if nothing was read as a whole, and the warning says not to upload', () => {
    const { log, warnings } = toSarif(resultOf([], { scopes: [liveScope('123456789012', 'us-east-1', { status: 'failed' })] }), usual);
    expect(log.runs).toEqual([]);
    expect(warnings.at(-1)).toMatch(/must not be uploaded/);
    expect(validate(log)).toEqual([]);
  });

  it('are none if there was nothing to read', () => {
    expect(toSarif(resultOf([], { scopes: [] }), usual).warnings).toEqual([expect.stringMatching(/must not be uploaded/)]);
  });

  it('are none after an interruption', () => {
    const { run } = sampleResult();
    const { log, warnings } = toSarif(
      resultOf([other], { run: { ...run, outcome: 'interrupted', exitCode: 130 }, scopes: [liveScope('210987654321', 'us-east-1')] }),
      usual,
    );
    expect(log.runs).toEqual([]);
    expect(warnings[0]).toMatch(/interrupted/);
  });

  it('are at most 20, and none is left out for that', () => {
    const accounts = Array.from({ length: 21 }, (_, index) => liveScope(String(100_000_000_000 + index), 'us-east-1'));
    const { log, warnings } = toSarif(resultOf([], { scopes: accounts.slice(1) }), usual);
    expect(log.runs).toHaveLength(20);
    expect(warnings).toEqual([]);
    expect(checkGithubProfile(log)).toEqual([]);
    expect(() => toSarif(resultOf([], { scopes: accounts }), usual)).toThrow(/21 accounts and roots of code: a file holds at most 20/);
    expect(toSarif(resultOf([], { scopes: accounts }), { ...usual, split: 'account' }).log.runs).toHaveLength(21);
  });

  it('that a choice of policies made narrower warn of the alerts that an upload closes', () => {
    const { run } = sampleResult();
    const of = (policies: number): readonly string[] =>
      toSarif(resultOf([], { run: { ...run, selection: { policies, of: 7 } } }), usual).warnings;
    expect(of(2)).toEqual(['account 123456789012 was judged by 2 of 7 policies: an upload closes the alerts of all others']);
    expect(of(7)).toEqual([]);
  });

  it('of an account of which not every region was read warn of the same', () => {
    const { run } = sampleResult();
    const notes = ['1', '2'].map((digit) => unreadRegionsNote(digit.repeat(12), ['us-east-1'], '3 others were not'));
    const scopes = [liveScope('111111111111', 'us-east-1'), liveScope('333333333333', 'us-east-1'), codeScope('infra')];
    expect(toSarif(resultOf([], { scopes, run: { ...run, notes } }), usual).warnings).toEqual([
      'account 111111111111, looked at us-east-1; 3 others were not: an upload closes the alerts of regions that it does not hold',
    ]);
  });

  it('keep the 5,000 most severe results and say how many are gone', () => {
    const low = Array.from({ length: 4_990 }, (_, index) =>
      liveFinding('kms-key-rotates', { type: 'AWS::KMS::Key', name: `k${index}` }, failing),
    );
    const unknown = Array.from({ length: 20 }, (_, index) =>
      liveFinding('secretsmanager-no-public-access', { name: `u${index}` }, unreadable),
    );
    const high = Array.from({ length: 20 }, (_, index) => liveFinding(interval, { name: `s${index}` }, failing));
    const { log, warnings } = toSarif(resultOf([...low, ...unknown, ...high]), usual);
    const [run] = log.runs;
    const kept = new Map<string, number>();
    for (const { ruleId } of run?.results ?? []) kept.set(ruleId, (kept.get(ruleId) ?? 0) + 1);
    expect(Object.fromEntries(kept)).toEqual({ 'secretsmanager-no-public-access': 20, [interval]: 20, 'kms-key-rotates': 4_960 });
    expect(warnings).toEqual(['account 123456789012: 30 less severe results are left out, a run holds at most 5000']);
    expect(run?.invocations[0].toolExecutionNotifications.map(({ descriptor }) => descriptor.id)).toEqual([
      'not-verified',
      'results-omitted',
    ]);
    expect(checkGithubProfile(log)).toEqual([]);
  });

  it('hold no time if the result has none', () => {
    const { run } = sampleResult();
    const { startedAt: _, durationMs: __, ...timeless } = run;
    const { log } = toSarif(resultOf([], { run: timeless }), usual);
    expect(log.runs[0]?.invocations[0]).toEqual({ executionSuccessful: true, exitCode: 1, toolExecutionNotifications: [] });
  });
});
