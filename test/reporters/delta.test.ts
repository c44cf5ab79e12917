import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { DeltaFinding, RunDelta } from '../../src/model/run-delta.ts';
import { deltaReporters } from '../../src/reporters/delta/index.ts';
import { hostileNames as corpus } from './hostile-names.ts';

const hostileNames = Object.values(corpus);

const finding = (name: string, changes: Partial<DeltaFinding> = {}): DeltaFinding => ({
  id: `f1_${'0'.repeat(32)}`,
  policyId: 'secretsmanager-rotation-enabled',
  title: 'Secrets rotate',
  severity: 'high',
  status: 'fail',
  scope: 'aws/123456789012/eu-west-1',
  type: 'AWS::SecretsManager::Secret',
  address: `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}-AbCdEf`,
  name,
  account: '123456789012',
  region: 'eu-west-1',
  ...changes,
});

const nothing: RunDelta = {
  before: { runId: 'a', asOf: '2026-01-01T00:00:00.000Z' },
  after: {
    runId: 'b',
    asOf: '2026-01-08T00:00:00.000Z',
    findings: { pass: 1, fail: 1, unknown: 1, waived: 0, not_applicable: 0 },
    bySeverity: {
      critical: { fail: 0, unknown: 0 },
      high: { fail: 1, unknown: 1 },
      medium: { fail: 0, unknown: 0 },
      low: { fail: 0, unknown: 0 },
      info: { fail: 0, unknown: 0 },
    },
    outcome: 'violations',
    exitReason: '1 failure at or above low (--fail-on low)',
  },
  new: [],
  reopened: [],
  unverified: [],
  fixed: [],
  waived: [],
  persisting: 7,
  notJudged: 0,
  newGaps: [],
};

function render(format: string, delta: RunDelta): string {
  const reporter = deltaReporters.find(({ name }) => name === format);
  if (reporter === undefined) throw new Error(`no format ${format}`);
  return reporter.render(delta, { color: false, columns: 100, links: false });
}

const week: RunDelta = {
  ...nothing,
  new: [
    finding('prod/new'),
    finding('prod/item', { itemKey: 'Anyone', severity: 'critical' }),
    finding('prod/hash', { itemKey: '7e510e64246d' }),
  ],
  reopened: [finding('prod/back')],
  unverified: [finding('prod/denied', { status: 'unknown' })],
  fixed: [finding('mended', { status: 'pass', scope: 'terraform/infra', address: 'aws_secretsmanager_secret.mended' })],
  waived: [finding('prod/accepted', { status: 'waived' })],
  newGaps: [{ scope: 'aws/123456789012/eu-west-1', action: 'secretsmanager:ListSecrets', reason: 'access-denied' }],
};

describe('the difference of two runs as text', () => {
  it('has each kind of change with its findings', () => {
    expect(render('text', week)).toBe(`
  new (3)
    high      secretsmanager-rotation-enabled  prod/new  123456789012 eu-west-1
    critical  secretsmanager-rotation-enabled  prod/item (Anyone)  123456789012 eu-west-1
    high      secretsmanager-rotation-enabled  prod/hash  123456789012 eu-west-1

  came back (1)
    high      secretsmanager-rotation-enabled  prod/back  123456789012 eu-west-1

  failed before, not verified now (1)
    high      secretsmanager-rotation-enabled  prod/denied  123456789012 eu-west-1

  fixed (1)
    high      secretsmanager-rotation-enabled  aws_secretsmanager_secret.mended

  waived (1)
    high      secretsmanager-rotation-enabled  prod/accepted  123456789012 eu-west-1

  could not be read: secretsmanager:ListSecrets access denied in aws/123456789012/eu-west-1

  from 2026-01-01 to 2026-01-08: 3 new · 1 came back · 7 persisting · 1 not verified any more · 1
                                 fixed · 1 waived · 0 not judged
  then: violations, 1 failure at or above low (--fail-on low)
`);
  });

  it('of nothing is short', () => {
    expect(render('text', nothing)).toBe(`
  from 2026-01-01 to 2026-01-08: 0 new · 7 persisting · 0 fixed · 0 not judged
  then: violations, 1 failure at or above low (--fail-on low)
`);
  });
});

describe('every format of the difference', () => {
  it.each(deltaReporters.map(({ name }) => [name]))('%s holds hostile names without being steered by them', (format) => {
    const text = render(format, { ...week, new: hostileNames.map((name) => finding(name, { itemKey: name, account: name })) });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
    expect(text).not.toMatch(/^(::|##\[|##vso\[)/m);
  });

  it('JSON is the difference itself', () => {
    expect(JSON.parse(render('json', week))).toEqual({ deltaVersion: 1, ...week });
  });

  it('Markdown stays a table of plain cells, whatever the names', () => {
    const text = render('markdown', { ...week, new: hostileNames.map((name) => finding(name, { account: name })) });
    const page = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
    expect(page.match(/<tr>/g)).toHaveLength(hostileNames.length + 4 + 5);
    expect(page).not.toMatch(/<(a|img|script|del|input)\b/);
    expect(page.match(/<h\d>/g)).toHaveLength(6);
  });
});
