import { describe, expect, it } from 'vitest';
import type { RequirementEvidence } from '../../src/model/control-evidence.ts';
import type { CoveredFramework } from '../../src/model/framework.ts';
import type { Gap } from '../../src/model/resource.ts';
import type { PolicyResult, ScanResult, ScopeResult, StatusCounts } from '../../src/model/scan-result.ts';
import { collectEvidence } from '../../src/reporters/controls/collect-evidence.ts';
import { evidenceReporters } from '../../src/reporters/controls/index.ts';
import { hostileNames } from './hostile-names.ts';
import { sampleResult } from './sample-result.ts';

const none: StatusCounts = { pass: 0, fail: 0, unknown: 0, waived: 0, not_applicable: 0 };
const [anyPolicy] = sampleResult().policies as [PolicyResult];
const [anyScope] = sampleResult().scopes as [ScopeResult];

function policy(id: string, counts: Partial<StatusCounts>, more: Partial<PolicyResult> = {}): PolicyResult {
  return { ...anyPolicy, id, title: `Title of ${id}`, resources: ['AWS::KMS::Key'], controls: [], counts: { ...none, ...counts }, ...more };
}

const scope: ScopeResult = { ...anyScope, id: 'aws/1/eu-west-1', source: 'aws', status: 'complete', gaps: [] };
const gap = (type: string): Gap => ({
  ...{ operation: 'kms:ListKeys', action: 'kms:ListKeys', types: [type], reason: 'access-denied', count: 1, hint: 'Allow it.' },
});

function framework(policies: readonly string[]): CoveredFramework {
  return {
    ...{ id: 'some-standard', title: 'Some standard', version: '1', url: 'https://example.com/standard', checks: false },
    requirements: [{ id: 'A.1', title: 'Something holds', mapped: [{ check: 'Some.1', url: 'https://example.com/1' }], policies }],
  };
}

function result(policies: readonly PolicyResult[], more: Partial<ScanResult> = {}): ScanResult {
  return { ...sampleResult(), policies, scopes: [scope], ...more };
}

function judge(policies: readonly PolicyResult[], more: Partial<ScanResult> = {}, mapped = ['a', 'b']): RequirementEvidence {
  const [requirement] = collectEvidence(result(policies, more), framework(mapped)).requirements;
  if (requirement === undefined) throw new Error('no requirement');
  return requirement;
}

describe('a requirement', () => {
  const passing = policy('b', { pass: 3 });
  const cases: readonly (readonly [what: string, status: string, evidence: RequirementEvidence])[] = [
    ['all pass', 'met', judge([policy('a', { pass: 1, not_applicable: 4 }), passing])],
    ['one policy judged nothing, the other passed', 'met', judge([policy('a', { not_applicable: 1 }), passing])],
    ['a failure', 'not_met', judge([policy('a', { pass: 9, fail: 1 }), passing])],
    ['a failure beside something unknown', 'not_met', judge([policy('a', { fail: 1, unknown: 1 }), passing])],
    ['something unknown', 'unknown', judge([policy('a', { pass: 9, unknown: 1 }), passing])],
    ['something unknown beside a waiver', 'unknown', judge([policy('a', { waived: 9, unknown: 1 }), passing])],
    ['a waiver', 'waived', judge([policy('a', { pass: 9, waived: 1 }), passing])],
    ['nothing to judge', 'not_applicable', judge([policy('a', { not_applicable: 2 }), policy('b', {})])],
    ['no policy', 'not_covered', judge([passing], {}, [])],
    ['a policy that did not run', 'unknown', judge([passing])],
    ['none of its policies ran', 'unknown', judge([])],
    ['a policy under its former id', 'met', judge([policy('new', { pass: 1 }, { aliases: ['a'] }), passing])],
    [
      'a source that the policy does not judge',
      'unknown',
      judge([policy('a', { not_applicable: 1 }, { sources: ['terraform'] }), passing]),
    ],
    [
      'its type could not be listed',
      'unknown',
      judge([policy('a', { pass: 1 }), passing], { scopes: [{ ...scope, status: 'partial', gaps: [gap('AWS::KMS::Key')] }] }),
    ],
    [
      'another type could not be listed',
      'met',
      judge([policy('a', { pass: 1 }), passing], { scopes: [{ ...scope, status: 'partial', gaps: [gap('AWS::IAM::Role')] }] }),
    ],
    [
      'a scope that failed',
      'unknown',
      judge([policy('a', { pass: 1 }), passing], { scopes: [scope, { ...scope, id: 'aws/2/x', status: 'failed' }] }),
    ],
    ['a part of a plan', 'unknown', judge([policy('a', { pass: 1 }), passing], { scopes: [{ ...scope, whole: false }] })],
    [
      'an interrupted run',
      'unknown',
      judge([policy('a', { pass: 1 }), passing], { run: { ...sampleResult().run, outcome: 'interrupted' } }),
    ],
    [
      'a policy that was added to the pack claims it',
      'not_met',
      judge([policy('a', { pass: 1 }), passing, policy('own', { fail: 1 }, { controls: [{ framework: 'some-standard', id: 'A.1' }] })]),
    ],
    [
      'a policy that claims another',
      'met',
      judge([policy('a', { pass: 1 }), passing, policy('own', { fail: 1 }, { controls: [{ framework: 'other', id: 'A.1' }] })]),
    ],
  ];
  it.each(cases)('%s: %s', (_, status, evidence) => {
    expect(evidence.status).toBe(status);
    expect(evidence.policies.some(({ reasons }) => reasons.length > 0)).toBe(status === 'unknown' || evidence.counts.unknown > 0);
  });

  it('has the sum of the counts of its policies', () => {
    expect(judge([policy('a', { pass: 1, fail: 2, waived: 3 }), policy('b', { pass: 10, unknown: 4, not_applicable: 5 })]).counts).toEqual({
      ...{ pass: 11, fail: 2, unknown: 4, waived: 3, not_applicable: 5 },
    });
  });
});

describe('the formats', () => {
  const options = { color: false, columns: 80, links: false };
  const render = (name: string, title = 'Title'): string => {
    const evidence = collectEvidence(
      result([policy('a', { pass: 2, fail: 1 }, { title }), policy('b', { unknown: 3 })]),
      framework(['a', 'b', 'c']),
    );
    return evidenceReporters.find((reporter) => reporter.name === name)?.render(evidence, options) ?? '';
  };

  it('text', () => {
    expect(render('text').split('\n').slice(3, 10)).toEqual(
      [
        'not met         A.1  Something holds',
        '                     a: 2 pass, 1 fail',
        '                     b: 3 unknown',
        '                     c: it did not run',
        '',
        '1 requirement: 1 not met',
        expect.stringContaining('not the assessment') as string,
      ].map((line, at) => (at === 6 ? (expect.any(String) as string) : line)),
    );
  });

  it('csv', () => {
    expect(render('csv')).toBe(
      [
        'framework,requirement,title,status,policy,pass,fail,unknown,waived,not_applicable,reasons,sources',
        'some-standard,A.1,Something holds,not_met,a,2,1,0,0,0,,Some.1 https://example.com/1',
        'some-standard,A.1,Something holds,not_met,b,0,0,3,0,0,3 unknown,Some.1 https://example.com/1',
        'some-standard,A.1,Something holds,not_met,c,,,,,,it did not run,Some.1 https://example.com/1',
        '',
      ].join('\r\n'),
    );
  });

  it('markdown', () => {
    const text = render('markdown');
    expect(text).toContain('| A.1 Something holds | not met | 2 | 1 | 3 | 0 | 0 |');
    expect(text).toContain('Source of the mapping: [Some.1](https://example.com/1).');
    expect(text).toContain('- `c`: it did not run');
  });

  it('json holds all of it', () => {
    expect(JSON.parse(render('json'))).toMatchObject({
      schemaVersion: 1,
      framework: { id: 'some-standard' },
      summary: { met: 0, not_met: 1 },
      requirements: [
        {
          id: 'A.1',
          status: 'not_met',
          mapped: [{ check: 'Some.1' }],
          policies: [{ id: 'a' }, { id: 'b' }, { id: 'c', reasons: ['it did not run'] }],
        },
      ],
    });
  });

  it.each(evidenceReporters.map(({ name }) => name))('%s: nothing in a title steers a terminal, a page or a spreadsheet', (name) => {
    for (const hostile of [...Object.values(hostileNames), '=cmd()', '<img src=x>', '| a |\n# b']) {
      const text = render(name, hostile).replaceAll('\r\n', '\n');

      expect(text.replace(/\n/g, '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
      if (name === 'markdown') expect(text).not.toMatch(/(?<!\\)<img/);
      if (name === 'csv') expect(text).not.toMatch(/(?:^|,)=/m);
    }
  });
});
