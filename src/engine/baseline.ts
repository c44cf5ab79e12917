import type { Finding, FindingState } from '../model/finding.ts';
import type { SelectedPolicy } from '../model/policy.ts';
import type { Collection } from '../model/resource.ts';
import type { BaselineResult, ClosedFinding, ScanResult } from '../model/scan-result.ts';
import { groupBy, samePlace, subjectKey } from './same-thing.ts';

/** What is compared with: an earlier result, of the main branch or of the live account. */
export type Baseline = Pick<ScanResult, 'findings' | 'scopes'> & { readonly run: Pick<ScanResult['run'], 'id' | 'asOf'> };

export interface Compared {
  readonly findings: readonly Finding[];
  readonly result: BaselineResult;
  /** What makes the comparison weaker than it looks. */
  readonly notes: readonly string[];
}

/**
 * Tells new findings from those that were there. A finding persists if the baseline has it as a fail, an unknown or a
 * waived one (what a lapsed waiver covered is not new): by its id, by an id of a former address, or, where the sources differ, by what it
 * is about. Only a fail after an unknown is new: then the violation was not seen. What the baseline has and this run judged otherwise
 * is fixed; what this run did not judge is neither.
 */
export function compareWithBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  collection: Collection,
  selected: readonly SelectedPolicy[],
): Compared {
  const before = withPresentIds(baseline.findings, selected).filter(({ status }) => status !== 'pass' && status !== 'not_applicable');
  const byId = new Map(before.map((finding) => [finding.id, finding]));
  const byPlace = new Map(before.map((finding) => [placeKey(finding), finding]));
  const bySubject = groupBy(before, subjectKey);
  const met = new Set<string>();
  const sources = sourcesOf(baseline);
  const now = new Map(collection.scopes.map(({ scope }) => [scope.id, scope.source]));
  const counts = { new: 0, persisting: 0 };
  const marked = findings.map((finding): Finding => {
    if (finding.status !== 'fail' && finding.status !== 'unknown') return finding;
    const old = findOld(finding, { byId, byPlace, bySubject, sources }, now);
    for (const one of old) met.add(one.id);
    const state = stateOf(finding, old);
    counts[state] += 1;
    return { ...finding, state };
  });
  const open = before.filter(({ id }) => !met.has(id));
  const fixed = open.length === 0 ? [] : open.filter(createJudged(findings, baseline, collection, selected)).map(closed);
  return {
    findings: marked,
    result: { runId: baseline.run.id, asOf: baseline.run.asOf, ...counts, fixed, notJudged: open.length - fixed.length },
    notes: notesOn(baseline, collection),
  };
}

/** A baseline that does not hold what is compared with it makes everything new. */
function notesOn({ scopes }: Baseline, collection: Collection): readonly string[] {
  const before = new Map(scopes.map((scope) => [scope.id, scope]));
  return collection.scopes.flatMap(({ scope: { id, source } }) => {
    const same = before.get(id);
    if (same === undefined) {
      const comparable = scopes.some((scope) => scope.source !== source);
      return comparable ? [] : [`the baseline has nothing of ${id}, so all of it is new; code needs the same --root in both runs`];
    }
    const part = same.whole === false || same.status !== 'complete';
    return part ? [`the baseline has only a part of ${id}, so what is called new there may be old`] : [];
  });
}

function stateOf(finding: Finding, old: readonly Finding[]): FindingState {
  if (old.length === 0) return 'new';
  return finding.status === 'fail' && old.every(({ status }) => status === 'unknown') ? 'new' : 'persisting';
}

type Sources = ReadonlyMap<string, string>;

function sourcesOf({ scopes }: Pick<Baseline, 'scopes'>): Sources {
  return new Map(scopes.map(({ id, source }) => [id, source]));
}

/** Policies under the ids that they have today. */
function withPresentIds(findings: readonly Finding[], selected: readonly SelectedPolicy[]): readonly Finding[] {
  const renamed = new Map(selected.flatMap(({ policy }) => policy.aliases.map((alias) => [alias, policy.id] as const)));
  if (renamed.size === 0) return findings;
  return findings.map((finding) => {
    const policyId = renamed.get(finding.policyId);
    return policyId === undefined ? finding : { ...finding, policyId };
  });
}

/** What a finding is about in its own scope: an id holds that too, and with it the name that the policy had. */
function placeKey({ policyId, scope, resource, itemKey }: Finding): string {
  return JSON.stringify([policyId, scope, resource.type, resource.address, itemKey ?? null]);
}

interface Before {
  readonly byId: ReadonlyMap<string, Finding>;
  readonly byPlace: ReadonlyMap<string, Finding>;
  readonly bySubject: ReadonlyMap<string, readonly Finding[]>;
  readonly sources: Sources;
}

/** Findings of the baseline that this one is: by id, else by subject across sources. */
function findOld(finding: Finding, { byId, byPlace, bySubject, sources }: Before, now: Sources): readonly Finding[] {
  const ids = [finding.id, ...(finding.previousIds ?? [])];
  const same = ids.map((id) => byId.get(id)).find((one) => one !== undefined) ?? byPlace.get(placeKey(finding));
  if (same) return [same];
  const key = subjectKey(finding);
  if (key === undefined) return [];
  return (bySubject.get(key) ?? []).filter(
    (old) =>
      sources.get(old.scope) !== now.get(finding.scope) && samePlace(old.resource, finding.resource) && old.itemKey === finding.itemKey,
  );
}

/** Whether this run judged what a finding of the baseline is about, so that its absence means something. */
function createJudged(
  findings: readonly Finding[],
  baseline: Baseline,
  collection: Collection,
  selected: readonly SelectedPolicy[],
): (old: Finding) => boolean {
  const scopes = new Map(collection.scopes.map((model) => [model.scope.id, model]));
  const resources = collection.scopes.flatMap(({ scope, resources: all }) => all.map((resource) => ({ scope, resource })));
  // By the addresses that they had before too, those that they have now last: another may have taken the place of one that moved.
  const present = new Map(
    [true, false].flatMap((before) =>
      resources.flatMap(({ scope, resource }) =>
        (before ? (resource.previousAddresses ?? []) : [resource.address]).map(
          (address) => [JSON.stringify([scope.id, address]), resource.address] as const,
        ),
      ),
    ),
  );
  const byName = groupBy(resources, ({ resource }) =>
    resource.name === resource.address ? undefined : JSON.stringify([resource.type, resource.name]),
  );
  const judgedIn = new Map(selected.map(({ policy }) => [policy.id, policy.sources]));
  const sources = sourcesOf(baseline);
  const unknowns = findings.filter(({ status }) => status === 'unknown');
  // A list that is not known, or an item of it, may hold the item of then.
  const unsure = new Set(unknowns.map(({ policyId, scope, resource }) => JSON.stringify([policyId, scope, resource.address])));
  const open = groupBy(
    findings.filter(({ status }) => status === 'fail' || status === 'unknown'),
    subjectKey,
  );
  return (old) => {
    const { policyId, resource } = old;
    const scope = scopes.get(old.scope);
    if (scope) {
      if (judgedIn.get(policyId)?.includes(scope.scope.source) !== true) return false;
      const address = present.get(JSON.stringify([old.scope, resource.address]));
      // Gone from a scope that was read as a whole: it is not there any more.
      if (address === undefined) return scope.whole !== false && scope.status === 'complete';
      return !unsure.has(JSON.stringify([policyId, old.scope, address]));
    }
    const named = byName.get(JSON.stringify([resource.type, resource.name])) ?? [];
    const here = named.filter((one) => one.scope.source !== sources.get(old.scope) && samePlace(one.resource, resource));
    if (!here.some((one) => judgedIn.get(policyId)?.includes(one.scope.source) === true)) return false;
    // Of another source, an item that fails here may be the one of then, under a key that is written otherwise.
    return !(open.get(subjectKey(old) ?? '') ?? []).some((one) => samePlace(one.resource, resource));
  };
}

function closed({ id, policyId, severity, resource, itemKey }: Finding): ClosedFinding {
  return { id, policyId, severity, address: resource.address, name: resource.name, ...(itemKey === undefined ? {} : { itemKey }) };
}
