import type { Resource } from '../../model/resource.ts';
import { Unknown } from '../../model/unknown.ts';
import { cloudTrailTrail, type TrailAttributes } from '../../resources/cloudtrail-trail.ts';
import { recordsSecretCalls } from '../../resources/event-selector.ts';
import { notCollected, wantsDetail, type Collector, type ScopeReader } from './collector.ts';
import { mapLimited } from './concurrency.ts';
import { listTrails, type ListedTrail } from './trail-list.ts';

const list = 'cloudtrail:DescribeTrails';
const type = cloudTrailTrail.name;

const details = [
  { operation: 'cloudtrail:GetTrailStatus', provides: ['logging', 'delivers'] },
  { operation: 'cloudtrail:GetEventSelectors', provides: ['recordsSecretReads', 'recordsSecretWrites'] },
] as const;

export const cloudTrailTrailCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: list }],
  source: list,
  details,
  collect: collectTrails,
};

/** Each once: in its home region, and in the account that has it. */
async function collectTrails(scope: ScopeReader): Promise<readonly Resource[]> {
  const { partition, account, region } = scope;
  const { trails } = await listTrails(scope);
  const own = trails.filter(({ arn, homeRegion }) => homeRegion === region && arn.split(':')[4] === account);
  return await mapLimited(own, scope.concurrency, async (trail) => {
    const attributes: TrailAttributes = {
      name: trail.name,
      account,
      region,
      multiRegion: trail.multiRegion,
      organization: trail.organization,
      ...(await readStatus(scope, trail)),
      ...(await readSelectors(scope, trail)),
    };
    return { type, address: trail.arn, name: trail.name, partition, account, region, attributes };
  });
}

async function readStatus(scope: ScopeReader, trail: ListedTrail): Promise<Pick<TrailAttributes, 'logging' | 'delivers'>> {
  const operation = 'cloudtrail:GetTrailStatus';
  if (wantsDetail({ type, details }, scope, operation)) return await trail.status();
  const why = notCollected(operation);
  return { logging: why, delivers: why };
}

async function readSelectors(
  scope: ScopeReader,
  trail: ListedTrail,
): Promise<Pick<TrailAttributes, 'recordsSecretReads' | 'recordsSecretWrites'>> {
  const operation = 'cloudtrail:GetEventSelectors';
  const selectors = wantsDetail({ type, details }, scope, operation) ? await trail.selectors() : notCollected(operation);
  if (selectors instanceof Unknown) return { recordsSecretReads: selectors, recordsSecretWrites: selectors };
  return {
    recordsSecretReads: recordsSecretCalls('reads', selectors),
    recordsSecretWrites: recordsSecretCalls('writes', selectors),
  };
}
