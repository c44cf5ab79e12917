import type { Finding } from '../../src/model/finding.ts';
import type { ScanResult, ScopeResult } from '../../src/model/scan-result.ts';
import type { UnknownReason } from '../../src/model/unknown.ts';

/** How a result differs from that of a healthy run. */
export interface Changes {
  /** Policies some findings of which are not as they were, sorted. */
  readonly policies: readonly string[];
  /** Why, over all findings that became unknown and all gaps. */
  readonly reasons: readonly UnknownReason[];
  /** IAM actions that are named for it. */
  readonly actions: readonly string[];
  /** Gaps that the healthy run did not have. */
  readonly gaps: number;
  /** Findings that became unknown. */
  readonly unknowns: number;
  /** What must never be: a verdict that turned into another definite one, or that is gone with nothing to stand for it. */
  readonly wrong: readonly string[];
}

/** Compares verdicts and their messages. Evidence is left aside: it shows what is unknown beside a verdict that does not rest on it. */
export function compareFindings(healthy: ScanResult, seen: ScanResult): Changes {
  const before = new Map(healthy.findings.map((finding) => [finding.id, finding]));
  const after = new Map(seen.findings.map((finding) => [finding.id, finding]));
  const gaps = seen.scopes.flatMap((scope) => scope.gaps);
  const changed = new Set<string>();
  const reasons = new Set<UnknownReason>(gaps.map(({ reason }) => reason));
  const actions = new Set<string>(gaps.map(({ action }) => action));
  const wrong: string[] = [];
  let unknowns = 0;

  const noteUnknown = (finding: Finding): void => {
    changed.add(finding.policyId);
    unknowns += 1;
    if (finding.status !== 'unknown') return;
    for (const { reason, action } of finding.unknown) {
      reasons.add(reason);
      actions.add(action ?? 'none');
    }
  };
  for (const [id, was] of before) {
    const is = after.get(id);
    if (is === undefined) {
      changed.add(was.policyId);
      if (!hasStandIn(was, seen)) wrong.push(`gone: ${describe(was)}`);
    } else if (is.status === 'unknown' && was.status !== 'unknown') {
      noteUnknown(is);
    } else if (verdictOf(is) !== verdictOf(was)) {
      changed.add(was.policyId);
      // A failure stays one with fewer things to say about it, when these come from a call that failed.
      const shorter =
        is.status === 'fail' && was.status === 'fail' && (was.message.includes(is.message) || is.message.includes('<unknown>'));
      if (!shorter) wrong.push(`${describe(was)} became ${describe(is)}`);
    }
  }
  for (const [id, is] of after) {
    if (before.has(id)) continue;
    if (is.status === 'unknown') noteUnknown(is);
    else if (is.status !== 'pass' || !isOfUnknownManager(is, seen)) wrong.push(`new: ${describe(is)}`);
  }
  return {
    policies: [...changed].sort(),
    reasons: [...reasons].sort(),
    actions: [...actions].sort(),
    gaps: gaps.length,
    unknowns,
    wrong,
  };
}

function verdictOf(finding: Finding): string {
  return JSON.stringify([finding.status, 'message' in finding ? finding.message : '', 'reason' in finding ? finding.reason : '']);
}

function describe(finding: Finding): string {
  return `${finding.policyId} ${finding.resource.address} ${finding.itemKey ?? ''} ${verdictOf(finding)}`;
}

/** A finding may only vanish behind a gap of its scope and type, or behind an unknown of the same resource. */
function hasStandIn(was: Finding, seen: ScanResult): boolean {
  const { account, region, type, name } = was.resource;
  const isItsScope = (scope: ScopeResult): boolean => scope.account === undefined || (scope.account === account && scope.region === region);
  if (seen.scopes.some((scope) => isItsScope(scope) && scope.gaps.some(({ types }) => types.includes(type)))) return true;
  // By the name: the revision that ends the ARN of a task definition is not known without its description.
  return seen.findings.some(
    ({ status, policyId, resource }) =>
      status === 'unknown' &&
      policyId === was.policyId &&
      resource.type === type &&
      resource.name === name &&
      resource.account === account &&
      resource.region === region,
  );
}

/** A key of which nobody can say who manages it is judged as one of ours; the healthy run leaves AWS's own out. */
function isOfUnknownManager(is: Finding, seen: ScanResult): boolean {
  const { type, address } = is.resource;
  return type === 'AWS::KMS::Key' && seen.findings.some((other) => other.status === 'unknown' && other.resource.address === address);
}
