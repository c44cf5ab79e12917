import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnknownFact } from '../../src/model/finding.ts';
import type { ScanResult, ScopeResult } from '../../src/model/scan-result.ts';
import { displayWidth } from '../../src/reporters/display-width.ts';
import { textReporter } from '../../src/reporters/text.ts';
import { codeFinding, liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';

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
    const text = render(resultOf(findings));
    expect(text).toContain('  x.db  infra/a.tf:5:1  secret');
    expect(text).toContain('line 8: it fails');
  });

  it('that pass, do not apply or are waived are only counted', () => {
    const waiver = { id: 'w', reason: 'r', owner: 'o', expires: '2027-01-01' };
    const findings = [
      liveFinding(interval, { name: 'passing' }, { status: 'pass' }),
      liveFinding(interval, { name: 'replica' }, { status: 'not_applicable', reason: 'r' }),
      liveFinding(interval, { name: 'accepted' }, { ...failing, status: 'waived', waiver }),
    ];
    const text = render(resultOf(findings));
    expect(text).not.toMatch(/passing|replica|accepted/);
    expect(text).toContain('✔ 1 pass  ✖ 0 fail  ? 0 unknown  ⊘ 1 waived  – 1 not applicable');
    expect(text).toContain('Nothing fails and nothing is unknown.');
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
        const text = render(resultOf(findings, { run: { ...run, notes: [note], exitReason: message } }), columns);
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
        expect(text).not.toMatch(/^[^\S\n]*::|##[a-z]*\[/im);
        for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns + '\\u{3a}'.length);
      }),
    );
  });
});
