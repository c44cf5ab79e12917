import type { ScanResult } from '../../src/model/scan-result.ts';
import { severities } from '../../src/model/severity.ts';
import { liveFinding } from './sample-finding.ts';
import { samplePolicies } from './sample-policies.ts';
import { resultOf } from './sample-result.ts';

/** A result of as many findings as asked for, each of a secret of its own, in 40 accounts. */
export function manyFindings(count: number): ScanResult {
  const findings = Array.from({ length: count }, (_, index) => {
    const policy = samplePolicies[index % samplePolicies.length]?.id ?? '';
    const name = `prod/team-${index % 97}/service-${index}/credential`;
    const account = String(100000000000 + (index % 40));
    return liveFinding(
      policy,
      { name, account, region: index % 3 === 0 ? 'eu-west-1' : 'us-east-1' },
      {
        status: 'fail',
        message: `${name} may go ${90 + (index % 700)} days without a rotation; the limit is 90`,
        evidence: [
          { path: 'rotation.schedule.intervalDays', state: 'value', value: 90 + (index % 700), api: 'secretsmanager:ListSecrets' },
        ],
      },
    );
  });
  return resultOf(findings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)));
}
