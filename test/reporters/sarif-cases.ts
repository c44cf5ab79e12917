import type { Finding } from '../../src/model/finding.ts';
import type { ScopeResult } from '../../src/model/scan-result.ts';
import type { SarifOptions } from '../../src/reporters/reporter.ts';
import type { SarifResult } from '../../src/reporters/sarif-log.ts';
import { toSarif } from '../../src/reporters/sarif.ts';
import { resultOf } from './sample-result.ts';

/** What the SARIF tests share: the usual options, two verdicts, scopes that were read as a whole. */
export const usual: SarifOptions = { unknown: 'all', waived: 'omit' };
export const interval = 'secretsmanager-rotation-interval';
export const failing = { status: 'fail', message: 'it fails', evidence: [] } as const;
export const unreadable = {
  status: 'unknown',
  message: 'not verified',
  unknown: [{ path: 'statements', reason: 'throttled', detail: 'd', action: 'kms:DescribeKey' }],
  evidence: [],
} as const;

export function resultsOf(findings: readonly Finding[], options: SarifOptions = usual): readonly SarifResult[] {
  return toSarif(resultOf(findings), options).log.runs.flatMap(({ results }) => results);
}

export function liveScope(account: string, region: string, more: Partial<ScopeResult> = {}): ScopeResult {
  return { id: `aws/${account}/${region}`, source: 'aws', account, region, status: 'complete', resources: {}, gaps: [], ...more };
}

export function codeScope(root: string, more: Partial<ScopeResult> = {}): ScopeResult {
  return { id: `terraform/${root}`, source: 'terraform', root, status: 'complete', resources: {}, gaps: [], ...more };
}
