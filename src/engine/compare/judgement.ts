import type { Finding } from '../../model/finding.ts';
import { groupBy, samePlace, subjectKey } from '../same-thing.ts';
import type { Seen, SeenScope } from './seen.ts';

/**
 * What it means that a run does not have a finding of before. judged: it was looked at and is open no more. unverified: the run was to look
 * at it and could not. not-asked: the run was not to look at it.
 */
export type Judgement = 'judged' | 'unverified' | 'not-asked';

export interface BeforeScopes {
  /** Which source each scope of before was of. */
  readonly sources: ReadonlyMap<string, string>;
  /** Whether code may judge what was found in an account, and the other way round, as for a pull request that is compared with either. */
  readonly acrossSources: boolean;
}

/** Judges the absence of findings of before. */
export function createJudgement(
  findings: readonly Finding[],
  { scopes, resources, policies, isOff }: Seen,
  { sources, acrossSources }: BeforeScopes,
): (old: Finding) => Judgement {
  const scopeById = new Map(scopes.map((scope) => [scope.id, scope]));
  // By the addresses that they had before too, those that they have now last: another may have taken the place of one that moved.
  const present = new Map(
    [true, false].flatMap((before) =>
      resources.flatMap(({ scope, address, previousAddresses = [] }) =>
        (before ? previousAddresses : [address]).map((each) => [JSON.stringify([scope, each]), address] as const),
      ),
    ),
  );
  // What was made anew in an account has another ARN, and its findings have the ids that they had.
  const presentByName = new Map(
    resources
      .filter(({ scope }) => scopeById.get(scope)?.source === 'aws')
      .map(({ scope, type, name, address }) => [JSON.stringify([scope, type, name]), address] as const),
  );
  const byName = groupBy(resources, (resource) =>
    resource.name === resource.address ? undefined : JSON.stringify([resource.type, resource.name]),
  );
  const judgedIn = new Map(policies.map((policy) => [policy.id, policy.sources]));
  const unknowns = findings.filter(({ status }) => status === 'unknown');
  // A list that is not known, or an item of it, may hold the item of then.
  const unsure = new Set(unknowns.map(({ policyId, scope, resource }) => JSON.stringify([policyId, scope, resource.address])));
  const open = groupBy(
    findings.filter(({ status }) => status === 'fail' || status === 'unknown'),
    subjectKey,
  );

  const here = (old: Finding, scope: SeenScope): Judgement => {
    const { type, name } = old.resource;
    const address =
      present.get(JSON.stringify([old.scope, old.resource.address])) ?? presentByName.get(JSON.stringify([old.scope, type, name]));
    // Nobody has looked at what configuration leaves out by now.
    if (address !== undefined && isOff(old.policyId, old.scope, address)) return 'not-asked';
    if (address !== undefined) return unsure.has(JSON.stringify([old.policyId, old.scope, address])) ? 'unverified' : 'judged';
    if (!isListed(scope, type)) return 'unverified';
    // Gone from a scope that was read as a whole: it is not there any more.
    return scope.whole === false ? 'not-asked' : 'judged';
  };

  return (old) => {
    const { policyId, resource } = old;
    const asked = judgedIn.get(policyId);
    const scope = scopeById.get(old.scope);
    if (scope) return asked?.includes(scope.source) === true ? here(old, scope) : 'not-asked';
    if (asked?.includes('aws') === true && sources.get(old.scope) === 'aws' && isOfClosedAccount(old, scopes)) return 'unverified';
    if (!acrossSources) return 'not-asked';
    const named = byName.get(JSON.stringify([resource.type, resource.name])) ?? [];
    const same = named.filter((one) => scopeById.get(one.scope)?.source !== sources.get(old.scope) && samePlace(one, resource));
    if (!same.some((one) => asked?.some((source) => source === scopeById.get(one.scope)?.source) === true)) return 'not-asked';
    // Of another source, an item that fails here may be the one of then, under a key that is written otherwise.
    return (open.get(subjectKey(old) ?? '') ?? []).some((one) => samePlace(one.resource, resource)) ? 'not-asked' : 'judged';
  };
}

/** Whether all resources of a type that there are were listed. */
function isListed({ status, gaps }: SeenScope, type: string): boolean {
  switch (status) {
    case 'complete':
      return true;
    case 'partial':
      return gaps.length > 0 && gaps.every(({ types }) => !types.includes(type));
    case 'failed':
      return false;
    default:
      return status satisfies never;
  }
}

/**
 * Whether a scope of before is one that this run did not come to, because its account could not be entered or did not say which regions it
 * has: then a scope of the account stands for all its regions. One of no account stands for any that the run does not have otherwise.
 */
function isOfClosedAccount({ resource: { account } }: Finding, scopes: readonly SeenScope[]): boolean {
  const closed = scopes.filter(({ source, status, region }) => source === 'aws' && status === 'failed' && region === undefined);
  if (closed.some((scope) => scope.account === account)) return true;
  const callerIsUnknown = scopes.some(({ source, status, account: id }) => source === 'aws' && status === 'failed' && id === undefined);
  return callerIsUnknown && !scopes.some((scope) => scope.account === account);
}
