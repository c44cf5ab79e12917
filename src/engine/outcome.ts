import type { Finding } from '../model/finding.ts';
import type { ScopeModel } from '../model/resource.ts';
import type { Outcome, Run } from '../model/scan-result.ts';
import { isAtLeast, type Severity } from '../model/severity.ts';

export interface Thresholds {
  readonly failOn: Severity | 'none';
  readonly failOnUnknown: Severity | 'never';
}

type Decision = Pick<Run, 'outcome' | 'exitCode' | 'exitReason'>;

const decision = (outcome: Outcome, exitCode: Run['exitCode'], exitReason: string): Decision => ({ outcome, exitCode, exitReason });

/**
 * What a run comes to, and why. Precedence: 4 nothing could be read, 130 interrupted, 1 violations, 3 incomplete, 0.
 * Gaps count as critical unknowns.
 */
export function decideOutcome(
  findings: readonly Finding[],
  scopes: readonly ScopeModel[],
  interrupted: boolean,
  { failOn, failOnUnknown }: Thresholds,
): Decision {
  const failed = scopes.filter((scope) => scope.status === 'failed').length;
  if (scopes.length > 0 && failed === scopes.length) return decision('failed', 4, 'no scope could be read');
  if (interrupted) return decision('interrupted', 130, 'interrupted before everything was read; the result is incomplete');

  const violations =
    failOn === 'none' ? 0 : findings.filter(({ status, severity }) => status === 'fail' && isAtLeast(severity, failOn)).length;
  const unknowns =
    failOnUnknown === 'never'
      ? 0
      : findings.filter(({ status, severity }) => status === 'unknown' && isAtLeast(severity, failOnUnknown)).length;
  const gaps = failOnUnknown === 'never' ? 0 : scopes.reduce((sum, scope) => sum + scope.gaps.length, 0);
  const incomplete = [
    ...(unknowns > 0 ? [`${count(unknowns, 'unknown')} at or above ${failOnUnknown} (--fail-on-unknown ${failOnUnknown})`] : []),
    ...(gaps > 0 ? [`${count(gaps, 'gap')} in what was read`] : []),
    ...(failOnUnknown !== 'never' && failed > 0 && gaps === 0 ? [`${count(failed, 'scope')} could not be read`] : []),
  ];
  if (violations > 0) {
    const also = incomplete.length > 0 ? `; also incomplete: ${incomplete.join(', ')}` : '';
    return decision('violations', 1, `${count(violations, 'failure')} at or above ${failOn} (--fail-on ${failOn})${also}`);
  }
  if (incomplete.length > 0) return decision('incomplete', 3, `incomplete: ${incomplete.join(', ')}`);
  const open = findings.filter(({ status }) => status === 'fail' || status === 'unknown').length;
  return decision(
    'compliant',
    0,
    open > 0 ? `nothing at or above the thresholds; ${count(open, 'finding')} below them` : 'no failures and nothing unknown',
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
