import type { Finding, Status } from './model/finding.ts';
import type { SelectedPolicy } from './model/policy.ts';
import type { ScopeModel } from './model/resource.ts';
import type { PolicyResult, ScopeResult, StatusCounts, Summary } from './model/scan-result.ts';
import { severities, type Severity } from './model/severity.ts';

/** No finding of any status. */
export const noCounts: StatusCounts = { pass: 0, fail: 0, unknown: 0, waived: 0, not_applicable: 0 };

/** How much was read in a scope, and what could not be. `carriedFrom`: when it was last read as a whole, where this run takes that over. */
export function describeScope({ scope, status, whole, resources, gaps }: ScopeModel, carriedFrom: string | undefined): ScopeResult {
  const counts = new Map<string, number>();
  for (const { type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  const byType = Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    ...scope,
    status,
    ...(whole === false ? { whole } : {}),
    resources: byType,
    gaps,
    ...(carriedFrom === undefined ? {} : { carriedFrom }),
  };
}

/** A policy as the result shows it, with the params of the run. */
export function describePolicy({ policy, params, off, overrides }: SelectedPolicy, counts: StatusCounts): PolicyResult {
  const { id, aliases, title, severity, description, resources, sources, tags, controls, equivalents, deprecated, remediation } = policy;
  return {
    ...{ id, aliases, title, severity, description, resources, sources, tags, controls, equivalents },
    ...(deprecated === undefined ? {} : { deprecated }),
    params,
    ...(off === undefined ? {} : { off }),
    ...(overrides === undefined ? {} : { overrides }),
    remediation,
    counts,
  };
}

/** The counts of all policies together. */
export function summarise(scopes: readonly ScopeModel[], policies: readonly PolicyResult[]): Summary {
  const total: { [status in Status]: number } = { ...noCounts };
  const bySeverity = Object.fromEntries(severities.map((severity) => [severity, { fail: 0, unknown: 0 }])) as {
    [severity in Severity]: { fail: number; unknown: number };
  };
  for (const { counts, severity } of policies) {
    for (const status of Object.keys(counts) as Status[]) total[status] += counts[status];
    bySeverity[severity].fail += counts.fail;
    bySeverity[severity].unknown += counts.unknown;
  }
  return { resources: scopes.reduce((sum, scope) => sum + scope.resources.length, 0), findings: total, bySeverity };
}

/** By how much the counts of each policy differ between two lists of findings. */
export function differenceOf(before: readonly Finding[], after: readonly Finding[]): ReadonlyMap<string, StatusCounts> {
  const changes = new Map<string, { [status in Status]: number }>();
  const add = (findings: readonly Finding[], by: 1 | -1): void => {
    for (const { policyId, status } of findings) {
      const change = changes.get(policyId) ?? { ...noCounts };
      changes.set(policyId, change);
      change[status] += by;
    }
  };
  add(before, -1);
  add(after, 1);
  return changes;
}

/** Adds up, status by status. */
export function addCounts(a: StatusCounts, b: StatusCounts): StatusCounts {
  return {
    pass: a.pass + b.pass,
    fail: a.fail + b.fail,
    unknown: a.unknown + b.unknown,
    waived: a.waived + b.waived,
    not_applicable: a.not_applicable + b.not_applicable,
  };
}
