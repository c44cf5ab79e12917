import { validate } from '#generated/validate-findings.js';
import { statuses } from '../model/finding.ts';
import type { RunState } from '../model/run-state.ts';
import { severities } from '../model/severity.ts';
import { isPlainObject } from '../resources/decode.ts';

type Json = { readonly [key: string]: unknown };

/**
 * Whether a run is as sealcheck writes it, to the last field. What a later run is compared with decides what it calls new, fixed or known: a finding that is
 * not read as what it was would be lost without a word. So the number of open findings must be that of its own summary, too.
 */
export function isRun(json: Json): boolean {
  const { result, notJudged, fixed, whole, history } = json;
  return (
    isPlainObject(result) &&
    validate(result) &&
    Array.isArray(notJudged) &&
    validate({ ...result, findings: notJudged }) &&
    Array.isArray(fixed) &&
    fixed.every(isFixed) &&
    isPlainObject(whole) &&
    Object.values(whole).every(isTime) &&
    Array.isArray(history) &&
    history.every(isPoint) &&
    isCounted((json as unknown as RunState).result)
  );
}

function isFixed(value: unknown): boolean {
  return isPlainObject(value) && typeof value['id'] === 'string' && isTime(value['firstSeen']) && isTime(value['fixedAt']);
}

function isPoint(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  const { runId, asOf, findings, bySeverity } = value;
  return (
    typeof runId === 'string' &&
    isTime(asOf) &&
    hasCounts(findings, statuses) &&
    isPlainObject(bySeverity) &&
    severities.every((severity) => hasCounts(bySeverity[severity], ['fail', 'unknown']))
  );
}

function hasCounts(value: unknown, names: readonly string[]): boolean {
  return isPlainObject(value) && names.every((name) => Number.isSafeInteger(value[name]) && Number(value[name]) >= 0);
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
}

function isCounted({ findings, summary }: RunState['result']): boolean {
  return (['fail', 'unknown', 'waived'] as const).every(
    (status) => findings.filter((finding) => finding.status === status).length === summary.findings[status],
  );
}
