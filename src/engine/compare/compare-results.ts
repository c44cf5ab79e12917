import type { Finding } from '../../model/finding.ts';
import type { DeltaFinding, DeltaGap, RunDelta } from '../../model/run-delta.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import { compareFindings } from '../order.ts';
import { compareRuns, hasFailed } from './compare-runs.ts';
import { seenInResult } from './seen.ts';

/**
 * What is different between two saved results, of the same scopes or not. What the later one does not have is fixed only if it looked: a
 * scope that it could not read, or was not asked to, fixes nothing. A result with `--detail failing` shows less of what it looked at, and then
 * what cannot be told counts as unverified. Without a run before, everything open is new.
 */
export function compareResults(before: ScanResult | undefined, after: ScanResult): RunDelta {
  const open = after.findings.filter(({ status }) => status === 'fail' || status === 'unknown');
  const compared = before && compareRuns(after.findings, before, seenInResult(after));
  const marked = compared ? compared.findings : open.map((finding): Finding => ({ ...finding, state: 'new' }));
  // What the later run marked itself came from a state, which knows what was fixed before both.
  const reopenedIds = new Set(after.findings.filter(({ state }) => state === 'reopened').map(({ id }) => id));
  const inState = (...states: readonly Finding['state'][]): readonly Finding[] =>
    marked.filter(({ status, state }) => (status === 'fail' || status === 'unknown') && states.includes(state));
  const begun = inState('new', 'reopened');
  const wasUnverified = new Set(before?.findings.filter(({ state }) => state === 'unverified').map(({ id }) => id));
  const notFound = compared?.unverified ?? [];
  const unverified = [...inState('unverified'), ...notFound.filter(hasFailed)];
  const newlyUnverified = unverified.filter((finding) => !wasUnverified.has(compared?.before.get(finding.id)?.id ?? finding.id));
  const accepted = marked.filter(({ id, status }) => status === 'waived' && isOpen(compared?.before.get(id)));
  const describe = describer(before, after);
  const list = (findings: readonly Finding[]): readonly DeltaFinding[] => findings.toSorted(compareFindings).map(describe);
  const gone = new Set(compared?.fixed.map(({ id }) => id));
  return {
    ...(before === undefined ? {} : { before: { runId: before.run.id, asOf: before.run.asOf } }),
    after: {
      runId: after.run.id,
      asOf: after.run.asOf,
      findings: after.summary.findings,
      bySeverity: after.summary.bySeverity,
      outcome: after.run.outcome,
      exitReason: after.run.exitReason,
    },
    new: list(begun.filter(({ id }) => !reopenedIds.has(id))),
    reopened: list(begun.filter(({ id }) => reopenedIds.has(id))),
    unverified: list(newlyUnverified),
    fixed: list(before?.findings.filter(({ id }) => gone.has(id)) ?? []).map((finding) => ({ ...finding, status: 'pass' as const })),
    waived: list(accepted),
    // What nobody could tell then, and nobody could now, is as it was.
    persisting:
      inState('persisting').length + (unverified.length - newlyUnverified.length) + notFound.filter((one) => !hasFailed(one)).length,
    notJudged: compared?.notAsked.length ?? 0,
    newGaps: newGaps(before, after),
  };
}

function isOpen(finding: Finding | undefined): boolean {
  return finding?.status === 'fail' || finding?.status === 'unknown';
}

/** How a delta shows findings of these results. */
export function describer(...results: readonly (ScanResult | undefined)[]): (finding: Finding) => DeltaFinding {
  const titles = new Map(results.flatMap((result) => result?.policies ?? []).map(({ id, title }) => [id, title]));
  return ({ id, policyId, severity, status, scope, resource, itemKey, firstSeen, dueAt }) => ({
    id,
    policyId,
    title: titles.get(policyId) ?? policyId,
    severity,
    status: status === 'not_applicable' ? 'pass' : status,
    scope,
    type: resource.type,
    address: resource.address,
    name: resource.name,
    ...(resource.account === undefined ? {} : { account: resource.account }),
    ...(resource.region === undefined ? {} : { region: resource.region }),
    ...(itemKey === undefined ? {} : { itemKey }),
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(dueAt === undefined ? {} : { dueAt }),
  });
}

/** What was accepted by a waiver is no news. */
function gapsOf(result: ScanResult | undefined): readonly DeltaGap[] {
  return (result?.scopes ?? []).flatMap(({ id, gaps }) =>
    gaps.flatMap(({ action, reason, waiver }) => (waiver === undefined ? [{ scope: id, action, reason }] : [])),
  );
}

function newGaps(before: ScanResult | undefined, after: ScanResult): readonly DeltaGap[] {
  const key = ({ scope, action }: DeltaGap): string => JSON.stringify([scope, action]);
  const known = new Set(gapsOf(before).map(key));
  const fresh = new Map(gapsOf(after).map((gap) => [key(gap), gap]));
  return [...fresh].flatMap(([id, gap]) => (known.has(id) ? [] : [gap]));
}
