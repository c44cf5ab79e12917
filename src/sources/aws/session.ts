import { UserError } from '../../model/errors.ts';
import type { Credentials } from './api/client-config.ts';
import type { StsApi } from './api/sts.ts';
import { requireMatch } from './answer-fields.ts';
import { assumeRole, renewedCredentials } from './assumed-role.ts';
import { createCalls, type Calls } from './calls.ts';
import { createClients, type Clients } from './clients.ts';
import type { Answer, Failure } from './failures.ts';
import { homeRegions } from './home-region.ts';
import { hintFor } from './hints.ts';
import { createHttpHandler } from './http-handler.ts';
import { openSts } from './open-sts.ts';
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
 * Where the SDK knows no default region, those that were asked for are tried; one that is not enabled, or not there,
 * refuses the credentials, so the region that each partition always has comes last.
 *
 * Throws UserError `usage` for a role ARN that is none, and `region-unknown` when no region is configured.
 */
export async function openSessions(options: AwsOptions, tuning: Tuning, signal: AbortSignal): Promise<Sessions> {
  const roles = parseRoleArns(options.roleArns);
  const [first, ...others] = await homeRegions(options, tuning);
  let sessions = await enterAccounts(first, roles, options, tuning, signal);
  for (const region of others) {
    if (
      sessions.open.length > 0 ||
      !sessions.closed.every(({ failure }) => failure.kind === 'unrecognized' || failure.kind === 'unreachable')
    )
      break;
    sessions = await enterAccounts(region, roles, options, tuning, signal);
  }
  return sessions;
}

async function enterAccounts(
  homeRegion: string,
  roles: readonly RoleArn[],
  options: AwsOptions,
  tuning: Tuning,
  signal: AbortSignal,
): Promise<Sessions> {
  const { sts, close } = await openSts(options, tuning, homeRegion);
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
    const externalId = options.externalIds?.[role.arn] ?? options.externalId;
    const answer = await assumeRole(sts, calls, role, externalId);
    if (!answer.ok) return { partition, account, failure: answer.failure };
    const credentials = renewedCredentials(answer.value, tuning, () => assumeRole(sts, calls, role, externalId));
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

async function callerIdentity(sts: StsApi, calls: Calls): Promise<Answer<Pick<AccountSession, 'partition' | 'account' | 'caller'>>> {
  return await calls.make('sts:GetCallerIdentity', async (signal) => {
    const identity = await sts.getCallerIdentity(signal);
    const caller = requireMatch(identity.Arn, /^arn:[a-z-]+:(iam|sts)::\d{12}:/, 'Arn of a caller');
    return { account: requireMatch(identity.Account, /^\d{12}$/, 'Account'), caller, partition: caller.split(':')[1] ?? 'aws' };
  });
}

/** Throws UserError when not one account could be entered, unless the run was interrupted. */
export function requireOneOpen(sessions: Sessions, signal: AbortSignal): void {
  const first = sessions.closed[0];
  if (sessions.open.length > 0 || first === undefined || signal.aborted) return;
  const { failure } = first;
  const accounts = sessions.closed.length === 1 ? 'the account' : `any of the ${sessions.closed.length} accounts`;
  throw new UserError('credentials-failed', `cannot enter ${accounts}: ${failure.detail}`, { hint: asHint(hintFor(failure)) });
}

/** What stands in reports is a sentence; below an error hints begin small and end without a full stop. */
function asHint(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}
