import { UserError } from '../../model/errors.ts';
import type { Credentials } from './api/client-config.ts';
import type { StsApi } from './api/sts.ts';
import { requireText } from './answer-fields.ts';
import { createCalls, type Calls } from './calls.ts';
import { createClients, type Clients } from './clients.ts';
import { MalformedAnswer, type Answer, type Failure } from './failures.ts';
import { createHttpHandler } from './http-handler.ts';
import type { AwsOptions } from './options.ts';
import { parseRoleArns, type RoleArn } from './role-arn.ts';
import type { Tuning } from './tuning.ts';

/** An account that can be read. */
export interface AccountSession {
  readonly partition: string;
  readonly account: string;
  /** ARN of the identity that reads it. */
  readonly caller: string;
  readonly openClients: (region: string) => Promise<Clients>;
}

/** An account that could not be entered. The caller's own is not known by its id then. */
export interface ClosedAccount {
  readonly partition?: string;
  readonly account?: string;
  readonly failure: Failure;
}

export interface Sessions {
  readonly open: readonly AccountSession[];
  readonly closed: readonly ClosedAccount[];
  readonly homeRegion: string;
}

/**
 * Enters every account of the run: the caller's own, or one for each role.
 *
 * Throws UserError `usage` for a role ARN that is none, and `region-unknown` when no region is configured.
 */
export async function openSessions(options: AwsOptions, tuning: Tuning, signal: AbortSignal): Promise<Sessions> {
  const roles = parseRoleArns(options.roleArns);
  const { sts, homeRegion, close } = await openSts(options, tuning);
  const calls = createCalls(tuning, signal);
  const clientsWith = (credentials: Credentials) => async (region: string) =>
    createClients({
      region,
      maxAttempts: 1,
      requestHandler: await createHttpHandler(tuning),
      credentials,
      ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    });

  const own = async (): Promise<AccountSession | ClosedAccount> => {
    const answer = await callerIdentity(sts, calls);
    return answer.ok ? { ...answer.value, openClients: clientsWith(sts.credentials) } : { failure: answer.failure };
  };
  const assumed = async (role: RoleArn): Promise<AccountSession | ClosedAccount> => {
    const { partition, account } = role;
    const answer = await assumeRole(sts, calls, role, options.externalId);
    if (!answer.ok) return { partition, account, failure: answer.failure };
    const credentials = renewed(answer.value, tuning, () => assumeRole(sts, calls, role, options.externalId));
    return { partition, account, caller: answer.value.caller, openClients: clientsWith(credentials) };
  };
  try {
    const entered = await Promise.all([...(roles.length === 0 || options.withCaller ? [own()] : []), ...roles.map(assumed)]);
    const open = entered.filter((entry) => 'openClients' in entry);
    const closed = entered.filter((entry) => 'failure' in entry);
    return { open: oneForEachAccount(open), closed, homeRegion };
  } finally {
    // Renewals open new connections if they need any.
    close();
  }
}

/** With --with-caller, a role of the caller's own account goes before the caller: it was named. */
function oneForEachAccount(sessions: readonly AccountSession[]): readonly AccountSession[] {
  return [...new Map(sessions.map((session) => [session.account, session])).values()];
}

async function openSts(options: AwsOptions, tuning: Tuning): Promise<{ sts: StsApi; homeRegion: string; close: () => void }> {
  const { createStsApi } = await import('./api/sts.ts');
  const requestHandler = await createHttpHandler(tuning);
  const config = {
    maxAttempts: 1,
    requestHandler,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
  };
  const close = (): void => {
    requestHandler.destroy();
  };
  const sts = createStsApi(config);
  try {
    return { sts, homeRegion: await sts.region(), close };
  } catch {
    const region = options.regions === 'all' ? 'us-east-1' : options.regions?.[0];
    if (region === undefined) {
      throw new UserError('region-unknown', 'no AWS region is set', {
        hint: 'Name one with --region, or set AWS_REGION, or a region in the profile.',
      });
    }
    return { sts: createStsApi({ ...config, region }), homeRegion: region, close };
  }
}

async function callerIdentity(sts: StsApi, calls: Calls): Promise<Answer<Pick<AccountSession, 'partition' | 'account' | 'caller'>>> {
  return await calls.make('sts:GetCallerIdentity', async (signal) => {
    const identity = await sts.getCallerIdentity(signal);
    const caller = requireText(identity.Arn, 'Arn');
    return { account: requireText(identity.Account, 'Account'), caller, partition: caller.split(':')[1] ?? 'aws' };
  });
}

interface AssumedRole {
  readonly caller: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
    readonly expiration: Date;
  };
}

async function assumeRole(sts: StsApi, calls: Calls, role: RoleArn, externalId: string | undefined): Promise<Answer<AssumedRole>> {
  return await calls.make('sts:AssumeRole', async (signal) => {
    const { Credentials: issued, AssumedRoleUser } = await sts.assumeRole({ arn: role.arn, sessionName: 'sealcheck', externalId }, signal);
    if (!(issued?.Expiration instanceof Date)) throw new MalformedAnswer('no Credentials');
    return {
      caller: AssumedRoleUser?.Arn ?? role.arn,
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
function renewed(first: AssumedRole, tuning: Tuning, assume: () => Promise<Answer<AssumedRole>>): Credentials {
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
