import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, PlanEffect, UnknownFact } from '../../src/model/finding.ts';
import type { Change } from '../../src/model/resource.ts';
import type { ClosedFinding, ScanResult, ScopeResult } from '../../src/model/scan-result.ts';
import { displayWidth } from '../../src/reporters/display-width.ts';
import { textReporter } from '../../src/reporters/text.ts';
import { codeFinding, liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';
import { codeScope, liveScope } from './sarif-cases.ts';

const plain = { color: false, links: false, sarif: { unknown: 'all', waived: 'omit' } } as const;
const render = (result: ScanResult, columns = 80): string => textReporter.render(result, { ...plain, columns }).text;
const failing = { status: 'fail', message: 'it fails', evidence: [] } as const;
const interval = 'secretsmanager-rotation-interval';

function denied(action: string): readonly [UnknownFact] {
  return [{ path: 'statements', reason: 'access-denied', detail: `AccessDeniedException on ${action}`, action }];
}

describe('the sample', () => {
  it.each([80, 120])('renders as it did at %i columns', async (columns) => {
    await expect(render(sampleResult(), columns)).toMatchFileSnapshot(`__snapshots__/sample-${columns}.txt`);
  });

  it.each([80, 100, 120, 200])('fits %i columns', (columns) => {
    for (const line of render(sampleResult(), columns).split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
  });

  it('has the same text with colours', () => {
    const { text } = textReporter.render(sampleResult(), { ...plain, columns: 80, color: true });
    expect(text).toContain('\u001b[31m✖ critical \u001b[39m');
    expect(text.replace(/\u001b\[\d+m/g, '')).toBe(render(sampleResult()));
  });

  it('has the same text with links', () => {
    const { text } = textReporter.render(sampleResult(), { ...plain, columns: 80, links: true });
    expect(text).toContain(
      '\u001b]8;;https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html\u001b\\secretsmanager-rotation-interval',
    );
    expect(text.replace(/\u001b\]8;;[^\u001b]*\u001b\\/g, '')).toBe(render(sampleResult()));
  });
});

describe('resources', () => {
  const heads = (result: ScanResult): readonly string[] =>
    [...render(result, 120).matchAll(/^ {2}(\S+) {2,}\d{12} /gm)].map(([, name = '']) => name);

  it('come worst first: severity, then failure before unknown, then how many', () => {
    const findings = [
      liveFinding('kms-key-rotates', { name: 'medium' }, failing),
      liveFinding(interval, { name: 'high' }, failing),
      liveFinding(
        'secretsmanager-no-public-access',
        { name: 'critical-unknown' },
        { status: 'unknown', message: 'm', unknown: denied('a:B'), evidence: [] },
      ),
      liveFinding('secretsmanager-no-public-access', { name: 'critical' }, failing),
      ...['A', 'B'].map((itemKey) => liveFinding(interval, { name: 'high-twice' }, { ...failing, itemKey })),
    ];
    expect(heads(resultOf(findings))).toEqual(['critical', 'critical-unknown', 'high-twice', 'high', 'medium']);
  });

  it('stay few when thousands fail', () => {
    const findings = Array.from({ length: 3_000 }, (_, index) =>
      liveFinding(interval, { name: `s${String(index).padStart(4, '0')}` }, failing),
    );
    const text = render(resultOf(findings));
    expect(text.split('\n').length).toBeLessThan(200);
    expect(text).toContain('… and 2960 more resources with 2960 findings (the worst are shown)');
  });

  it('with many failing items show the first ten', () => {
    const findings = Array.from({ length: 14 }, (_, index) =>
      liveFinding(interval, { name: 'a' }, { ...failing, itemKey: `Statement${index + 10}` }),
    );
    const text = render(resultOf(findings));
    expect(text).toContain('Statement19: it fails');
    expect(text).not.toContain('Statement20');
    expect(text).toContain('… and 4 more findings of this resource');
  });

  it('of one name in two accounts are two', () => {
    const findings = ['123456789012', '210987654321'].map((account) => liveFinding(interval, { name: 'same', account }, failing));
    expect(heads(resultOf(findings))).toEqual(['same', 'same']);
  });

  it('of infrastructure code show their place, and the line of a finding that is elsewhere', () => {
    const findings = [
      codeFinding(interval, 'x.db', 'infra/a.tf', 5, failing),
      codeFinding('kms-key-rotates', 'x.db', 'infra/a.tf', 8, failing),
    ];
    const text = render(resultOf(findings, { scopes: [codeScope('infra')] }));
    expect(text).toContain('  x.db  infra/a.tf:5:1  secret');
    expect(text).toContain('line 8: it fails');
  });

  it('of infrastructure code without source files show their root, and name the block at fault where that is another', () => {
    const found = codeFinding(interval, 'x.db', 'infra/a.tf', 5, failing);
    const findings: readonly Finding[] = [
      { ...found, ...(found.location && { location: { ...found.location, address: 'x_rotation.db' } }) },
      codeFinding(interval, 'module.a.x.db', undefined, 0, failing),
      { ...codeFinding(interval, 'module.a.x.db', undefined, 0, failing), scope: 'terraform/other' },
    ];
    const text = render(resultOf(findings, { scopes: [codeScope('infra'), codeScope('other')] }));
    expect(text).toContain('in x_rotation.db: it fails');
    expect(text).toMatch(/module\.a\.x\.db +terraform\/infra +secret/);
    expect(text).toMatch(/module\.a\.x\.db +terraform\/other +secret/);
    expect(text).toContain('2 code roots');
  });

  it('that the plan does nothing to are unchanged', () => {
    const found = codeFinding(interval, 'x.db', 'infra/a.tf', 5, failing);
    const of = (change: Change): string =>
      render(resultOf([{ ...found, resource: { ...found.resource, change } }], { scopes: [codeScope('infra')] }));
    expect(of('none')).toContain('x.db  infra/a.tf:5:1  secret, unchanged\n');
    for (const change of ['create', 'update', 'replace'] as const) expect(of(change)).toContain('x.db  infra/a.tf:5:1  secret\n');
  });

  it('of one file of code come together, by line, and those that the plan leaves as they are say so', () => {
    const at = (address: string, file: string, line: number, policy = 'kms-key-rotates'): Finding =>
      codeFinding(policy, address, file, line, failing);
    const old = at('x.old', 'infra/a.tf', 3);
    const findings = [
      at('x.late', 'infra/a.tf', 90, interval),
      at('x.other', 'infra/b.tf', 1),
      { ...old, resource: { ...old.resource, change: 'none' as const } },
      at('x.early', 'infra/a.tf', 5),
    ];
    const text = render(resultOf(findings, { scopes: sampleResult().scopes.filter(({ source }) => source === 'terraform') }), 120);
    expect([...text.matchAll(/^ {2}(x\.\w+) +(\S+):\d+ /gm)].map(([, address, place]) => `${address} ${place}`)).toEqual([
      'x.old infra/a.tf:3',
      'x.early infra/a.tf:5',
      'x.late infra/a.tf:90',
      'x.other infra/b.tf:1',
    ]);
    expect(text).toMatch(/infra\/a\.tf:3:1 +secret, unchanged\n/);
    expect(text).toContain('  1 of 4 are of resources that the plan does not change\n');
  });

  it('that pass or do not apply are only counted', () => {
    const findings = [
      liveFinding(interval, { name: 'passing' }, { status: 'pass' }),
      liveFinding(interval, { name: 'replica' }, { status: 'not_applicable', reason: 'r' }),
    ];
    const text = render(resultOf(findings));
    expect(text).not.toMatch(/passing|replica|waived:/);
    expect(text).toContain('✔ 1 pass  ✖ 0 fail  ? 0 unknown  ⊘ 0 waived  – 1 not applicable');
    expect(text).toContain('Nothing fails and nothing is unknown.');
  });

  it('that are waived are listed by waiver, with the gaps', () => {
    const waiver = { id: 'w', reason: 'no rotation yet', owner: 'payments', expires: '2027-01-01', ticket: 'SEC-1' };
    const findings = Array.from({ length: 7 }, (_, index) =>
      liveFinding(interval, { name: `accepted-${index}` }, { ...failing, status: 'waived', waiver }),
    );
    const sample = resultOf(findings);
    const gap = {
      operation: 'ssm:DescribeParameters',
      action: 'ssm:DescribeParameters',
      types: ['AWS::SSM::Parameter'],
      count: 1,
      hint: 'h',
    };
    const scopes = [
      ...sample.scopes.slice(0, 1),
      { ...codeScope('x'), gaps: [{ ...gap, reason: 'access-denied' as const, waiver: { ...waiver, id: 'g' } }] },
    ];
    const text = render(resultOf(findings, { scopes }), 120);
    expect(text).toContain('Nothing fails and nothing is unknown, but for what is waived.');
    expect(text).toContain(
      '  waived: w until 2027-01-01 (payments, SEC-1): no rotation yet\n    ⊘ secretsmanager-rotation-interval  accepted-0 ',
    );
    expect(text).toContain('    … and 2 more\n  waived: g until 2027-01-01');
    expect(text).toContain('⊘ ssm:DescribeParameters access denied in terraform/x: AWS::SSM::Parameter may be missing');
    expect(text).not.toMatch(/^ {2}incomplete:/m);
  });

  it('whose waiver has expired say which', () => {
    const expiredWaiver = { id: 'old-job', reason: 'r', owner: 'o', expires: '2026-10-01' };
    const finding = { ...liveFinding(interval, { name: 'a' }, failing), expiredWaiver };
    expect(render(resultOf([finding]), 160)).toContain('(waiver old-job expired on 2026-10-01)');
  });
});

describe('what is incomplete', () => {
  const scope = (region: string, more: Partial<ScopeResult>): ScopeResult => ({
    id: `aws/123456789012/${region}`,
    source: 'aws',
    account: '123456789012',
    region,
    status: 'complete',
    resources: {},
    gaps: [],
    ...more,
  });

  it('is one entry for each action and reason, with the places, the count and what to do', () => {
    const findings = ['us-east-1', 'eu-west-1'].flatMap((region) =>
      ['a', 'b'].map((name) =>
        liveFinding(interval, { name, region }, { status: 'unknown', message: 'm', unknown: denied('kms:DescribeKey'), evidence: [] }),
      ),
    );
    const text = render(resultOf(findings), 200);
    expect(text.match(/^ {2}incomplete:/gm)).toHaveLength(1);
    expect(text).toContain('incomplete: kms:DescribeKey access denied in 123456789012 us-east-1, eu-west-1: 4 resources not fully judged');
    expect(text).toContain('→ Grant kms:DescribeKey to the scanning role');
  });

  it('names roots of code, not the accounts they say, and counts resources of one address in two roots twice', () => {
    const reference: readonly [UnknownFact] = [{ path: 'rotation', reason: 'unresolved-reference', detail: 'var.days' }];
    const findings = ['a', 'b'].map((root): Finding => {
      const found = codeFinding(interval, 'x.db', undefined, 0, { status: 'unknown', message: 'm', unknown: reference, evidence: [] });
      return { ...found, scope: `terraform/${root}`, resource: { ...found.resource, account: '123456789012', region: 'us-east-1' } };
    });
    const text = render(resultOf(findings, { scopes: [codeScope('a'), codeScope('b')] }), 200);
    expect(text).toContain('incomplete: unresolved reference in terraform/a; terraform/b: 2 resources not fully judged');
    expect(text).toContain('(`--source DIR`)');
  });

  it('says that nothing was seen to fail, not that nothing fails', () => {
    const text = render(resultOf([], { scopes: [scope('us-east-1', { status: 'failed' })] }));
    expect(text).toContain('Nothing fails in what could be read.');
    expect(text).toContain('incomplete: aws/123456789012/us-east-1 could not be read');
    expect(text).toContain('no resources read');
  });

  it('counts a waived unknown as settled', () => {
    const waiver = { id: 'w', reason: 'r', owner: 'o', expires: '2027-01-01' };
    const waived = liveFinding(
      interval,
      { name: 'a' },
      { status: 'waived', message: 'm', unknown: denied('kms:DescribeKey'), evidence: [], waiver },
    );
    expect(render(resultOf([waived]))).not.toMatch(/^ {2}incomplete:/m);
  });
});

describe('a run that was compared', () => {
  const { run } = sampleResult();
  const scopes = [liveScope('123456789012', 'us-east-1'), codeScope('infra')];
  const code = codeFinding(interval, 'x.db', 'infra/a.tf', 5, failing);
  const effects: readonly (readonly [PlanEffect, string])[] = [
    ['fixed', '(this plan fixes it)'],
    ['left', '(this plan leaves it)'],
    ['undecided', '(not decided before apply)'],
  ];

  it.each(effects)('says where code declares a live resource and that a finding is %s', (plan, note) => {
    const joined: Finding = {
      ...liveFinding(interval, { name: 'prod/db' }, failing),
      ...(code.location && { location: code.location }),
      plan,
    };
    const text = render(resultOf([joined], { scopes }), 120);
    expect(text).toContain('  prod/db  123456789012 us-east-1  secret\n    declared at infra/a.tf:5\n');
    expect(text).toContain(`it fails  ${note}\n`);
  });

  it('says beside the policy what fits there, else below', () => {
    const message = 'is wrong '.repeat(20).trim();
    const joined: Finding = { ...liveFinding(interval, { name: 'a' }, { ...failing, message }), plan: 'left', state: 'new' };
    expect(render(resultOf([joined], { scopes }), 80)).toContain(`✖ high     ${interval}  new  (this plan leaves it)\n`);
    expect(render(resultOf([joined], { scopes }), 60)).toContain(`✖ high     ${interval}\n               new  (this plan leaves it)\n`);
  });

  it('marks what is new and nothing else', () => {
    const found = liveFinding(interval, { name: 'a' }, failing);
    expect(render(resultOf([{ ...found, state: 'new' }]))).toContain(`${interval}  it fails  new\n`);
    expect(render(resultOf([{ ...found, state: 'persisting' }]))).toContain(`${interval}  it fails\n`);
  });

  it('counts against the baseline, and lists the first ten that are fixed', () => {
    const { id, policyId, severity } = code;
    const fixed = Array.from({ length: 12 }, (_, index) => ({
      id,
      policyId,
      severity,
      address: 'x',
      name: `s${index}\u001b`,
      itemKey: 'k',
    }));
    const baseline = {
      runId: 'x',
      asOf: '2026-11-01T08:00:00.000Z',
      new: 1,
      persisting: 2,
      reopened: 0,
      unverified: 0,
      fixed,
      notJudged: 3,
    };
    const text = render(resultOf([], { run: { ...run, baseline } }));
    expect(text).toContain('  compared with 2026-11-01: 1 new · 2 persisting · 12 fixed · 3 not judged\n');
    expect(text.match(/^ {4}fixed: /gm)).toHaveLength(10);
    expect(text).toContain(`    fixed: ${interval} s9\\u{1b} (k)\n    … and 2 more fixed; -f json has all\n`);
  });

  it('counts what the code does to the live findings', () => {
    const plan = { fixed: 4, left: 3, undecided: 2, elsewhere: 1 };
    expect(render(resultOf([], { run: { ...run, plan } }), 120)).toContain(
      '  of the live findings this code fixes 4, leaves 3, cannot decide 2; 1 is not in it\n',
    );
  });

  it('of code alone has roots and no accounts', () => {
    const text = render(resultOf([code], { scopes: [codeScope('infra', { resources: { 'AWS::SecretsManager::Secret': 3 } })] }));
    expect(text).toContain('\n  3 secrets · 1 code root · 4.2 s\n');
  });
});

describe('the last line', () => {
  it('is the exit code and why', () => {
    const { run } = sampleResult();
    const lines = render(resultOf([], { run: { ...run, exitCode: 0, exitReason: 'no failures and nothing unknown' } })).split('\n');
    expect(lines.at(-2)).toBe('  exit 0: no failures and nothing unknown');
    expect(lines.at(-1)).toBe('');
  });
});

describe('hostile text', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({
      unit: fc.constantFrom('::error::', '##vso[', '##[', '\n', '\r', '\u001b[2J', '\u202e', '\u0085', '\u2028', ' ', 'a'),
      maxLength: 10,
    }),
  );

  it('in any place leaves lines that fit and do nothing', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, fc.integer({ min: 80, max: 160 }), (name, message, itemKey, note, columns) => {
        const { run } = sampleResult();
        const findings = [
          liveFinding(interval, { name }, { ...failing, message, itemKey }),
          codeFinding(interval, name, message, 3, failing),
          inCode(liveFinding(interval, { name: 'c' }, failing), message, name),
          liveFinding(
            interval,
            { name: 'b' },
            {
              status: 'unknown',
              message,
              unknown: [{ path: name, reason: 'request-failed', detail: note, action: itemKey }],
              evidence: [],
            },
          ),
        ];
        const baseline = {
          runId: 'x',
          asOf: run.asOf,
          new: 1,
          persisting: 2,
          reopened: 0,
          unverified: 0,
          fixed: [closed(name, itemKey)],
          notJudged: 3,
        };
        const scopes = [liveScope('123456789012', 'us-east-1'), codeScope('infra')];
        const text = render(resultOf(findings, { scopes, run: { ...run, notes: [note], exitReason: message, baseline } }), columns);
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
        expect(text).not.toMatch(/^[^\S\n]*::|##[a-z]*\[/im);
        for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns + '\\u{3a}'.length);
      }),
    );
  });
});

function closed(name: string, itemKey: string): ClosedFinding {
  return { id: `f1_${'0'.repeat(32)}`, policyId: interval, severity: 'high', address: name, name, itemKey };
}

function inCode(finding: Finding, file: string, address: string): Finding {
  const location = { file, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2, address };
  return { ...finding, location, plan: 'fixed', state: 'new' };
}
