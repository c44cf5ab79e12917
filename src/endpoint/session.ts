import type { AccountIndex } from './account-index.ts';
import { fakeUniqueId } from './fake-id.ts';
import type { Caller } from './operation.ts';

/** What AssumeRole opened. It travels in the session token, so that the endpoint has nothing to remember. */
export interface Session {
  readonly account: string;
  readonly role: string;
  readonly name: string;
}

const keyPrefix = 'ASIAFAKE';
const tokenPrefix = 'FAKESESSION.';

/** Credentials of a session. The access key id ends in the account id. None of them is secret or works anywhere else. */
export function sessionKeys(session: Session): {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
} {
  return {
    accessKeyId: `${keyPrefix}${session.account}`,
    secretAccessKey: 'FAKE+EXAMPLE+SECRET+ACCESS+KEY+000000000',
    sessionToken: tokenPrefix + Buffer.from(JSON.stringify([session.role, session.name])).toString('base64url'),
  };
}

/** Who the session of a role is, as GetCallerIdentity and AssumeRole say it. */
export function sessionCaller(session: Session, partition: string): Caller {
  return {
    arn: `arn:${partition}:sts::${session.account}:assumed-role/${session.role}/${session.name}`,
    userId: `${fakeUniqueId('AROA', `${session.account} ${session.role}`)}:${session.name}`,
  };
}

/** The account that an access key id names by its last twelve digits, if there is one. */
export function accountOfKey(accessKeyId: string): string | undefined {
  return /^A[KS]IA\w*?(\d{12})$/.exec(accessKeyId)?.[1];
}

/** Who calls: the session of the token, else the fixture's caller. */
export function callerOf(account: AccountIndex, sessionToken: string | undefined): Caller {
  const session = readToken(account.id, sessionToken);
  if (session !== undefined) return sessionCaller(session, account.partition);
  const caller = account.fixture.caller ?? 'user/example';
  const arn = `arn:${account.partition}:iam::${account.id}:${caller}`;
  return { arn, userId: caller === 'root' ? account.id : fakeUniqueId('AIDA', arn) };
}

function readToken(account: string, token: string | undefined): Session | undefined {
  if (token === undefined || !token.startsWith(tokenPrefix)) return undefined;
  try {
    const [role, name] = JSON.parse(Buffer.from(token.slice(tokenPrefix.length), 'base64url').toString()) as unknown[];
    return typeof role === 'string' && typeof name === 'string' ? { account, role, name } : undefined;
  } catch {
    return undefined;
  }
}
