import type { TrailFixture } from './audit-fixture.ts';
import { requiredText } from './input-fields.ts';
import type { Call, Operations } from './operation.ts';
import { ServiceError } from './service-error.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Operations.html: those that read the trails of a region. */
export const cloudTrailOperations: Operations = {
  DescribeTrails: { answer: describeTrails },
  GetTrailStatus: { answer: getTrailStatus },
  GetEventSelectors: { answer: getEventSelectors },
};

interface PlacedTrail {
  readonly fixture: TrailFixture;
  readonly homeRegion: string;
  readonly arn: string;
}

/** The trails of the region, and as shadows those of other regions that record everywhere. */
function trailsIn({ account, region }: Call, shadows: boolean): readonly PlacedTrail[] {
  return Object.entries(account.fixture.regions).flatMap(([homeRegion, { trails = [] }]) =>
    trails
      .filter(({ multiRegion }) => homeRegion === region || (shadows && multiRegion === true))
      .map((fixture) => ({
        fixture,
        homeRegion,
        arn: `arn:${account.partition}:cloudtrail:${homeRegion}:${account.id}:trail/${fixture.name}`,
      })),
  );
}

function describeTrails(call: Call): string {
  const trails = trailsIn(call, call.input['includeShadowTrails'] !== false);
  return JSON.stringify({
    trailList: trails.map(({ fixture: { name, multiRegion, organization, logGroup }, homeRegion, arn }) => ({
      Name: name,
      TrailARN: arn,
      S3BucketName: 'example-cloudtrail-logs',
      HomeRegion: homeRegion,
      IsMultiRegionTrail: multiRegion ?? false,
      IsOrganizationTrail: organization ?? false,
      CloudWatchLogsLogGroupArn: logGroup,
    })),
  });
}

function getTrailStatus(call: Call): string {
  const { fixture } = find(trailsIn(call, true), requiredText(call.input, 'Name'));
  return JSON.stringify({ IsLogging: fixture.logging ?? true, LatestDeliveryError: fixture.deliveryError });
}

/** Answers in the home region alone. */
function getEventSelectors(call: Call): string {
  const { fixture, arn } = find(trailsIn(call, false), requiredText(call.input, 'TrailName'));
  const { eventSelectors, advancedEventSelectors } = fixture;
  const byDefault =
    advancedEventSelectors === undefined ? [{ ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [] }] : undefined;
  return JSON.stringify({ TrailARN: arn, EventSelectors: eventSelectors ?? byDefault, AdvancedEventSelectors: advancedEventSelectors });
}

function find(trails: readonly PlacedTrail[], id: string): PlacedTrail {
  const found = trails.find(({ fixture, arn }) => arn === id || fixture.name === id);
  if (found === undefined) throw new ServiceError('TrailNotFoundException', `Unknown trail: ${id}`);
  return found;
}
