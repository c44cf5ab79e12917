import type { Credentials } from './api/client-config.ts';
import type { StsApi } from './api/sts.ts';
import { requireMatch, requireText } from './answer-fields.ts';
import type { Calls } from './calls.ts';
import { MalformedAnswer, type Answer } from './failures.ts';
import type { RoleArn } from './role-arn.ts';
import type { Tuning } from './tuning.ts';

/** A role that was entered, with credentials that end. */
export interface AssumedRole {
  readonly caller: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
    readonly expiration: Date;
  };
}

export async function assumeRole(sts: StsApi, calls: Calls, role: RoleArn, externalId: string | undefined): Promise<Answer<AssumedRole>> {
  return await calls.make('sts:AssumeRole', async (signal) => {
    const { Credentials: issued, AssumedRoleUser } = await sts.assumeRole({ arn: role.arn, sessionName: 'sealcheck', externalId }, signal);
    if (!(issued?.Expiration instanceof Date)) throw new MalformedAnswer('no Credentials');
    // Resources must not be taken for those of an account that was not entered.
    const caller = requireMatch(
      AssumedRoleUser?.Arn,
      new RegExp(`^arn:[a-z-]+:sts::${role.account}:`),
      `AssumedRoleUser of ${role.account}`,
    );
    return {
      caller,
      credentials: {
        accessKeyId: requireText(issued.AccessKeyId, 'AccessKeyId'),
        secretAccessKey: requireText(issued.SecretAccessKey, 'SecretAccessKey'),
        sessionToken: requireText(issued.SessionToken, 'SessionToken'),
        expiration: issued.Expiration,
      },
    };
  });
}

const renewalMargin = 5 * 60_000;

/** Credentials of a role for all clients of an account; assumed again shortly before they expire. */
export function renewedCredentials(first: AssumedRole, tuning: Tuning, assume: () => Promise<Answer<AssumedRole>>): Credentials {
  let current = Promise.resolve(first.credentials);
  let expires = first.credentials.expiration.getTime();
  return async () => {
    if (expires - tuning.wallClock() < renewalMargin) {
      expires = Number.POSITIVE_INFINITY;
      current = assume().then((answer) => {
        if (!answer.ok) {
          expires = Number.NEGATIVE_INFINITY;
          throw Object.assign(new Error('the role could not be assumed again'), { name: 'CredentialsProviderError' });
        }
        expires = answer.value.credentials.expiration.getTime();
        return answer.value.credentials;
      });
    }
    return await current;
  };
}
