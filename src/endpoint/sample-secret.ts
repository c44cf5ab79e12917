import type { SecretFixture, SecretRotationFixture } from './account-fixture.ts';
import { agoDays, sampleAccountId, sampleKeyArn, type SampleRegion } from './sample-words.ts';

/** A secret of the sample account in few words. Days count back from now; negative ones lie ahead. */
export interface SampleSecret {
  readonly region: SampleRegion;
  /** Default 240. */
  readonly createdDaysAgo?: number;
  /** Default 1; null: never read. */
  readonly readDaysAgo?: number | null;
  /** Rotation of a function, healthy unless said otherwise. */
  readonly rotation?: SampleRotation;
}

/** Rotation in the same words. */
export interface SampleRotation extends Pick<SecretRotationFixture, 'days' | 'expression' | 'duration' | 'enabled' | 'functionFault'> {
  /** Null: never. */
  readonly lastDaysAgo: number | null;
  readonly nextDaysAgo?: number;
  /** Default `rotate-secret`; null: none. */
  readonly functionName?: string | null;
}

/** Encrypted by the key for secrets of its region, tagged and read yesterday; `more` overrides any field. */
export function sampleSecret(name: string, now: number, words: SampleSecret, more: Partial<SecretFixture> = {}): SecretFixture {
  const { region, createdDaysAgo = 240, readDaysAgo = 1, rotation } = words;
  const [team = 'shop', stage = 'prod'] = name.split('/');
  return {
    name,
    description: `Credential of ${team} (${stage})`,
    tags: { team, stage },
    kmsKey: sampleKeyArn(region, 'shop/secrets'),
    createdAt: agoDays(now, createdDaysAgo),
    ...(readDaysAgo === null ? {} : { lastAccessedAt: agoDays(now, readDaysAgo) }),
    ...(rotation === undefined ? {} : { rotation: rotationOf(rotation, region, now) }),
    ...more,
  };
}

/** The same with the AWS managed key, which a secret has when no key is named. */
export function withAwsKey(secret: SecretFixture): SecretFixture {
  const { kmsKey: _named, ...rest } = secret;
  return rest;
}

function rotationOf(words: SampleRotation, region: SampleRegion, now: number): SecretRotationFixture {
  const { lastDaysAgo, nextDaysAgo, functionName = 'rotate-secret', ...rules } = words;
  return {
    ...rules,
    ...(functionName === null ? {} : { functionArn: `arn:aws:lambda:${region}:${sampleAccountId}:function:${functionName}` }),
    ...(lastDaysAgo === null ? {} : { lastRotatedAt: agoDays(now, lastDaysAgo) }),
    ...(nextDaysAgo === undefined ? {} : { nextRotationAt: agoDays(now, nextDaysAgo) }),
  };
}
