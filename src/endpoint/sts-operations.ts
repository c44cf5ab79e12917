import type { AccountIndex } from './account-index.ts';
import { principalArn } from './iam-entity.ts';
import type { RoleFixture } from './iam-fixture.ts';
import { requiredText } from './input-fields.ts';
import type { Call, Operations } from './operation.ts';
import { ServiceError } from './service-error.ts';
import { sessionCaller, sessionKeys } from './session.ts';
import { element, isoDate, textElement } from './xml.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html */
export const stsOperations: Operations = {
  GetCallerIdentity: {
    answer: ({ caller, account }) =>
      textElement('Arn', caller.arn) + textElement('UserId', caller.userId) + textElement('Account', account.id),
  },
  AssumeRole: { answer: assumeRole },
};

const defaultSessionSeconds = 3600;

/** The role must exist and its ExternalId must match; who may assume it is not looked at. */
function assumeRole(call: Call): string {
  const roleArn = requiredText(call.input, 'RoleArn');
  const sessionName = requiredText(call.input, 'RoleSessionName');
  const target = findRole(call, roleArn);
  if (target === undefined || (target.role.externalId ?? call.input['ExternalId']) !== call.input['ExternalId']) {
    throw new ServiceError(
      'AccessDenied',
      `User: ${call.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
      403,
    );
  }
  const session = { account: target.account.id, role: target.role.name, name: sessionName };
  const caller = sessionCaller(session, target.account.partition);
  const keys = sessionKeys(session);
  const seconds = Number(call.input['DurationSeconds'] ?? defaultSessionSeconds);
  return [
    element(
      'Credentials',
      textElement('AccessKeyId', keys.accessKeyId) +
        textElement('SecretAccessKey', keys.secretAccessKey) +
        textElement('SessionToken', keys.sessionToken) +
        textElement('Expiration', isoDate(call.now + seconds * 1000)),
    ),
    element('AssumedRoleUser', textElement('AssumedRoleId', caller.userId) + textElement('Arn', caller.arn)),
  ].join('');
}

function findRole(call: Call, arn: string): { readonly account: AccountIndex; readonly role: RoleFixture } | undefined {
  const account = call.accounts.get(arn.split(':')[4] ?? '');
  const role = account?.fixture.iam?.roles?.find((candidate) => principalArn(account.fixture, 'role', candidate) === arn);
  return account === undefined || role === undefined ? undefined : { account, role };
}
