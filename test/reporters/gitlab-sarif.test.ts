import { describe, expect, it } from 'vitest';
import { sarifReporter, toSarif } from '../../src/reporters/sarif.ts';
import { checkGitlabProfile } from './gitlab-sarif.ts';
import { mutate } from './mutate.ts';
import { codeFinding, liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';
import { codeScope, failing, interval, liveScope, unreadable } from './sarif-cases.ts';
import { createSarifValidator } from './sarif-schema.ts';

const gitlab = { unknown: 'all', waived: 'omit', profile: 'gitlab' } as const;
const validate = createSarifValidator();
const open = 'secretsmanager-no-public-access';

describe('the profile of GitLab', () => {
  it('takes the sample', () => {
    const { log } = toSarif(sampleResult(), gitlab);
    expect(checkGitlabProfile(log)).toEqual([]);
    expect(validate(log)).toEqual([]);
  });

  it('makes one result of the items of a resource, since GitLab would keep one of them alone', () => {
    const findings = ['One', 'Two'].map((itemKey) => liveFinding(open, { name: 'a' }, { ...failing, itemKey }));
    const [github, one] = [{ ...gitlab, profile: 'github' as const }, gitlab].map(
      (options) => toSarif(resultOf(findings), options).log.runs[0]?.results ?? [],
    );
    expect(github).toHaveLength(2);
    expect(one?.map(({ message }) => message.text)).toEqual(['No secret is open to everyone: a (One), a (Two)']);
    expect(checkGitlabProfile(toSarif(resultOf(findings), { ...gitlab, profile: 'github' }).log).join('\n')).toMatch(/it is dropped/);
  });

  it('keeps code without files apart by address, and joins its items', () => {
    const findings = ['x.a', 'x.b'].flatMap((address) =>
      ['One', 'Two'].map((itemKey) => codeFinding(open, address, undefined, 0, { ...failing, itemKey })),
    );
    const { log } = toSarif(resultOf(findings, { scopes: [codeScope('infra')] }), gitlab);
    expect(log.runs[0]?.results).toHaveLength(2);
    expect(checkGitlabProfile(log)).toEqual([]);
  });

  it('ranks by severity, what could not be verified as what it may be', () => {
    const findings = [
      liveFinding(open, { name: 'a' }, failing),
      liveFinding(open, { name: 'b' }, unreadable),
      liveFinding(interval, { name: 'a' }, failing),
      liveFinding('kms-key-rotates', { type: 'AWS::KMS::Key', name: 'k' }, failing),
    ];
    expect(toSarif(resultOf(findings), gitlab).log.runs[0]?.results.map(({ rank }) => rank)).toEqual([95, 95, 80, 55]);
  });

  it('warns of a file that is too large', () => {
    const wide = 'n'.repeat(900);
    const findings = Array.from({ length: 4_500 }, (_, index) => liveFinding(interval, { name: `${wide}${index}` }, failing));
    const render = (options: typeof gitlab | { readonly unknown: 'all'; readonly waived: 'omit' }): readonly string[] =>
      sarifReporter.render(resultOf(findings), { color: false, columns: 80, links: false, sarif: options }).warnings;
    expect(render(gitlab)).toEqual([expect.stringMatching(/^the file has [\d.]+ MB, and GitLab takes 10/)]);
    expect(render({ unknown: 'all', waived: 'omit' })).toEqual([]);
  });
});

const sound = toSarif(resultOf([liveFinding(interval, { name: 'a' }, failing)]), gitlab).log;
const to = (value: unknown) => () => value;
const gone = to(undefined);
const many = (times: number) => (before: unknown) => new Array<unknown>(times).fill((before as unknown[])[0]);
const result = 'runs.0.results.0';
const tags = 'runs.0.tool.driver.rules.0.properties.tags';

describe('checkGitlabProfile', () => {
  it('takes a sound log', () => expect(checkGitlabProfile(sound)).toEqual([]));

  it.each<readonly [name: string, path: string, change: (before: unknown) => unknown, problem: RegExp]>([
    ['no runs', 'runs', to([]), /no runs/],
    ['more than 20 runs', 'runs', many(21), /21 runs/],
    ['more than 5,000 results', 'runs.0.results', many(5001), /5001 results/],
    ['two results of one identity', 'runs.0.results', many(2), /same rule, file and lines/],
    ['a result without its rule', `${result}.ruleId`, gone, /no rule/],
    ['a result without a place', `${result}.locations`, to([]), /no physical location/],
    ['a long message', `${result}.message.text`, to('x'.repeat(2049)), /skipped/],
    ['no rank', `${result}.rank`, gone, /rank/],
    ['eleven tags', tags, to(new Array(11).fill('x')), /11 tags/],
    ['a tag that says leaked secret', tags, to(['cwe-798']), /type of the report/],
    ['too large a file', `${result}.properties.message`, to('x'.repeat(10_000_001)), /10 MB/],
  ])('finds: %s', (_, path, change, problem) => {
    expect(checkGitlabProfile(mutate(sound, path, change)).join('\n')).toMatch(problem);
  });
});

describe('split by account', () => {
  const accounts = Array.from({ length: 22 }, (_, index) => String(100_000_000_000 + index));
  const scopes = [...accounts.map((account) => liveScope(account, 'us-east-1')), codeScope('infra/prod'), codeScope('')];
  const options = { color: false, columns: 80, links: false } as const;

  it('gives one file for each account and root, in names that tell them apart', () => {
    const report = sarifReporter.render(resultOf([], { scopes }), { ...options, sarif: { ...gitlab, split: 'account' } });
    expect(report.text).toBe('');
    expect(report.parts?.map(({ name }) => name)).toEqual([...accounts, 'terraform', 'terraform-infra%2Fprod']);
    for (const { text } of report.parts ?? []) expect(checkGitlabProfile(JSON.parse(text))).toEqual([]);
  });

  it('gives what the one file has, where that can hold all', () => {
    const few = resultOf([], { scopes: scopes.slice(20) });
    const whole = JSON.parse(sarifReporter.render(few, { ...options, sarif: gitlab }).text) as { readonly runs: readonly unknown[] };
    const { parts = [] } = sarifReporter.render(few, { ...options, sarif: { ...gitlab, split: 'account' } });
    expect(parts.flatMap(({ text }) => (JSON.parse(text) as { readonly runs: readonly unknown[] }).runs)).toEqual(whole.runs);
  });
});
