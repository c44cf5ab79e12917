import type { SecretFixture, SecretRotationFixture } from '../../../src/endpoint/account-fixture.ts';
import type { Described, Verdict } from './planted.ts';
import { ago, europe, functionArn, home, keyArn } from './words.ts';

/** A rotation in days before now; negative ones lie ahead. */
export interface RotationWords extends Pick<SecretRotationFixture, 'days' | 'expression' | 'duration'> {
  /** Left out: never. */
  readonly last?: number;
  readonly next: number;
}

/** A rotation of 30 days that ended three days ago. */
export const healthy: RotationWords = { days: 30, last: 3, next: -27 };

/** Makes a secret of the acme account: encrypted by its key for secrets, tagged, 200 days old and read yesterday. */
export function secretMaker(
  now: number,
): (
  name: string,
  rotation: RotationWords | undefined,
  more: Partial<SecretFixture>,
  ...verdicts: readonly Verdict[]
) => Described<SecretFixture> {
  return (name, rotation, more, ...verdicts) => {
    const region = /(^|\/)(eu|stage)\/|-eu$/.test(name) ? europe : home;
    const [env = ''] = name.split('/');
    const fixture: SecretFixture = {
      name,
      description: `acme ${name}`,
      tags: { env, team: 'web' },
      kmsKey: keyArn(region, 'secrets'),
      createdAt: ago(now, 200),
      lastAccessedAt: ago(now, 1),
      ...(rotation === undefined ? {} : { rotation: rotationOf(now, region, rotation) }),
      ...more,
    };
    return { region, fixture, verdicts };
  };
}

function rotationOf(now: number, region: string, { last, next, ...rules }: RotationWords): SecretRotationFixture {
  return {
    ...rules,
    functionArn: functionArn(region),
    nextRotationAt: ago(now, next),
    ...(last === undefined ? {} : { lastRotatedAt: ago(now, last) }),
  };
}

/** The same secret under the AWS managed key, which is what it has when none is named. */
export function withoutKey(secret: Described<SecretFixture>): Described<SecretFixture> {
  const { kmsKey: _own, ...fixture } = secret.fixture;
  return { ...secret, fixture };
}

/** The same secret, never read. */
export function neverRead(secret: Described<SecretFixture>): Described<SecretFixture> {
  const { lastAccessedAt: _read, ...fixture } = secret.fixture;
  return { ...secret, fixture };
}
