import { defaultDate, type SecretFixture, type SecretVersionFixture } from './account-fixture.ts';
import { fakeSuffix, fakeUuid } from './fake-id.ts';
import { epochDay, epochSeconds, tagList } from './json-fields.ts';
import { once } from './once.ts';

/** A secret with its ARN, rendered when it is first asked for. */
export interface SecretEntry {
  readonly fixture: SecretFixture;
  readonly arn: string;
  readonly versions: () => Readonly<Record<string, SecretVersionFixture>>;
  /** JSON text of a SecretListEntry. */
  readonly listJson: () => string;
  /** JSON text of the answer of DescribeSecret. */
  readonly describeJson: () => string;
}

/** `arnOf` makes an ARN of the secret's region and account. */
export function secretEntry(fixture: SecretFixture, account: string, arnOf: (service: string, resource: string) => string): SecretEntry {
  const arn = arnOf('secretsmanager', `secret:${fixture.name}-${fixture.suffix ?? fakeSuffix(`${account} ${fixture.name}`)}`);
  const versions = once(() => fixture.versions ?? defaultVersions(fixture, arn));
  return {
    fixture,
    arn,
    versions,
    listJson: once(() => JSON.stringify({ ...commonFields(fixture, arn), SecretVersionsToStages: stagesOf(versions()) })),
    describeJson: once(() =>
      JSON.stringify({
        ...commonFields(fixture, arn),
        VersionIdsToStages: stagesOf(versions()),
        ReplicationStatus: replicationOf(fixture),
      }),
    ),
  };
}

function defaultVersions(fixture: SecretFixture, arn: string): Readonly<Record<string, SecretVersionFixture>> {
  const createdAt = fixture.rotation?.lastRotatedAt ?? fixture.createdAt ?? defaultDate;
  return { [fakeUuid(`${arn} current`)]: { stages: ['AWSCURRENT'], createdAt } };
}

/** Fields as AWS has them; what is undefined stays out of the JSON, as AWS leaves out what is not set. */
function commonFields(fixture: SecretFixture, arn: string): Readonly<Record<string, unknown>> {
  const { rotation } = fixture;
  const createdAt = fixture.createdAt ?? defaultDate;
  return {
    ARN: arn,
    Name: fixture.name,
    Type: fixture.partnerType,
    Description: fixture.description,
    KmsKeyId: fixture.kmsKey,
    RotationEnabled: rotation === undefined ? undefined : (rotation.enabled ?? true),
    RotationLambdaARN: rotation?.functionArn,
    RotationRules: rotationRules(fixture),
    LastRotatedDate: epochSeconds(rotation?.lastRotatedAt),
    LastChangedDate: epochSeconds(fixture.lastChangedAt ?? rotation?.lastRotatedAt ?? createdAt),
    LastAccessedDate: epochDay(fixture.lastAccessedAt),
    DeletedDate: epochSeconds(fixture.deletedAt),
    NextRotationDate: epochSeconds(rotation?.nextRotationAt),
    Tags: tagList(fixture.tags, 'Key', 'Value'),
    OwningService: fixture.owningService,
    CreatedDate: epochSeconds(createdAt),
    PrimaryRegion: fixture.primaryRegion,
  };
}

function rotationRules({ rotation }: SecretFixture): Readonly<Record<string, unknown>> | undefined {
  if (rotation === undefined) return undefined;
  return { AutomaticallyAfterDays: rotation.days, Duration: rotation.duration, ScheduleExpression: rotation.expression };
}

/** Versions without a stage are left out, and a secret without any has no map at all. */
function stagesOf(versions: Readonly<Record<string, SecretVersionFixture>>): Readonly<Record<string, readonly string[]>> | undefined {
  const staged = Object.entries(versions).filter(([, version]) => version.stages.length > 0);
  return staged.length === 0 ? undefined : Object.fromEntries(staged.map(([id, version]) => [id, version.stages]));
}

function replicationOf(fixture: SecretFixture): readonly unknown[] | undefined {
  return fixture.replicas?.map((replica) => ({
    Region: replica.region,
    KmsKeyId: replica.kmsKey ?? 'alias/aws/secretsmanager',
    Status: replica.status ?? 'InSync',
    StatusMessage: replica.statusMessage ?? 'Replication succeeded',
    LastAccessedDate: epochDay(replica.lastAccessedAt),
  }));
}
