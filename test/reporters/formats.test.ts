import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { reporters } from '../../src/reporters/index.ts';
import { hostileResult, hostileTexts, steering } from './hostile-result.ts';
import { render } from './render.ts';
import { liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';
import { failing, interval, liveScope, unreadable } from './sarif-cases.ts';

/** The formats that tests of their own say more about. */
const formats = [
  ['markdown', 'sample.md'],
  ['markdown-comment', 'sample-comment.md'],
  ['github', 'sample-github.txt'],
  ['gitlab', 'sample-gitlab.json'],
  ['junit', 'sample-junit.xml'],
  ['csv', 'sample.csv'],
  ['ndjson', 'sample.ndjson'],
  ['ocsf', 'sample-ocsf.json'],
] as const;

it('the page of the formats has each of them', () => {
  const text = readFileSync(new URL('../../docs/formats.md', import.meta.url), 'utf8');
  expect([...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name)).toEqual(reporters.map(({ name }) => name));
});

describe.each(formats)('%s', (format, file) => {
  it('renders the sample as it did, and again the same', async () => {
    const { text } = render(format, sampleResult());
    await expect(text).toMatchFileSnapshot(`__snapshots__/${file}`);
    expect(render(format, structuredClone(sampleResult())).text).toBe(text);
  });

  it('holds nothing that steers a terminal or a CI system, whatever the names are', () => {
    fc.assert(
      fc.property(hostileTexts, (texts) => {
        for (const line of render(format, hostileResult(texts)).text.split(/\r?\n/)) {
          expect(line).not.toMatch(steering);
          if (format !== 'github') expect(line).not.toMatch(/^\s*::/);
        }
      }),
    );
  });

  const denied = { ...unreadable, message: 'not verified: AccessDenied' };
  const yesterdayFailed: Finding = { ...liveFinding(interval, { name: 'prod/db' }, denied), state: 'persisting' };
  const { run } = sampleResult();

  it('shows what failed yesterday and is denied today as not verified, and never as fixed', () => {
    const baseline = {
      runId: 'r',
      asOf: '2026-11-19T08:00:00.000Z',
      new: 0,
      persisting: 1,
      reopened: 0,
      unverified: 0,
      fixed: [],
      notJudged: 0,
    };
    const { text } = render(format, resultOf([yesterdayFailed], { run: { ...run, outcome: 'incomplete', exitCode: 3, baseline } }));
    expect(text).toContain('prod/db');
    expect(text).toMatch(/not verified|[Cc]ould not verif|unknown/);
    expect(text).not.toMatch(/fixed: |- fixed|"fixed":\[\{/);
  });

  const clean = (more: Partial<ScanResult>): ScanResult =>
    resultOf([liveFinding(interval, { name: 'a' }, { status: 'pass' })], {
      run: { ...run, outcome: 'incomplete', exitCode: 3, exitReason: 'see the rest', notes: [] },
      scopes: [liveScope('123456789012', 'us-east-1')],
      ...more,
    });
  const gap = {
    operation: 'ssm:DescribeParameters',
    action: 'ssm:DescribeParameters',
    types: ['AWS::SSM::Parameter'],
    count: 1,
    hint: 'Ask.',
  };
  const incomplete: readonly (readonly [what: string, said: RegExp, result: ScanResult])[] = [
    [
      'a gap',
      /ssm:DescribeParameters/,
      clean({ scopes: [liveScope('123456789012', 'us-east-1', { status: 'partial', gaps: [{ ...gap, reason: 'access-denied' }] })] }),
    ],
    [
      'a scope that failed',
      /aws\/123456789012\/eu-west-1/,
      clean({ scopes: [liveScope('123456789012', 'eu-west-1', { status: 'failed' })] }),
    ],
    ['an interruption', /interrupted/, clean({ run: { ...clean({}).run, outcome: 'interrupted', exitCode: 130 } })],
    ['a run that failed', /failed/, clean({ scopes: [], run: { ...clean({}).run, outcome: 'failed', exitCode: 4 } })],
  ];
  it.each(incomplete)('shows %s', (_, said, result) => {
    const { text } = render(format, result);
    expect(text).toMatch(said);
    expect(text).not.toMatch(/Nothing fails and nothing is unknown/);
    expect(render(format, clean({ run: { ...clean({}).run, outcome: 'compliant', exitCode: 0 } })).text).not.toMatch(said);
  });

  it('shows a finding whose waiver has run out, and the waiver', () => {
    const expiredWaiver = { id: 'old-job', reason: 'r', owner: 'o', expires: '2026-10-01' };
    const { text } = render(format, resultOf([{ ...liveFinding(interval, { name: 'a' }, failing), expiredWaiver }]));
    expect(text).toContain('old-job');
  });

  it('shows a waiver that has run out and covers nothing, or warns', () => {
    const waiver = { id: 'old-job', reason: 'r', owner: 'o', expires: '2026-10-01', policies: ['*'], file: 'w.yaml', line: 3 };
    const waivers = { findings: 0, gaps: 0, waivers: [{ ...waiver, state: 'expired', use: 'unused', findings: 0, gaps: 0 } as const] };
    const { text, warnings } = render(format, clean({ run: { ...clean({}).run, waivers } }));
    expect([text, ...warnings].join('\n')).toContain('old-job');
  });

  it('marks what is waived or says that it is left out', () => {
    const waiver = { id: 'job', reason: 'r', owner: 'o', expires: '2027-10-01' };
    const { text, warnings } = render(format, resultOf([liveFinding(interval, { name: 'a' }, { ...failing, status: 'waived', waiver })]));
    expect([text, ...warnings].join('\n')).toMatch(/waived|Suppressed/);
  });

  it('never has what does not apply', () => {
    const finding = liveFinding(interval, { name: 'replica-x' }, { status: 'not_applicable', reason: 'judged at its primary' });
    if (format !== 'ndjson') expect(render(format, resultOf([finding])).text).not.toContain('replica-x');
  });
});
