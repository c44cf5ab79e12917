import { describeSchedule } from '../../resources/rotation-schedule.ts';
import type { SecretAttributes } from '../../resources/secretsmanager-secret.ts';
import { Unknown } from '../../model/unknown.ts';
import { optionalTime } from './answer-fields.ts';
import type { ListedSecret } from './secret-list.ts';

type Rotation = Exclude<SecretAttributes['rotation'], Unknown>;

const operation = 'secretsmanager:ListSecrets';

/**
 * Rotation as ListSecrets shows it, but for `pendingSince`, which takes a call.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html
 */
export function readRotation(secret: ListedSecret): Omit<Rotation, 'pendingSince'> {
  const enabled = secret.RotationEnabled === true;
  const functionArn = secret.RotationLambdaARN || undefined;
  const { ScheduleExpression: expression, AutomaticallyAfterDays: days } = secret.RotationRules ?? {};
  const schedule = describeSchedule({ ...(expression ? { expression } : {}), ...(days ? { days } : {}) });
  const lastRotatedAt = optionalTime(secret.LastRotatedDate, 'LastRotatedDate', operation);
  const nextRotationAt = optionalTime(secret.NextRotationDate, 'NextRotationDate', operation);
  return {
    enabled,
    managedBy: managedBy(secret, enabled, functionArn),
    ...(schedule === undefined ? {} : { schedule }),
    ...(functionArn === undefined ? {} : { functionArn }),
    ...(lastRotatedAt === undefined ? {} : { lastRotatedAt }),
    ...(nextRotationAt === undefined ? {} : { nextRotationAt }),
    pendingVersion: withoutVersions(secret) ?? pendingVersionId(secret) !== undefined,
  };
}

/** Services rotate what they own, and partners theirs (`Type` is set), without a function. */
function managedBy(secret: ListedSecret, enabled: boolean, functionArn: string | undefined): 'function' | 'service' | 'none' {
  if (functionArn !== undefined) return 'function';
  return enabled && (Boolean(secret.OwningService) || Boolean(secret.Type)) ? 'service' : 'none';
}

/** The version that holds AWSPENDING without being current: a rotation under way, or one that is stuck. */
export function pendingVersionId(secret: ListedSecret): string | undefined {
  return versionIds(secret, (stages) => stages.includes('AWSPENDING') && !stages.includes('AWSCURRENT'))[0];
}

/** Set where the answer leaves the versions out: a secret that has rotated has a current one. */
export function withoutVersions(secret: ListedSecret): Unknown | undefined {
  if (currentVersionId(secret) !== undefined || !secret.LastRotatedDate) return undefined;
  return new Unknown('malformed-response', `the answer to ${operation} lacks the versions of a secret that has rotated`, operation);
}

export function currentVersionId(secret: ListedSecret): string | undefined {
  return versionIds(secret, (stages) => stages.includes('AWSCURRENT'))[0];
}

function versionIds(secret: ListedSecret, test: (stages: readonly string[]) => boolean): readonly string[] {
  return Object.entries(secret.SecretVersionsToStages ?? {})
    .filter(([, stages]) => test(stages))
    .map(([id]) => id)
    .sort();
}
