import type { Finding, PlanEffect } from '../model/finding.ts';
import type { SourceLocation } from '../model/location.ts';
import type { SelectedPolicy } from '../model/policy.ts';
import type { Collection, Resource, Scope } from '../model/resource.ts';
import type { Run } from '../model/scan-result.ts';
import { groupBy, samePlace, subjectKey } from './same-thing.ts';

interface Declared {
  readonly scope: Scope;
  readonly resource: Resource;
}

/**
 * Joins what a live account says with what the code says of the same things. A live finding then names the file and line
 * to edit, and what becomes of it when the code is applied: fixed if the code passes there, left if it fails too, undecided
 * if that is not known before. Undefined unless the run has both. Needs the findings of every status.
 */
export function joinSources(
  findings: readonly Finding[],
  collection: Collection,
  selected: readonly SelectedPolicy[],
): { readonly findings: readonly Finding[]; readonly plan: NonNullable<Run['plan']> } | undefined {
  const live = new Set(collection.scopes.filter(({ scope }) => scope.source === 'aws').map(({ scope }) => scope.id));
  if (live.size === 0 || live.size === collection.scopes.length) return undefined;
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
  const places = new Map(selected.map(({ policy }) => [policy.id, policy.assert[0]?.locate]));
  const counts = { fixed: 0, left: 0, undecided: 0, elsewhere: 0 };
  const joined = findings.map((finding): Finding => {
    if (!live.has(finding.scope) || (finding.status !== 'fail' && finding.status !== 'unknown')) return finding;
    const target = declared.get(nameKey(finding.resource))?.find(({ resource }) => samePlace(resource, finding.resource));
    if (target === undefined) {
      counts.elsewhere += 1;
      return finding;
    }
    const same = (inCode.get(subjectKey(finding) ?? '') ?? []).filter(({ resource }) => resource.address === target.resource.address);
    const effect = effectOn(finding, same, liveKeys);
    counts[effect] += 1;
    const location = placeOf(finding, same, target.resource, places.get(finding.policyId));
    return { ...finding, plan: effect, ...(location === undefined ? {} : { location }) };
  });
  return { findings: joined, plan: counts };
}

function nameKey({ type, name }: Pick<Resource, 'type' | 'name'>): string {
  return JSON.stringify([type, name]);
}

function effectOn(finding: Finding, inCode: readonly Finding[], liveKeys: ReadonlySet<string>): PlanEffect {
  // A policy that says nothing of the code (it only means a live account) leaves the finding as it is.
  if (inCode.length === 0 || inCode.every((one) => one.status === 'not_applicable' && one.reason === onlyLive)) return 'left';
  const fails = inCode.filter(({ status }) => status === 'fail');
  if (fails.some(({ itemKey }) => itemKey === finding.itemKey)) return 'left';
  // An item that the account does not have by this key may be the same one, written otherwise: ARNs are not known before apply.
  if (fails.some(({ policyId, itemKey }) => !liveKeys.has(JSON.stringify([policyId, itemKey ?? null])))) return 'left';
  return inCode.some(({ status }) => status === 'unknown') ? 'undecided' : 'fixed';
}

const onlyLive = 'only known in a live account';

function placeOf(finding: Finding, inCode: readonly Finding[], resource: Resource, chain: string | undefined): SourceLocation | undefined {
  const open = inCode.filter(({ location }) => location !== undefined);
  const same = open.find(({ itemKey }) => itemKey === finding.itemKey) ?? open[0];
  const path = chain?.startsWith('resource.') === true ? chain.slice('resource.'.length) : '';
  return same?.location ?? resource.locate?.(path);
}
