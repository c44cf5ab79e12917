import { iamStatement } from './iam-statement.ts';
import { resourceType, type AttributesOf } from './resource-type.ts';
import { rotationStrategy } from './rotation-strategy.ts';
import { bool, int, list, liveOnly, map, object, oneOf, optional, required, string, timestamp } from './shape.ts';
import { codeOnly, valueOrigin } from './value-origin.ts';

const secretEncryption = object('SecretEncryption', {
  manager: required(
    oneOf('aws', 'customer'),
    'Who manages the key: `aws` for aws/secretsmanager, `customer` for a key of your own, of another account too.',
  ),
  keyId: optional(string, 'Key id, ARN or alias as configured; absent when the secret uses aws/secretsmanager by default.'),
  keyArn: optional(string, 'ARN of the key that `keyId` resolves to.', liveOnly),
  keyState: optional(string, 'Key state, such as `Enabled`, `Disabled` or `PendingDeletion`; absent for the AWS managed key.', liveOnly),
  keyDeletionDate: optional(timestamp, 'When the key is deleted; absent unless it is pending deletion.', liveOnly),
  keyRotationEnabled: optional(bool, 'Whether the customer managed key rotates each year or so; absent for keys that cannot.'),
});

const rotationSchedule = object('RotationSchedule', {
  intervalHours: required(int, 'Longest gap between two rotations that the schedule allows, in hours.'),
  intervalDays: required(int, 'The same in days, rounded up.'),
  expression: optional(string, 'The `rate()` or `cron()` expression; absent when only days are set.'),
});

const secretRotation = object('SecretRotation', {
  enabled: required(bool, 'Whether automatic rotation is on.'),
  managedBy: required(oneOf('function', 'service', 'none'), 'What rotates it: a Lambda function, an AWS service or partner, or nothing.'),
  schedule: optional(rotationSchedule, 'Absent when no schedule is set.'),
  functionArn: optional(string, 'ARN of the rotation function.'),
  functionExists: optional(bool, 'Whether that function exists; absent when none is named.'),
  functionInvocable: optional(
    bool,
    'Whether the resource policy of the function lets Secrets Manager invoke it; absent when there is no function.',
  ),
  strategy: optional(
    rotationStrategy,
    'Whether that function gives one user of a database another password, or one of two in turn; absent where nothing of it says so. The value of the secret would.',
  ),
  lastRotatedAt: optional(timestamp, 'When a rotation last finished; absent if never.', liveOnly),
  nextRotationAt: optional(timestamp, 'When the next rotation is due at the latest; AWS leaves it in the past when one fails.', liveOnly),
  pendingVersion: required(bool, 'A version holds AWSPENDING and not AWSCURRENT: a rotation is under way, or stuck.', liveOnly),
  pendingSince: optional(timestamp, 'When that version was made; absent when there is none.', liveOnly),
  soughtIn: optional(string, 'Where a rotation was looked for, such as `this plan`; absent in a live account, which knows.'),
});

const secretReplica = object('SecretReplica', {
  region: required(string, 'Region of the replica.'),
  status: required(string, 'InSync, InProgress or Failed.', liveOnly),
  manager: required(oneOf('aws', 'customer'), 'Who manages the key of the replica, as `encryption.manager` says it of the primary.'),
  keyId: optional(string, 'Key of the replica as configured; absent for aws/secretsmanager.'),
});

const declaredValue = object('DeclaredValue', {
  from: required(string, 'Address of the block that sets it.'),
  origin: required(valueOrigin, 'Where it comes from.'),
  writeOnly: required(bool, 'Whether Terraform keeps it out of plan and state.'),
  isSet: optional(bool, 'True where a value is set for certain and only its origin is not known; absent otherwise.'),
});

export const secretsManagerSecret = resourceType({
  name: 'AWS::SecretsManager::Secret',
  doc: 'A secret of AWS Secrets Manager.',
  service: 'secretsmanager',
  kind: 'secret',
  attributes: {
    tags: required(map(string), 'Tags.'),
    createdAt: required(timestamp, 'When it was created.', liveOnly),
    lastChangedAt: optional(timestamp, 'When anything of it last changed; editing a tag counts.', liveOnly),
    lastAccessedAt: optional(timestamp, 'Day of the last read, cut to the day; absent if never read in this region.', liveOnly),
    valueChangedAt: optional(timestamp, 'When the current value was set; absent when the secret has no value.', liveOnly),
    recoveryWindowDays: required(int, 'Days that a deleted secret can still be restored; 0 when it is gone at once.', {
      sources: ['terraform'],
    }),
    deletionScheduledAt: optional(timestamp, 'Set while it is scheduled for deletion; absent in infrastructure code.'),
    owningService: optional(
      string,
      'The AWS service that owns and rotates it, such as `rds`; absent for a secret that you declare yourself.',
    ),
    isReplica: required(bool, 'Whether it is a replica of a secret in another region.'),
    primaryRegion: optional(string, 'Region of the primary; absent when it has no replicas.'),
    replicas: required(list(secretReplica), 'Its replicas, at the primary.'),
    encryption: required(secretEncryption, 'The KMS key.'),
    rotation: required(secretRotation, 'Automatic rotation.'),
    superuser: required(
      bool,
      'Whether its name, or the code that uses it, says that it is of the superuser of a database, who makes and alters the users of other secrets.',
    ),
    statements: required(list(iamStatement), 'Statements of its resource policy; empty when it has none.'),
    values: required(list(declaredValue), 'Values that the code gives it; empty when it gives none.', codeOnly),
  },
});

export type SecretAttributes = AttributesOf<typeof secretsManagerSecret>;
