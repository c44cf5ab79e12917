import type { Finding } from '../../model/finding.ts';
import type { SourceLocation } from '../../model/location.ts';
import type { Gap, Scope } from '../../model/resource.ts';
import type { CodeMatch, Waivable, Waiver, WaiverMatch } from '../../model/waiver.ts';
import { starMatches } from './star-pattern.ts';

/** A finding that a waiver may cover, with what it does not say itself. */
export interface Coverable {
  readonly finding: Extract<Finding, { readonly status: 'fail' | 'unknown' }>;
  readonly scope: Scope;
  /** Where the block of its resource begins; undefined where that is not known, and for a live account. */
  readonly block: () => SourceLocation | undefined;
}

/** Whether a waiver covers findings of this status. */
export function coversStatus({ target }: Waiver, status: Waivable): boolean {
  return target.kind !== 'gap' && target.covers.includes(status);
}

/** Whether a waiver speaks of a finding, its dates and the status of the finding aside. `policyIds`: the ids that the policy has and had. */
export function speaksOf({ target }: Waiver, one: Coverable, policyIds: readonly string[]): boolean {
  if (target.kind === 'gap') return false;
  if (!target.policies.some((id) => id === '*' || policyIds.includes(id))) return false;
  return target.kind === 'code' ? standsAt(target.match, one) : matches(target.match, one);
}

/**
 * Whether a waiver speaks of a gap, its dates aside. What may be accepted is that an action is not allowed; that it was throttled or
 * that the service had a bad day passes, and is no reason to look away.
 */
export function coversGap({ target }: Waiver, gap: Gap, scope: Scope): boolean {
  return target.kind === 'gap' && gap.reason === 'access-denied' && target.action === gap.action && starMatches(target.scope, scope.id);
}

/** Whether nothing but the rule about tags of live resources keeps a waiver from speaking of a finding. */
export function speaksByLiveTags(waiver: Waiver, one: Coverable, policyIds: readonly string[]): boolean {
  const { target } = waiver;
  if (target.kind !== 'resources' || target.match.tags === undefined || target.match.liveTags === true || one.scope.source !== 'aws')
    return false;
  return speaksOf({ ...waiver, target: { ...target, match: { ...target.match, liveTags: true } } }, one, policyIds);
}

function matches({ address, account, tags, itemKey, liveTags }: WaiverMatch, { finding, scope }: Coverable): boolean {
  const { resource } = finding;
  if (address !== undefined && !starMatches(address, resource.address)) return false;
  if (account !== undefined && account !== (resource.account ?? scope.account)) return false;
  if (itemKey !== undefined && (finding.itemKey === undefined || !starMatches(itemKey, finding.itemKey))) return false;
  if (tags === undefined) return true;
  // Whoever may tag a live resource must not be able to waive it.
  if (scope.source === 'aws' && liveTags !== true) return false;
  return Object.entries(tags).every(([key, pattern]) => {
    const value = resource.tags !== undefined && Object.hasOwn(resource.tags, key) ? resource.tags[key] : undefined;
    return value !== undefined && starMatches(pattern, value);
  });
}

/** By where the deciding code stands, or where the block of the resource begins. What is live does not stand in code. */
function standsAt(match: CodeMatch, { finding, scope, block }: Coverable): boolean {
  if (scope.source === 'aws') return false;
  switch (match.kind) {
    case 'block':
      return match.scope === scope.id && [finding.resource.address, finding.location?.address].includes(match.address);
    case 'lines':
      return [finding.location, block()].some(
        (location) => location?.file === match.file && location.startLine >= match.startLine && location.startLine <= match.endLine,
      );
    default:
      return match satisfies never;
  }
}
