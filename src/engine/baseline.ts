import type { Finding, FindingState } from '../model/finding.ts';
import type { BaselineResult, ClosedFinding, ScanResult } from '../model/scan-result.ts';
import type { Collection } from '../model/resource.ts';
import { groupBy, samePlace, subjectKey } from './same-thing.ts';

/** What is compared with: an earlier result, of the main branch or of the live account. */
export type Baseline = Pick<ScanResult, 'findings' | 'scopes'> & { readonly run: Pick<ScanResult['run'], 'id' | 'asOf'> };

export interface Compared {
  readonly findings: readonly Finding[];
  readonly result: BaselineResult;
}

/**
 * Tells new findings from those that were there. A finding persists if the baseline has it as a fail, an unknown or a
 * waived one: by its id, by an id of a former address, or, where the sources differ, by what it is about. Only a fail after an
 * unknown is new: then the violation was not seen. What the baseline has and this run judged otherwise is fixed; what this
 * run did not judge is neither.
 */
export function compareWithBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  collection: Collection,
  judgedPolicies: ReadonlySet<string>,
): Compared {
  const before = baseline.findings.filter(({ status }) => status === 'fail' || status === 'unknown' || status === 'waived');
  const byId = new Map(before.map((finding) => [finding.id, finding]));
  const bySubject = groupBy(before, subjectKey);
  const met = new Set<string>();
  const sources = sourcesOf(baseline);
  const marked = findings.map((finding): Finding => {
    if (finding.status !== 'fail' && finding.status !== 'unknown') return finding;
    const old = findOld(finding, byId, bySubject, sources, collection);
    for (const one of old) met.add(one.id);
    return { ...finding, state: stateOf(finding, old) };
  });
  const open = before.filter(({ id }) => !met.has(id));
  const judged = createJudged(collection, baseline, judgedPolicies);
  const fixed = open.filter(judged).map(closed);
  const count = (state: FindingState): number => marked.filter((finding) => finding.state === state).length;
  return {
    findings: marked,
    result: {
      runId: baseline.run.id,
      asOf: baseline.run.asOf,
      new: count('new'),
      persisting: count('persisting'),
      fixed,
      notJudged: open.length - fixed.length,
    },
  };
}

function stateOf(finding: Finding, old: readonly Finding[]): FindingState {
  if (old.length === 0) return 'new';
  return finding.status === 'fail' && old.every(({ status }) => status === 'unknown') ? 'new' : 'persisting';
}

type Sources = ReadonlyMap<string, string>;

function sourcesOf({ scopes }: Pick<Baseline, 'scopes'>): Sources {
  return new Map(scopes.map(({ id, source }) => [id, source]));
}

/** Findings of the baseline that this one is: by id, else by subject across sources. */
function findOld(
  finding: Finding,
  byId: ReadonlyMap<string, Finding>,
  bySubject: ReadonlyMap<string, readonly Finding[]>,
  sources: Sources,
  collection: Collection,
): readonly Finding[] {
  const same = [finding.id, ...(finding.previousIds ?? [])].map((id) => byId.get(id)).find((one) => one !== undefined);
  if (same) return [same];
  const key = subjectKey(finding);
  if (key === undefined) return [];
  const source = collection.scopes.find(({ scope }) => scope.id === finding.scope)?.scope.source;
  return (bySubject.get(key) ?? []).filter(
    (old) => sources.get(old.scope) !== source && samePlace(old.resource, finding.resource) && old.itemKey === finding.itemKey,
  );
}

/** Whether this run judged what a finding of the baseline is about, so that its absence means something. */
function createJudged(collection: Collection, baseline: Baseline, judgedPolicies: ReadonlySet<string>): (old: Finding) => boolean {
  const scopes = new Map(collection.scopes.map((model) => [model.scope.id, model]));
  const resources = collection.scopes.flatMap(({ scope, resources: all }) => all.map((resource) => ({ scope, resource })));
  const byAddress = new Set(
    resources.flatMap(({ scope, resource }) =>
      [resource.address, ...(resource.previousAddresses ?? [])].map((address) => JSON.stringify([scope.id, address])),
    ),
  );
  const byName = groupBy(resources, ({ resource }) =>
    resource.name === resource.address ? undefined : JSON.stringify([resource.type, resource.name]),
  );
  const sources = sourcesOf(baseline);
  return (old) => {
    if (!judgedPolicies.has(old.policyId)) return false;
    const scope = scopes.get(old.scope);
    if (scope) {
      // Gone from a scope that was read as a whole: it is not there any more.
      return byAddress.has(JSON.stringify([old.scope, old.resource.address])) || (scope.whole !== false && scope.status === 'complete');
    }
    const named = byName.get(JSON.stringify([old.resource.type, old.resource.name])) ?? [];
    return named.some(({ scope: other, resource }) => other.source !== sources.get(old.scope) && samePlace(resource, old.resource));
  };
}

function closed({ id, policyId, severity, resource, itemKey }: Finding): ClosedFinding {
  return { id, policyId, severity, address: resource.address, name: resource.name, ...(itemKey === undefined ? {} : { itemKey }) };
}
