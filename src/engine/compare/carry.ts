import type { Finding, UnknownFact } from '../../model/finding.ts';
import type { SelectedPolicy } from '../../model/policy.ts';
import type { Scope, ScopeModel } from '../../model/resource.ts';
import { hasFailed, type Baseline } from './compare-runs.ts';

/** What a run takes over from the one before, because it could not tell. */
export interface Carried {
  /** As they were, with their state; what failed still says fail, so that waivers speak of it. `settle` makes it unknown. */
  readonly findings: readonly Finding[];
  /** Scopes of before that the run did not come to, as failed ones. */
  readonly scopes: readonly ScopeModel[];
  /** Takes what is still fail after the waivers back to unknown: nobody saw it fail now. */
  readonly settle: (finding: Finding) => Finding;
}

/**
 * Carries on what could not be verified: its place in the account may be denied today, and it is neither fixed nor seen to fail. It keeps
 * its identity, so that an alert on it stays open.
 */
export function carryOn(
  unverified: readonly Finding[],
  judged: readonly Finding[],
  { run }: Baseline,
  scopes: readonly ScopeModel[],
  selected: readonly SelectedPolicy[],
): Carried {
  const known = new Map(scopes.map((model) => [model.scope.id, model]));
  const severities = new Map(selected.map(({ policy }) => [policy.id, policy.severity]));
  const unknowns = new Map(judged.flatMap((one) => (one.status === 'unknown' ? [[aboutKey(one), one.unknown[0]] as const] : [])));
  const missing = new Map<string, ScopeModel>();
  const facts = new Map<string, UnknownFact>();
  const findings = unverified.map((old): Finding => {
    if (!known.has(old.scope)) missing.set(old.scope, closedScope(old));
    facts.set(old.id, whyUnverified(old, known.get(old.scope), scopes, unknowns.get(aboutKey(old))));
    const { plan: _plan, expiredWaiver: _expired, ...rest } = withoutWaiver(old);
    return {
      ...(rest as Finding),
      severity: severities.get(old.policyId) ?? old.severity,
      state: hasFailed(old) ? 'unverified' : 'persisting',
      lastSeen: old.lastSeen ?? run.asOf,
    };
  });
  return {
    findings,
    scopes: [...missing.values()],
    settle: (finding) => {
      const fact = facts.get(finding.id);
      if (fact === undefined || (finding.status !== 'fail' && finding.status !== 'unknown')) return finding;
      const seen = finding.lastSeen?.slice(0, 10) ?? '';
      const message =
        finding.state === 'unverified'
          ? `could not be verified this time: ${fact.detail}; it failed when it was last judged, in the run of ${seen}`
          : `could not be judged this time either: ${fact.detail}; the run of ${seen} could not tell`;
      return { ...finding, status: 'unknown', message, unknown: [fact], evidence: [] };
    },
  };
}

/** What it was before somebody accepted it. */
function withoutWaiver(old: Finding): Finding {
  if (old.status !== 'waived') return old;
  const { waiver: _waiver, unknown, ...rest } = old;
  return unknown === undefined ? { ...rest, status: 'fail' } : { ...rest, status: 'unknown', unknown };
}

function closedScope({ scope, resource: { account, region } }: Finding): ScopeModel {
  const known: Scope = {
    id: scope,
    source: 'aws',
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
  };
  return { scope: known, status: 'failed', resources: [], gaps: [] };
}

function aboutKey({ policyId, scope, resource }: Finding): string {
  return JSON.stringify([policyId, scope, resource.address]);
}

/** What could not be known of the resource; or the gap that keeps us from it: of its type in its scope, else any there, else of its account. */
function whyUnverified(
  { resource }: Finding,
  model: ScopeModel | undefined,
  scopes: readonly ScopeModel[],
  unknown: UnknownFact | undefined,
): UnknownFact {
  if (unknown !== undefined) return unknown;
  const ofAccount = scopes.filter(({ scope }) => scope.account === undefined || scope.account === resource.account);
  const gaps = model?.gaps ?? ofAccount.filter(({ status }) => status === 'failed').flatMap((each) => each.gaps);
  const gap = gaps.find(({ types }) => types.includes(resource.type)) ?? gaps[0];
  if (gap === undefined) return { path: 'resource', reason: 'not-collected', detail: 'where it stands could not be read' };
  return { path: 'resource', reason: gap.reason, detail: `${gap.action} failed (${gap.reason})`, action: gap.action };
}
