import type { GetEventSelectorsResponse, Trail } from '@aws-sdk/client-cloudtrail';
import type { Maybe } from '../../model/unknown.ts';
import { cloudTrailTrail } from '../../resources/cloudtrail-trail.ts';
import type { Selectors } from '../../resources/event-selector.ts';
import { expected, requireList, requireText } from './answer-fields.ts';
import { checkEach, checkFields } from './check-fields.ts';
import { oncePerScope, type ScopeReader } from './collector.ts';
import { MalformedAnswer, toUnknown, type Failure } from './failures.ts';
import { listFor } from './list-for.ts';
import { once } from './once.ts';
import { uniqueBy } from './unique-by.ts';

const list = 'cloudtrail:DescribeTrails';

/** A trail that records in a region: one of its own, or of another region or of the organisation. */
export interface ListedTrail {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  readonly multiRegion: Maybe<boolean>;
  readonly organization: Maybe<boolean>;
  /** ARN of the log group of CloudWatch that it delivers to; absent when there is none. */
  readonly logGroup?: string;
  /** Asked for once, when somebody first wants to know. */
  readonly status: () => Promise<TrailStatus>;
  readonly selectors: () => Promise<Maybe<Selectors>>;
}

export interface TrailStatus {
  readonly logging: Maybe<boolean>;
  readonly delivers: Maybe<boolean>;
}

/** The trails that record in the region of a scope; shared by the collectors of trails and of the account. */
export const listTrails = oncePerScope(async (scope): Promise<{ readonly trails: readonly ListedTrail[]; readonly failure?: Failure }> => {
  const api = await scope.clients.cloudTrail();
  const { items, failure } = await listFor(scope, cloudTrailTrail.name)(scope, list, async (_token, signal) => ({
    items: requireList((await api.describeTrails(signal)).trailList, 'trailList').map(checkTrail),
  }));
  const trails = uniqueBy(items, ({ TrailARN }) => TrailARN)
    .filter(({ HomeRegion, IsMultiRegionTrail }) => HomeRegion === scope.region || IsMultiRegionTrail !== false)
    .map((trail) => listed(scope, trail));
  return { trails, ...(failure === undefined ? {} : { failure }) };
});

type Named = Trail & { readonly Name: string; readonly TrailARN: string; readonly HomeRegion: string };

function checkTrail(trail: Trail): Named {
  checkFields(trail, {
    TrailARN: 'arn',
    IsMultiRegionTrail: 'flag',
    IsOrganizationTrail: 'flag',
    CloudWatchLogsLogGroupArn: 'arn',
  });
  return {
    ...trail,
    Name: requireText(trail.Name, 'Name'),
    TrailARN: requireText(trail.TrailARN, 'TrailARN'),
    HomeRegion: requireText(trail.HomeRegion, 'HomeRegion'),
  };
}

function listed(scope: ScopeReader, trail: Named): ListedTrail {
  const { Name, TrailARN, HomeRegion, IsMultiRegionTrail, IsOrganizationTrail, CloudWatchLogsLogGroupArn } = trail;
  return {
    name: Name,
    arn: TrailARN,
    homeRegion: HomeRegion,
    multiRegion: expected(IsMultiRegionTrail, 'IsMultiRegionTrail', list),
    organization: expected(IsOrganizationTrail, 'IsOrganizationTrail', list),
    ...(CloudWatchLogsLogGroupArn ? { logGroup: CloudWatchLogsLogGroupArn } : {}),
    status: once(() => readStatus(scope, TrailARN)),
    selectors: once(() => readSelectors(scope, TrailARN, HomeRegion)),
  };
}

async function readStatus(scope: ScopeReader, arn: string): Promise<TrailStatus> {
  const operation = 'cloudtrail:GetTrailStatus';
  const api = await scope.clients.cloudTrail();
  const answer = await scope.calls.make(operation, async (signal) => {
    const status = await api.getTrailStatus(arn, signal);
    checkFields(status, { IsLogging: 'flag', LatestDeliveryError: 'text' });
    return status;
  });
  if (!answer.ok) return { logging: toUnknown(answer.failure), delivers: toUnknown(answer.failure) };
  const { IsLogging, LatestDeliveryError } = answer.value;
  // There is an error only while the bucket refuses the logs.
  return { logging: expected(IsLogging, 'IsLogging', operation), delivers: !LatestDeliveryError };
}

/** Those of a trail of the organisation are only told to the account that has it. */
async function readSelectors(scope: ScopeReader, arn: string, homeRegion: string): Promise<Maybe<Selectors>> {
  const api = await scope.clients.cloudTrail();
  const answer = await scope.calls.make('cloudtrail:GetEventSelectors', async (signal) =>
    checkSelectors(await api.getEventSelectors(arn, homeRegion, signal)),
  );
  return answer.ok ? answer.value : toUnknown(answer.failure);
}

function checkSelectors({ TrailARN, EventSelectors, AdvancedEventSelectors }: GetEventSelectorsResponse): Selectors {
  // Both lists may be missing, so that an answer with nothing in it must not pass for one without selectors.
  requireText(TrailARN, 'TrailARN');
  const classic = checkEach(requireList(EventSelectors ?? [], 'EventSelectors'), {
    ReadWriteType: 'text',
    IncludeManagementEvents: 'flag',
    ExcludeManagementEventSources: 'texts',
  });
  const advanced = checkEach(requireList(AdvancedEventSelectors ?? [], 'AdvancedEventSelectors'), { FieldSelectors: 'list' });
  for (const { FieldSelectors } of advanced) {
    if (FieldSelectors === undefined) throw new MalformedAnswer('no FieldSelectors');
    checkEach(FieldSelectors, {
      Field: 'text',
      Equals: 'texts',
      StartsWith: 'texts',
      EndsWith: 'texts',
      NotEquals: 'texts',
      NotStartsWith: 'texts',
      NotEndsWith: 'texts',
    });
  }
  return { classic, advanced };
}
