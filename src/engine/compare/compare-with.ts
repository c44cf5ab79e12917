import type { Finding } from '../../model/finding.ts';
import type { SelectedPolicy } from '../../model/policy.ts';
import type { Collection, ScopeModel } from '../../model/resource.ts';
import type { BaselineResult, ClosedFinding } from '../../model/scan-result.ts';
import { compareFindings } from '../order.ts';
import { carryOn, type Carried } from './carry.ts';
import { compareRuns, type Baseline, type Compared } from './compare-runs.ts';
import { comparisonNotes } from './notes.ts';
import { seenInCollection } from './seen.ts';
import { stampLastSeen } from './stamp.ts';

/** A run beside the one before. */
export interface Comparison extends Pick<Compared, 'before' | 'fixed' | 'notAsked'>, Pick<Carried, 'settle'> {
  /** Of this run, and what it carries on, in their order. */
  readonly findings: readonly Finding[];
  /** Of this run, and those of before that it did not come to. */
  readonly scopes: readonly ScopeModel[];
  /** Counts are those before the waivers. */
  readonly result: BaselineResult;
  readonly notes: readonly string[];
  /** When a scope that could not be read as a whole was: all that was open since is here, so that nothing of it seems to be gone. */
  readonly carriedFrom: (scope: ScopeModel) => string | undefined;
}

/** Compares what was judged with an earlier run, and takes over from it what could not be verified this time. */
export function compareWith(
  findings: readonly Finding[],
  baseline: Baseline,
  collection: Collection,
  selected: readonly SelectedPolicy[],
): Comparison {
  const seen = seenInCollection(collection, selected);
  const compared = compareRuns(findings, baseline, seen);
  const { before, fixed, unverified, notAsked } = compared;
  const carried = carryOn(unverified, compared.findings, baseline, collection.scopes, selected);
  const own = compared.findings.map((finding) => stampLastSeen(finding, before.get(finding.id), baseline));
  return {
    findings: carried.findings.length === 0 ? own : [...own, ...carried.findings].sort(compareFindings),
    scopes: [...collection.scopes, ...carried.scopes],
    before: new Map([...before, ...unverified.map((one) => [one.id, one] as const)]),
    fixed,
    notAsked,
    settle: carried.settle,
    result: {
      runId: baseline.run.id,
      asOf: baseline.run.asOf,
      ...{ new: 0, persisting: 0, reopened: 0, unverified: 0 },
      fixed: fixed.map(closed),
      notJudged: notAsked.length,
    },
    notes: comparisonNotes(baseline, seen),
    carriedFrom: (scope) => (scope.status === 'complete' ? undefined : lastWhole(scope, baseline)),
  };
}

/** By what the baseline remembers, or by what it read itself. The scope of an account that could not be entered stands for all its regions. */
function lastWhole({ scope: { id, source, account, region } }: ScopeModel, { whole, scopes, run }: Baseline): string | undefined {
  const moments = new Map<string, string>([
    ...scopes.flatMap((each) => {
      const at = each.status === 'complete' && each.whole !== false ? run.asOf : each.carriedFrom;
      return at === undefined ? [] : [[each.id, at] as const];
    }),
    ...Object.entries(whole ?? {}),
  ]);
  const own = moments.get(id);
  if (own !== undefined || source !== 'aws' || region !== undefined || account === undefined) return own;
  const ofAccount = [...moments].filter(([scope]) => scope.startsWith(`aws/${account}/`) && !scope.endsWith('/global'));
  return ofAccount.map(([, at]) => at).sort()[0];
}

function closed({ id, policyId, severity, resource, itemKey }: Finding): ClosedFinding {
  return { id, policyId, severity, address: resource.address, name: resource.name, ...(itemKey === undefined ? {} : { itemKey }) };
}
