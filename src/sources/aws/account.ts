import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { account as accountType, type Account } from '../../resources/account.ts';
import { recordsSecretCalls } from '../../resources/event-selector.ts';
import { allOf, anyOf, some } from '../../resources/three-valued.ts';
import { notCollected, wantsDetail, type Collector, type ScopeReader } from './collector.ts';
import { mapLimited } from './concurrency.ts';
import { toUnknown } from './failures.ts';
import { listSecrets, type ListedSecret } from './secret-list.ts';
import { readReactions } from './secret-reactions.ts';
import { listTrails, type ListedTrail } from './trail-list.ts';

const type = accountType.name;

const details = [
  { operation: 'secretsmanager:ListSecrets', provides: ['holdsSecrets', 'rotatesSecrets'] },
  { operation: 'cloudtrail:GetTrailStatus', provides: ['secretReads', 'reactions'] },
  { operation: 'cloudtrail:GetEventSelectors', provides: ['secretReads', 'reactions'] },
  { operation: 'cloudtrail:DescribeTrails', provides: ['secretReads', 'reactions'] },
  { operation: 'events:ListTargetsByRule', provides: ['reactions'] },
  { operation: 'cloudwatch:DescribeAlarms', provides: ['reactions'] },
  { operation: 'events:ListRules', provides: ['reactions'] },
] as const;

export const accountCollector: Collector = {
  type,
  place: 'region',
  base: [],
  source: 'sts:GetCallerIdentity',
  details,
  collect: collectAccount,
};

async function collectAccount(scope: ScopeReader): Promise<readonly Resource[]> {
  const { partition, account, region } = scope;
  const [held, secretReads, reactions] = await Promise.all([
    readSecrets(scope),
    wantsDetail({ type, details }, scope, 'cloudtrail:DescribeTrails') ? readSecretReads(scope) : notCollected('cloudtrail:DescribeTrails'),
    wantsDetail({ type, details }, scope, 'events:ListRules') ? readReactions(scope) : notCollected('events:ListRules'),
  ]);
  const attributes: Account = { name: account, account, region, ...held, secretReads, reactions };
  return [{ type, address: `arn:${partition}:iam::${account}:root`, name: account, partition, account, region, attributes }];
}

async function readSecrets(scope: ScopeReader): Promise<Pick<Account, 'holdsSecrets' | 'rotatesSecrets'>> {
  const operation = 'secretsmanager:ListSecrets';
  if (!wantsDetail({ type, details }, scope, operation)) {
    return { holdsSecrets: notCollected(operation), rotatesSecrets: notCollected(operation) };
  }
  const { items, failure } = await listSecrets(scope);
  const isReplica = ({ PrimaryRegion }: ListedSecret): boolean => PrimaryRegion !== undefined && PrimaryRegion !== scope.region;
  const own: readonly Maybe<ListedSecret>[] = [
    ...items.filter((secret) => secret.DeletedDate === undefined && !isReplica(secret)),
    ...(failure === undefined ? [] : [toUnknown(failure)]),
  ];
  return { holdsSecrets: some(own, () => true), rotatesSecrets: some(own, ({ RotationEnabled }) => RotationEnabled === true) };
}

async function readSecretReads(scope: ScopeReader): Promise<Exclude<Account['secretReads'], Unknown>> {
  const { trails, failure } = await listTrails(scope);
  const open = failure === undefined ? [] : [toUnknown(failure)];
  const read = await mapLimited(trails, scope.concurrency, async (trail) => ({ trail, records: await recordsReads(trail) }));
  return {
    recorded: anyOf(...read.map(({ records }) => records), ...open),
    inEveryRegion: anyOf(...read.map(({ trail, records }) => allOf(records, trail.multiRegion)), ...open),
    trails: [...namesOf(read, true), ...open],
    idle: [...namesOf(read, false), ...open],
  };
}

interface ReadTrail {
  readonly trail: ListedTrail;
  readonly records: Maybe<boolean>;
}

/** Names of the trails that record reads, or that do not; one of which that is not known may be either. */
function namesOf(read: readonly ReadTrail[], wanted: boolean): readonly Maybe<string>[] {
  return read.flatMap(({ trail, records }) => (records instanceof Unknown ? records : records === wanted ? trail.name : []));
}

async function recordsReads(trail: ListedTrail): Promise<Maybe<boolean>> {
  const [{ logging, delivers }, selectors] = await Promise.all([trail.status(), trail.selectors()]);
  return allOf(logging, delivers, selectors instanceof Unknown ? selectors : recordsSecretCalls('reads', selectors));
}
