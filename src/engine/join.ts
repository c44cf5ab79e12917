import type { Finding, PlanEffect } from '../model/finding.ts';
import type { SourceLocation } from '../model/location.ts';
import type { SelectedPolicy } from '../model/policy.ts';
import type { Collection, Resource, Scope } from '../model/resource.ts';
import type { Run } from '../model/scan-result.ts';
import { groupBy, samePlace, subjectKey } from './same-thing.ts';

/** Whether there is something to join. */
export function hasBoth({ scopes }: Collection): boolean {
  return scopes.some(({ scope }) => scope.source === 'aws') && scopes.some(({ scope }) => scope.source !== 'aws');
}

interface Declared {
  readonly scope: Scope;
  readonly resource: Resource;
}

/**
 * Joins what a live account says with what the code says of the same things. A live finding then names the file and line
 * to edit, and what becomes of it when the code is applied: fixed if the code passes there, left if it fails too or is silent on it,
 * undecided if that is not known before. Undefined unless the run has both. Needs the findings of every status.
 */
export function joinSources(
  findings: readonly Finding[],
  collection: Collection,
  selected: readonly SelectedPolicy[],
): { readonly findings: readonly Finding[]; readonly plan: NonNullable<Run['plan']> } | undefined {
  if (!hasBoth(collection)) return undefined;
  const live = new Set(collection.scopes.filter(({ scope }) => scope.source === 'aws').map(({ scope }) => scope.id));
  const declared = groupBy(
    collection.scopes
      .filter(({ scope }) => !live.has(scope.id))
      .flatMap(({ scope, resources }) => resources.map((resource): Declared => ({ scope, resource }))),
    ({ resource }) => (resource.name === resource.address ? undefined : nameKey(resource)),
  );
  const inCode = groupBy(
    findings.filter(({ scope }) => !live.has(scope)),
    subjectKey,
  );
  const liveKeys = new Set(
    findings.filter(({ scope }) => live.has(scope)).map(({ policyId, itemKey }) => JSON.stringify([policyId, itemKey ?? null])),
  );
  const policies = new Map(selected.map(({ policy }) => [policy.id, policy]));
  const counts = { fixed: 0, left: 0, undecided: 0, elsewhere: 0 };
  const joined = findings.map((finding): Finding => {
    if (!live.has(finding.scope) || (finding.status !== 'fail' && finding.status !== 'unknown')) return finding;
    const target = declared.get(nameKey(finding.resource))?.find(({ resource }) => samePlace(resource, finding.resource));
    if (target === undefined) {
      counts.elsewhere += 1;
      return finding;
    }
    const same = (inCode.get(subjectKey(finding) ?? '') ?? []).filter(({ resource }) => resource.address === target.resource.address);
    const policy = policies.get(finding.policyId);
    const effect = policy?.sources.includes(target.scope.source) === true ? effectOn(finding, same, target.resource, liveKeys) : 'left';
    counts[effect] += 1;
    const location = placeOf(finding, effect === 'fixed' ? [] : same, target.resource, policy?.assert[0]?.locate);
    return { ...finding, plan: effect, ...(location === undefined ? {} : { location }) };
  });
  return { findings: joined, plan: counts };
}

function nameKey({ type, name }: Pick<Resource, 'type' | 'name'>): string {
  return JSON.stringify([type, name]);
}

/** What becomes of the finding, whose policy judges the code too. */
function effectOn(finding: Finding, inCode: readonly Finding[], { change }: Resource, liveKeys: ReadonlySet<string>): PlanEffect {
  const fails = inCode.filter(({ status }) => status === 'fail');
  if (fails.some(({ itemKey }) => itemKey === finding.itemKey)) return 'left';
  // An item that the account does not have by this key may be the same one, written otherwise: ARNs are not known before apply.
  if (fails.some(({ policyId, itemKey }) => !liveKeys.has(JSON.stringify([policyId, itemKey ?? null])))) return 'left';
  // Nothing is done to it, so nothing changes, whatever the code says.
  if (change === 'none') return 'left';
  return inCode.length === 0 || inCode.some(({ status }) => status === 'unknown') ? 'undecided' : 'fixed';
}

function placeOf(finding: Finding, inCode: readonly Finding[], resource: Resource, chain: string | undefined): SourceLocation | undefined {
  const open = inCode.filter(({ location }) => location !== undefined);
  const same = open.find(({ itemKey }) => itemKey === finding.itemKey) ?? open[0];
  const path = chain?.startsWith('resource.') === true ? chain.slice('resource.'.length) : '';
  return same?.location ?? resource.locate?.(path);
}
