import type { Finding, FindingState } from '../../model/finding.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import { groupBy, samePlace, subjectKey } from '../same-thing.ts';
import { createJudgement } from './judgement.ts';
import type { Seen } from './seen.ts';

/** What is compared with: an earlier result, of the main branch or of the live account, or what a state remembers. */
export interface Baseline {
  readonly run: Pick<ScanResult['run'], 'id' | 'asOf'>;
  readonly findings: readonly Finding[];
  readonly scopes: ScanResult['scopes'];
  /** Ids of what was open once and was fixed. Absent: nobody kept them. */
  readonly fixedIds?: ReadonlySet<string>;
  /** When each scope was last read as a whole, by id: ISO 8601. Absent: as `scopes` say. */
  readonly whole?: { readonly [scope: string]: string };
}

/** Findings of before by what became of them, and those of now with their state. */
export interface Compared {
  /** In their order; fail and unknown have a state. */
  readonly findings: readonly Finding[];
  /** The finding of before that each of these is, by the id of today. */
  readonly before: ReadonlyMap<string, Finding>;
  readonly fixed: readonly Finding[];
  /** The run was to judge them and could not. */
  readonly unverified: readonly Finding[];
  readonly notAsked: readonly Finding[];
}

/**
 * Tells new findings from those that were there. A finding persists if the run before has it as a fail, an unknown or a
 * waived one (what a lapsed waiver covered is not new): by its id, by an id of a former address, or, where the sources differ, by what it
 * is about. Only a fail after an unknown is new: then the violation was not seen. An unknown after a fail is unverified. What the run before
 * has and this one judged otherwise is fixed; what this one could not judge, or was not asked to, is not.
 */
export function compareRuns(findings: readonly Finding[], baseline: Baseline, seen: Seen): Compared {
  const old = withPresentIds(baseline.findings, seen).filter(({ status }) => status !== 'pass' && status !== 'not_applicable');
  const sources = sourcesOf(baseline);
  const index: Before = {
    byId: new Map(old.map((finding) => [finding.id, finding])),
    byPlace: new Map(old.map((finding) => [placeKey(finding), finding])),
    bySubject: groupBy(old, subjectKey),
    sources,
  };
  const now = new Map(seen.scopes.map(({ id, source }) => [id, source]));
  const met = new Set<string>();
  const metElsewhere = new Set<string>();
  const before = new Map<string, Finding>();
  const marked = findings.map((finding): Finding => {
    if (finding.status === 'pass' || finding.status === 'not_applicable') return finding;
    const same = findOld(finding, index, now);
    // What another source says of the same thing does not judge it where it was found.
    for (const one of same) (sources.get(one.scope) === now.get(finding.scope) ? met : metElsewhere).add(one.id);
    const [first] = same;
    if (first !== undefined) before.set(finding.id, worstOf(same, first));
    return finding.status === 'waived' ? finding : { ...finding, state: stateOf(finding, same, baseline.fixedIds) };
  });
  // A state goes on with both: the account is not fixed by code that is to be applied, nor open because the code is.
  const remembers = baseline.fixedIds !== undefined;
  const judgementOf = createJudgement(findings, seen, { sources, acrossSources: !remembers });
  const left = groupBy(
    old.filter(({ id }) => !met.has(id)),
    judgementOf,
  );
  return {
    findings: marked,
    before,
    fixed: left.get('judged') ?? [],
    unverified: left.get('unverified') ?? [],
    notAsked: (left.get('not-asked') ?? []).filter(({ id }) => remembers || !metElsewhere.has(id)),
  };
}

/** Which source each scope is of; an id says it too, where the scope was not part of the last run that a state has. */
function sourcesOf({ scopes, findings }: Baseline): ReadonlyMap<string, string> {
  return new Map([
    ...findings.map(({ scope }) => [scope, scope.split('/', 1)[0] ?? scope] as const),
    ...scopes.map(({ id, source }) => [id, source] as const),
  ]);
}

/** Whether it is known to have failed: then or, of what could not be verified then, before. */
export function hasFailed({ status, state, ...finding }: Finding): boolean {
  return status === 'fail' || state === 'unverified' || (status === 'waived' && !('unknown' in finding && finding.unknown !== undefined));
}

function stateOf(finding: Finding, old: readonly Finding[], fixedIds: ReadonlySet<string> | undefined): FindingState {
  const failed = old.some(hasFailed);
  if (finding.status === 'unknown') return failed ? 'unverified' : old.length > 0 ? 'persisting' : 'new';
  if (failed || old.some(({ status }) => status === 'waived')) return 'persisting';
  return idsOf(finding).some((id) => fixedIds?.has(id) === true) ? 'reopened' : 'new';
}

function worstOf(same: readonly Finding[], first: Finding): Finding {
  return same.find(hasFailed) ?? first;
}

function idsOf({ id, previousIds = [] }: Finding): readonly string[] {
  return [id, ...previousIds];
}

/** Policies under the ids that they have today. */
function withPresentIds(findings: readonly Finding[], { policies }: Seen): readonly Finding[] {
  const renamed = new Map(policies.flatMap(({ id, aliases }) => aliases.map((alias) => [alias, id] as const)));
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
  readonly sources: ReadonlyMap<string, string>;
}

/** Findings of before that this one is: by id, else by subject across sources. */
function findOld(finding: Finding, { byId, byPlace, bySubject, sources }: Before, now: ReadonlyMap<string, string>): readonly Finding[] {
  const same =
    idsOf(finding)
      .map((id) => byId.get(id))
      .find((one) => one !== undefined) ?? byPlace.get(placeKey(finding));
  if (same) return [same];
  const key = subjectKey(finding);
  if (key === undefined) return [];
  return (bySubject.get(key) ?? []).filter(
    (old) =>
      sources.get(old.scope) !== now.get(finding.scope) && samePlace(old.resource, finding.resource) && old.itemKey === finding.itemKey,
  );
}
