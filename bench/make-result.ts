import { statuses, type Finding, type Status } from '../src/model/finding.ts';
import type { PolicyResult, ScanResult, StatusCounts } from '../src/model/scan-result.ts';
import { severities, type Severity } from '../src/model/severity.ts';

const mix: readonly Exclude<Status, 'not_applicable'>[] = [
  'pass',
  'pass',
  'fail',
  'pass',
  'unknown',
  'fail',
  'pass',
  'waived',
  'pass',
  'pass',
];
const denied = [
  { path: 'statements', reason: 'access-denied', detail: 'AccessDenied', action: 'secretsmanager:GetResourcePolicy' },
] as const;
const waiver = { id: 'legacy', reason: 'It moves in spring', owner: 'payments', expires: '2027-03-31' };

/** A live result with that many findings, over 50 policies and one account. */
export function makeResult(count: number): ScanResult {
  const findings = Array.from({ length: count }, (_, index) => finding(index));
  const counts = (list: readonly Finding[]): StatusCounts =>
    Object.fromEntries(statuses.map((status) => [status, list.filter((each) => each.status === status).length])) as StatusCounts;
  const severity = (word: Severity): { readonly fail: number; readonly unknown: number } => {
    const { fail, unknown } = counts(findings.filter((each) => each.severity === word));
    return { fail, unknown };
  };
  return {
    schemaVersion: 1,
    run: {
      ...{
        id: 'bench',
        tool: { name: 'sealcheck', version: '0.0.0' },
        asOf: '2026-11-20T20:00:00.000Z',
        failOn: 'low',
        failOnUnknown: 'low',
      },
      ...{ detail: 'all', outcome: 'violations', exitCode: 1, exitReason: 'failures', notes: [] },
    },
    scopes: [
      {
        ...{ id: 'aws/123456789012/us-east-1', source: 'aws', account: '123456789012', region: 'us-east-1', status: 'complete' },
        ...{ resources: { 'AWS::SecretsManager::Secret': count }, gaps: [] },
      },
    ],
    summary: {
      resources: count,
      findings: counts(findings),
      bySeverity: Object.fromEntries(severities.map((word) => [word, severity(word)])) as ScanResult['summary']['bySeverity'],
    },
    policies: Array.from({ length: 50 }, (_, index) => policy(index, counts([]))),
    findings,
  };
}

function finding(index: number): Finding {
  const name = `prod/team-${index % 97}/service-${index}/password`;
  const base = {
    id: `f1_${index.toString(16).padStart(32, '0')}`,
    policyId: `secretsmanager-policy-${index % 50}`,
    severity: severities[(index % 50) % 5] ?? 'low',
    scope: 'aws/123456789012/us-east-1',
    resource: {
      ...{ type: 'AWS::SecretsManager::Secret', name, account: '123456789012', region: 'us-east-1' },
      address: `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}-AbCdEf`,
      tags: { team: `team-${index % 97}` },
    },
  };
  const evidence = [{ path: 'rotation.schedule.intervalDays', state: 'value', value: 180, api: 'secretsmanager:ListSecrets' }] as const;
  const message = `${name} may go 180 days without a rotation; the limit is 90`;
  const status = mix[index % mix.length] ?? 'pass';
  switch (status) {
    case 'pass':
      return { ...base, status };
    case 'fail':
      return { ...base, status, message, evidence };
    case 'unknown':
      return { ...base, status, message, evidence, unknown: denied };
    case 'waived':
      return { ...base, status, message, evidence, waiver };
    default:
      return status satisfies never;
  }
}

function policy(index: number, counts: StatusCounts): PolicyResult {
  return {
    ...{
      id: `secretsmanager-policy-${index}`,
      aliases: [],
      title: `Secrets are as policy ${index} wants them`,
      severity: severities[index % 5] ?? 'low',
    },
    ...{
      description: 'Why it matters.',
      resources: ['AWS::SecretsManager::Secret'],
      sources: ['aws'],
      tags: [],
      equivalents: [],
      params: {},
    },
    ...{ controls: [{ framework: 'aws-fsbp', id: 'SecretsManager.1' }], remediation: { text: 'Set it right.' }, counts },
  };
}
