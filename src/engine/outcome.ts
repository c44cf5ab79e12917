import type { Finding } from '../model/finding.ts';
import type { Outcome, Run, ScopeResult } from '../model/scan-result.ts';
import { isAtLeast, type Severity } from '../model/severity.ts';

export interface Thresholds {
  readonly failOn: Severity | 'none';
  readonly failOnUnknown: Severity | 'never';
  /** Count only what the baseline does not have. */
  readonly newOnly?: boolean;
}

/** What of a scope decides, whether it was just read or saved. */
type JudgedScope = Pick<ScopeResult, 'status' | 'gaps'>;

type Decision = Pick<Run, 'outcome' | 'exitCode' | 'exitReason'>;

const decision = (outcome: Outcome, exitCode: Run['exitCode'], exitReason: string): Decision => ({ outcome, exitCode, exitReason });

/**
 * What a run comes to, and why. Precedence: 4 nothing could be read, 130 interrupted, 1 violations, 3 incomplete, 0.
 * Gaps count as critical unknowns.
 */
export function decideOutcome(
  findings: readonly Finding[],
  scopes: readonly JudgedScope[],
  interrupted: boolean,
  { failOn, failOnUnknown, newOnly = false }: Thresholds,
): Decision {
  // What a waiver covered until its last day counts again, however old it is: else it would be accepted for ever.
  const counts = (one: Finding): boolean => !newOnly || isNew(one) || ('expiredWaiver' in one && one.expiredWaiver !== undefined);
  const fresh = newOnly ? 'new ' : '';
  const lapsed = newOnly ? findings.filter((one) => !isNew(one) && isOpen(one) && counts(one)).length : 0;
  const failed = scopes.filter((scope) => scope.status === 'failed').length;
  if (scopes.length > 0 && failed === scopes.length) return decision('failed', 4, 'no scope could be read');
  if (interrupted) return decision('interrupted', 130, 'interrupted before everything was read; the result is incomplete');

  const violations =
    failOn === 'none' ? 0 : findings.filter((one) => one.status === 'fail' && counts(one) && isAtLeast(one.severity, failOn)).length;
  const unknowns =
    failOnUnknown === 'never'
      ? 0
      : findings.filter((one) => one.status === 'unknown' && counts(one) && isAtLeast(one.severity, failOnUnknown)).length;
  const missing = whatIsMissing(scopes);
  const incomplete = [
    ...(unknowns > 0 ? [`${count(unknowns, `${fresh}unknown`)} at or above ${failOnUnknown} (--fail-on-unknown ${failOnUnknown})`] : []),
    ...(failOnUnknown === 'never' ? [] : missing),
  ];
  if (violations > 0) {
    const also = incomplete.length > 0 ? `; also incomplete: ${incomplete.join(', ')}` : '';
    const again = lapsed > 0 ? `, ${lapsed} of them because a waiver expired` : '';
    return decision('violations', 1, `${count(violations, `${fresh}failure`)} at or above ${failOn} (--fail-on ${failOn})${again}${also}`);
  }
  if (incomplete.length > 0) return decision('incomplete', 3, `incomplete: ${incomplete.join(', ')}`);
  const open = findings.filter((one) => isOpen(one) && counts(one)).length;
  const old = newOnly ? findings.filter((one) => isOpen(one) && !counts(one)).length : 0;
  const below = [
    ...(open > 0 ? [`${count(open, `${fresh}finding`)} below them`] : []),
    ...(old > 0 ? [`${count(old, 'finding')} that the baseline has too (--fail-on-new)`] : []),
    ...(missing.length > 0 ? [`${missing.join(', ')}, not counted (--fail-on-unknown never)`] : []),
  ];
  const reason = below.length > 0 ? `nothing at or above the thresholds; ${below.join('; ')}` : 'no failures and nothing unknown';
  return decision('compliant', 0, `${reason}${whatIsWaived(findings, scopes)}`);
}

/** What came back is as bad as what is new. */
function isNew({ state }: Finding): boolean {
  return state === 'new' || state === 'reopened';
}

function isOpen({ status }: Finding): boolean {
  return status === 'fail' || status === 'unknown';
}

/**
 * Of which resources we do not know whether they are there; a scope that is not complete counts even if it does not say why. What
 * is missing for waived gaps alone is accepted.
 */
function whatIsMissing(all: readonly JudgedScope[]): readonly string[] {
  const scopes = all.filter((scope) => scope.gaps.length === 0 || scope.gaps.some(({ waiver }) => waiver === undefined));
  const gaps = scopes.reduce((sum, scope) => sum + scope.gaps.filter(({ waiver }) => waiver === undefined).length, 0);
  if (gaps > 0) return [`${count(gaps, 'gap')} in what was read`];
  const failed = scopes.filter(({ status }) => status === 'failed').length;
  const partial = scopes.filter(({ status }) => status === 'partial').length;
  return [
    ...(failed > 0 ? [`${count(failed, 'scope')} could not be read`] : []),
    ...(partial > 0 ? [`${count(partial, 'scope')} could be read in part only`] : []),
  ];
}

/** A run is not the cleaner for what was accepted. */
function whatIsWaived(findings: readonly Finding[], scopes: readonly JudgedScope[]): string {
  const waived = findings.filter(({ status }) => status === 'waived').length;
  const gaps = scopes.reduce((sum, scope) => sum + scope.gaps.filter(({ waiver }) => waiver !== undefined).length, 0);
  const parts = [...(waived > 0 ? [count(waived, 'finding')] : []), ...(gaps > 0 ? [count(gaps, 'gap')] : [])];
  return parts.length === 0 ? '' : `; waived: ${parts.join(', ')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
