import { describe, expect, it } from 'vitest';
import { decideOutcome, type Thresholds } from '../../src/engine/outcome.ts';
import type { Finding, Status } from '../../src/model/finding.ts';
import type { Gap, ScopeModel, ScopeStatus } from '../../src/model/resource.ts';
import type { Severity } from '../../src/model/severity.ts';

const finding = (status: Status, severity: Severity): Finding => ({ status, severity }) as Finding;
const gap: Gap = { operation: 'x:List', action: 'x:List', types: [], reason: 'access-denied', count: 1, hint: '' };
const waivedGap: Gap = { ...gap, waiver: { id: 'w', reason: 'r', owner: 'o', expires: '2027-01-01' } };
const scope = (status: ScopeStatus, gaps: readonly Gap[] = []): ScopeModel => ({
  scope: { id: 's', source: 'aws' },
  status,
  resources: [],
  gaps,
});
const low: Thresholds = { failOn: 'low', failOnUnknown: 'low' };
const complete = [scope('complete')];

interface Row {
  readonly findings: readonly Finding[];
  readonly scopes?: readonly ScopeModel[];
  readonly interrupted?: boolean;
  readonly thresholds?: Thresholds;
  readonly expected: string;
}

describe('outcome and exit code', () => {
  const rows: readonly Row[] = [
    { findings: [], expected: '0 compliant: no failures and nothing unknown' },
    {
      findings: [finding('pass', 'critical'), finding('not_applicable', 'critical'), finding('waived', 'critical')],
      expected: '0 compliant: no failures and nothing unknown; waived: 1 finding',
    },
    {
      findings: [],
      scopes: [scope('partial', [waivedGap])],
      expected: '0 compliant: no failures and nothing unknown; waived: 1 gap',
    },
    {
      findings: [
        { ...finding('fail', 'high'), state: 'persisting' },
        { ...finding('fail', 'high'), state: 'persisting', expiredWaiver: waivedGap.waiver } as Finding,
      ],
      thresholds: { ...low, newOnly: true },
      expected: '1 violations: 1 new failure at or above low (--fail-on low), 1 of them because a waiver expired',
    },
    {
      findings: [finding('waived', 'low')],
      scopes: [scope('complete'), scope('failed', [waivedGap, waivedGap])],
      expected: '0 compliant: no failures and nothing unknown; waived: 1 finding, 2 gaps',
    },
    { findings: [], scopes: [scope('partial', [waivedGap, gap])], expected: '3 incomplete: incomplete: 1 gap in what was read' },
    {
      findings: [],
      scopes: [scope('partial', [waivedGap]), scope('partial')],
      expected: '3 incomplete: incomplete: 1 scope could be read in part only',
    },
    { findings: [], scopes: [scope('failed', [waivedGap])], expected: '4 failed: no scope could be read' },
    { findings: [finding('fail', 'low')], expected: '1 violations: 1 failure at or above low (--fail-on low)' },
    { findings: [finding('fail', 'high'), finding('fail', 'low')], expected: '1 violations: 2 failures at or above low (--fail-on low)' },
    { findings: [finding('fail', 'info')], expected: '0 compliant: nothing at or above the thresholds; 1 finding below them' },
    {
      findings: [finding('fail', 'medium')],
      thresholds: { failOn: 'high', failOnUnknown: 'high' },
      expected: '0 compliant: nothing at or above the thresholds; 1 finding below them',
    },
    {
      findings: [finding('fail', 'high')],
      thresholds: { failOn: 'high', failOnUnknown: 'high' },
      expected: '1 violations: 1 failure at or above high (--fail-on high)',
    },
    {
      findings: [finding('fail', 'critical')],
      thresholds: { failOn: 'none', failOnUnknown: 'low' },
      expected: '0 compliant: nothing at or above the thresholds; 1 finding below them',
    },
    { findings: [finding('unknown', 'low')], expected: '3 incomplete: incomplete: 1 unknown at or above low (--fail-on-unknown low)' },
    { findings: [finding('unknown', 'info')], expected: '0 compliant: nothing at or above the thresholds; 1 finding below them' },
    {
      findings: [finding('unknown', 'critical')],
      thresholds: { failOn: 'low', failOnUnknown: 'never' },
      expected: '0 compliant: nothing at or above the thresholds; 1 finding below them',
    },
    { findings: [], scopes: [scope('partial', [gap])], expected: '3 incomplete: incomplete: 1 gap in what was read' },
    {
      findings: [],
      scopes: [scope('partial', [gap])],
      thresholds: { failOn: 'low', failOnUnknown: 'critical' },
      expected: '3 incomplete: incomplete: 1 gap in what was read',
    },
    {
      findings: [],
      scopes: [scope('partial', [gap])],
      thresholds: { failOn: 'low', failOnUnknown: 'never' },
      expected: '0 compliant: nothing at or above the thresholds; 1 gap in what was read, not counted (--fail-on-unknown never)',
    },
    {
      findings: [],
      scopes: [scope('complete'), scope('partial')],
      expected: '3 incomplete: incomplete: 1 scope could be read in part only',
    },
    {
      findings: [finding('fail', 'low'), finding('unknown', 'low')],
      expected:
        '1 violations: 1 failure at or above low (--fail-on low); also incomplete: 1 unknown at or above low (--fail-on-unknown low)',
    },
    { findings: [], scopes: [scope('complete'), scope('failed')], expected: '3 incomplete: incomplete: 1 scope could not be read' },
    { findings: [finding('fail', 'low')], scopes: [scope('failed'), scope('failed')], expected: '4 failed: no scope could be read' },
    { findings: [], scopes: [scope('failed')], interrupted: true, expected: '4 failed: no scope could be read' },
    {
      findings: [finding('fail', 'critical')],
      interrupted: true,
      expected: '130 interrupted: interrupted before everything was read; the result is incomplete',
    },
    { findings: [], scopes: [], expected: '0 compliant: no failures and nothing unknown' },
  ];
  it.each(rows)('$expected', ({ findings, scopes = complete, interrupted = false, thresholds = low, expected }) => {
    const { outcome, exitCode, exitReason } = decideOutcome(findings, scopes, interrupted, thresholds);
    expect(`${exitCode} ${outcome}: ${exitReason}`).toBe(expected);
  });
});
