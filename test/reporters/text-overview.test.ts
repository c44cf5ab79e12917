import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { ScanResult, ScopeResult } from '../../src/model/scan-result.ts';
import { displayWidth } from '../../src/reporters/display-width.ts';
import type { ReportOptions } from '../../src/reporters/reporter.ts';
import { textGroups } from '../../src/reporters/reporter.ts';
import { textReporter } from '../../src/reporters/text.ts';
import { hostileNames } from './hostile-names.ts';
import { codeFinding, liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';
import { codeScope, failing, interval, liveScope, unreadable } from './sarif-cases.ts';

const open = 'secretsmanager-no-public-access';

function render(result: ScanResult, more: Partial<ReportOptions> = {}): string {
  return textReporter.render(result, { color: false, links: false, columns: 100, sarif: { unknown: 'all', waived: 'omit' }, ...more }).text;
}

/** The lines of the list: all before the totals. */
function listOf(text: string): readonly string[] {
  return text
    .slice(0, text.search(/^ {2}\S.*\n {2}✔ /m))
    .trimEnd()
    .split('\n')
    .slice(1);
}

const findings: readonly Finding[] = [
  liveFinding(open, { name: 'a' }, { ...failing, itemKey: 'AllowAll' }),
  liveFinding(open, { name: 'b', account: '210987654321' }, unreadable),
  liveFinding(interval, { name: 'a' }, failing),
  liveFinding(interval, { name: 'c', account: '210987654321', region: 'eu-west-1' }, failing),
  codeFinding(interval, 'x.db', 'infra/a.tf', 5, failing),
  liveFinding('kms-key-rotates', { type: 'AWS::KMS::Key', name: 'k' }, failing),
  liveFinding('kms-key-rotates', { type: 'AWS::KMS::Key', name: 'passes' }, { status: 'pass' }),
];
const scopes = [
  liveScope('123456789012', 'us-east-1'),
  liveScope('210987654321', 'us-east-1'),
  liveScope('210987654321', 'eu-west-1'),
  codeScope('infra'),
];
const result = resultOf(findings, { scopes });

describe('--group', () => {
  it('rule names each policy with its title, and where it fails', () => {
    expect(listOf(render(result, { group: 'rule' }))).toEqual([
      '  secretsmanager-no-public-access  No secret is open to everyone  1 fail, 1 unknown',
      '    ✖ critical  a (AllowAll)  123456789012 us-east-1',
      '    ? critical  b             210987654321 us-east-1',
      '',
      '  secretsmanager-rotation-interval  Secrets rotate at least every 90 days  3 fail',
      '    ✖ high      a             123456789012 us-east-1',
      '    ✖ high      c             210987654321 eu-west-1',
      '    ✖ high      x.db          infra/a.tf:5',
      '',
      '  kms-key-rotates  Customer managed keys rotate  1 fail',
      '    ▲ medium    k             123456789012 us-east-1',
    ]);
  });

  it('account names each account and root of code, the worst first', () => {
    const list = listOf(render(result, { group: 'account' }));
    expect(list.filter((line) => /^ {2}\S/.test(line))).toEqual([
      '  account 123456789012  3 fail',
      '  account 210987654321  1 fail, 1 unknown',
      '  terraform/infra  1 fail',
    ]);
    expect(list[1]).toBe('    ✖ critical  secretsmanager-no-public-access   a (AllowAll)  us-east-1');
  });

  it('severity goes from worst to least', () => {
    const list = listOf(render(result, { group: 'severity' }));
    expect(list.filter((line) => /^ {2}\S/.test(line))).toEqual(['  critical  1 fail, 1 unknown', '  high  3 fail', '  medium  1 fail']);
  });

  it('resource is what is shown without it', () => {
    expect(render(result, { group: 'resource' })).toBe(render(result));
  });

  it.each(textGroups)('%s shows all open findings of the sample, nothing that passes, the same totals, in every width', (group) => {
    const text = render(sampleResult(), { group });
    expect(text.slice(text.indexOf('  ✔'))).toBe(render(sampleResult()).slice(render(sampleResult()).indexOf('  ✔')));
    expect(text).not.toContain('prod/mail/api-key');
    for (const columns of [80, 120]) {
      for (const line of render(sampleResult(), { group, columns }).split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    }
  });

  it.each(textGroups)('%s says so where nothing fails', (group) => {
    expect(render(resultOf([]), { group })).toContain('Nothing fails and nothing is unknown.');
  });

  it('does nothing that a hostile name asks for', () => {
    const hostile = Object.values(hostileNames).map((name) =>
      liveFinding(interval, { name, account: name }, { ...failing, itemKey: name }),
    );
    for (const group of textGroups) {
      const text = render(resultOf(hostile), { group });
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]|##vso/);
      expect(text).not.toMatch(/^\s*::/m);
    }
  });
});

describe('--max-findings', () => {
  const many = resultOf(
    Array.from({ length: 300 }, (_, index) => liveFinding(index % 2 ? interval : open, { name: `s${index >> 1}` }, failing)),
  );
  const shown = (text: string): number => (text.match(/^ {4}[✖▲?] /gm) ?? []).length;

  it.each(textGroups)('lists so many by %s, and says how many more there are', (group) => {
    for (const maxFindings of [1, 7, 299]) {
      const text = render(many, { group, maxFindings });
      expect(shown(text)).toBe(maxFindings);
      expect(text).toMatch(/… and \d+ more/);
    }
    for (const maxFindings of [300, 5_000]) {
      const text = render(many, { group, maxFindings });
      expect(shown(text)).toBe(300);
      expect(text).not.toMatch(/… and \d+ more/);
    }
  });

  it('of 0 leaves the summary, and the count of what is not listed', () => {
    const text = render(many, { maxFindings: 0 });
    expect(shown(text)).toBe(0);
    expect(text).toContain('… and 150 more resources with 300 findings');
    expect(text.split('\n').length).toBeLessThanOrEqual(24);
  });
});

describe('the summary', () => {
  const summaryOf = (text: string): readonly string[] =>
    text
      .slice(text.search(/^ {2}(?:waived: |\d+ (?:resources|secrets)|no resources)/m))
      .trimEnd()
      .split('\n');

  /** A run in which everything happened, on as many accounts as a large company has. */
  function busy(count: number): ScanResult {
    const { run } = sampleResult();
    const waiver = (index: number) => ({ id: `w${index}`, reason: 'it goes on and on, '.repeat(20), owner: 'team', expires: '2027-01-01' });
    const all = Array.from({ length: count }, (_, index): Finding => {
      const target = { name: `s${index}`, account: String(100_000_000_000 + (index % 200)) };
      if (index % 5 === 1)
        return liveFinding(open, target, {
          ...unreadable,
          unknown: [{ path: 'p', reason: 'access-denied', detail: 'd', action: `kms:Action${index % 40}` }],
        });
      if (index % 5 === 2) return liveFinding(open, target, { ...failing, status: 'waived', waiver: waiver(index % 60) });
      return liveFinding(interval, target, failing);
    });
    const places = Array.from({ length: Math.min(200, count) }, (_, index): ScopeResult =>
      liveScope(String(100_000_000_000 + index), 'us-east-1', {
        status: 'partial',
        resources: Object.fromEntries(Array.from({ length: 30 }, (__, type) => [`AWS::Service${type}::Thing`, 5])),
        gaps: [
          {
            operation: 'a:B',
            action: `a:B${index}`,
            types: ['AWS::SSM::Parameter'],
            reason: 'timeout',
            count: 1,
            hint: 'Wait, and see whether it goes away. '.repeat(4),
          },
        ],
      }),
    );
    const fixed = Array.from({ length: count }, (_, index) => ({
      id: `f1_${'0'.repeat(32)}`,
      policyId: interval,
      severity: 'high' as const,
      address: 'a',
      name: `gone-${index}`,
    }));
    const notes = Array.from({ length: 40 }, (_, index) => `note ${index} says ${'a lot '.repeat(40)}`);
    const baseline = { runId: 'r', asOf: run.asOf, new: 1, persisting: 2, reopened: 0, unverified: 0, fixed, notJudged: 3 };
    return resultOf(all, { scopes: places, run: { ...run, notes, baseline, plan: { fixed: 1, left: 2, undecided: 3, elsewhere: 4 } } });
  }

  it.each([5, 50_000])('of %i findings fits a screen of 24 lines, the exit code last and what is missing named', (count) => {
    for (const columns of [80, 120]) {
      for (const text of [render(busy(count), { columns }), render(busy(count), { columns, maxFindings: 0 })]) {
        const summary = summaryOf(text);
        expect(summary.length).toBeLessThanOrEqual(24);
        expect(summary.some((line) => line.startsWith('  exit 1: '))).toBe(true);
        expect(summary.join('\n')).toMatch(/ {2}incomplete: /);
        expect(summary.join('\n')).toMatch(/\? \d+ unknown/);
        expect(summary.join('\n')).toMatch(/⊘ \d+ waived/);
      }
    }
  });

  it('of a plain run is not cut', () => {
    const text = render(resultOf(findings, { scopes }), { maxFindings: 0 });
    expect(text).not.toMatch(/more (?:notes?|causes?)/);
  });

  it('fits whatever there is much of', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 72, max: 200 }), (count, columns) => {
        expect(summaryOf(render(busy(count), { columns })).length).toBeLessThanOrEqual(24);
      }),
      { numRuns: 20 },
    );
  });
});
