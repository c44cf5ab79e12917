import { statuses, type Finding, type Status } from '../../src/model/finding.ts';
import type { ScanResult, ScopeResult, Summary } from '../../src/model/scan-result.ts';
import { severities, type Severity } from '../../src/model/severity.ts';
import { sampleFindings } from './sample-findings.ts';
import { samplePolicies } from './sample-policies.ts';
import { sampleScopes } from './sample-scopes.ts';

/** One result that holds every status, a gap, a failed scope, two accounts, infrastructure code and hostile names. */
export function sampleResult(): ScanResult {
  const findings = sampleFindings;
  const scopes = sampleScopes;
  return {
    schemaVersion: 1,
    run: {
      id: 'c0ffee00c0ffee00',
      tool: { name: 'sealcheck', version: '0.1.0' },
      asOf: '2026-11-20T20:00:00.000Z',
      startedAt: '2026-11-20T20:00:00.000Z',
      durationMs: 4210,
      failOn: 'low',
      failOnUnknown: 'low',
      detail: 'all',
      outcome: 'violations',
      exitCode: 1,
      exitReason:
        '16 failures at or above low (--fail-on low); also incomplete: 3 unknowns at or above low (--fail-on-unknown low), 2 gaps in what was read',
      notes: [
        '15 enabled regions of account 123456789012 were not looked at; --region all reads them',
        'waiver old-job expired on 2026-10-01 and covers nothing any more',
      ],
    },
    scopes,
    summary: summarize(findings, scopes),
    policies: samplePolicies.map((each) => ({ ...each, counts: countStatuses(findings.filter(({ policyId }) => policyId === each.id)) })),
    findings,
  };
}

/** The sample of one account that was read as a whole, with other findings. */
export function resultOf(findings: readonly Finding[], more: Partial<ScanResult> = {}): ScanResult {
  const sample = sampleResult();
  const scopes = more.scopes ?? sample.scopes.filter(({ account }) => account === '123456789012');
  return { ...sample, scopes, summary: summarize(findings, scopes), findings, ...more };
}

function summarize(findings: readonly Finding[], scopes: readonly ScopeResult[]): Summary {
  const count = (severity: Severity, status: Status): number =>
    findings.filter((finding) => finding.severity === severity && finding.status === status).length;
  return {
    resources: scopes.flatMap(({ resources }) => Object.values(resources)).reduce((sum, each) => sum + each, 0),
    findings: countStatuses(findings),
    bySeverity: Object.fromEntries(
      severities.map((severity) => [severity, { fail: count(severity, 'fail'), unknown: count(severity, 'unknown') }]),
    ) as unknown as Summary['bySeverity'],
  };
}

function countStatuses(findings: readonly Finding[]): { readonly [status in Status]: number } {
  return Object.fromEntries(statuses.map((status) => [status, findings.filter((finding) => finding.status === status).length])) as {
    [status in Status]: number;
  };
}
