import {
  controlStatuses,
  type ControlStatus,
  type FrameworkEvidence,
  type PolicyEvidence,
  type RequirementEvidence,
} from '../../model/control-evidence.ts';
import { statuses } from '../../model/finding.ts';
import type { CoveredFramework } from '../../model/framework.ts';
import type { PolicyResult, ScanResult, ScopeResult, StatusCounts } from '../../model/scan-result.ts';

/**
 * The evidence by requirement. Which policies are mapped is known twice: the built-in pack says it of its own, also of
 * those that the run left out; the run says it of policies that were added to the pack.
 */
export function collectEvidence(result: ScanResult, framework: CoveredFramework): FrameworkEvidence {
  const requirements = framework.requirements.map((requirement): RequirementEvidence => {
    const { id, title, mapped } = requirement;
    const claims = ({ controls }: PolicyResult): boolean =>
      controls.some((control) => control.framework === framework.id && control.id === id);
    const ids = new Set([...requirement.policies, ...result.policies.filter(claims).map((policy) => policy.id)]);
    const policies = [...ids].sort().map((policy) => judgePolicy(policy, result));
    const counts = sum(policies.flatMap((policy) => policy.counts ?? []));
    return { id, title, mapped, status: statusOf(policies, counts), policies, counts };
  });
  const { id, title, version, url } = framework;
  const { run, scopes } = result;
  const countOf = (status: ControlStatus): number => requirements.filter((requirement) => requirement.status === status).length;
  return {
    framework: { id, title, version, url },
    run: { id: run.id, asOf: run.asOf, toolVersion: run.tool.version },
    scopes: scopes.map((scope) => scope.id),
    summary: Object.fromEntries(controlStatuses.map((status) => [status, countOf(status)])) as FrameworkEvidence['summary'],
    requirements,
  };
}

function statusOf(policies: readonly PolicyEvidence[], counts: StatusCounts): ControlStatus {
  if (policies.length === 0) return 'not_covered';
  if (counts.fail > 0) return 'not_met';
  if (counts.unknown > 0 || policies.some(({ reasons }) => reasons.length > 0)) return 'unknown';
  if (counts.waived > 0) return 'waived';
  return counts.pass > 0 ? 'met' : 'not_applicable';
}

function judgePolicy(id: string, { policies, scopes, run }: ScanResult): PolicyEvidence {
  const policy = policies.find((one) => one.id === id || one.aliases.includes(id));
  if (policy === undefined) return { id, reasons: ['it did not run'] };
  const { title, counts } = policy;
  const judged = scopes.filter(({ source }) => policy.sources.includes(source));
  const reasons = [
    ...(judged.length === 0 ? [`it judges ${policy.sources.join(', ')} only, of which nothing was read`] : []),
    ...(run.outcome === 'interrupted' ? ['the run was interrupted'] : []),
    ...new Set(judged.flatMap((scope) => missingIn(scope, policy))),
    ...(counts.unknown > 0 ? [`${String(counts.unknown)} unknown`] : []),
  ];
  return { id: policy.id, title, counts, reasons };
}

/** What of a scope the policy may not have seen. */
function missingIn(scope: ScopeResult, policy: PolicyResult): readonly string[] {
  if (scope.status === 'failed') return [`${scope.id} could not be read`];
  const gaps = scope.gaps.filter(({ types }) => types.some((type) => policy.resources.includes(type)));
  return [
    ...gaps.map(({ operation, reason }) => `${scope.id}: ${operation} failed (${reason})`),
    ...(scope.status === 'partial' && scope.gaps.length === 0 ? [`${scope.id} was read in part`] : []),
    ...(scope.whole === false ? [`only a part of ${scope.id} was judged`] : []),
  ];
}

function sum(counts: readonly StatusCounts[]): StatusCounts {
  const total = statuses.map((status) => [status, counts.reduce((so, one) => so + one[status], 0)] as const);
  return Object.fromEntries(total) as StatusCounts;
}
