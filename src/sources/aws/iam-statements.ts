import type { AttachedPolicy, ManagedPolicyDetail, PolicyDetail } from '@aws-sdk/client-iam';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { parsePolicyDocument, type PolicyContext } from '../../resources/iam-document.ts';
import type { IamStatement } from '../../resources/iam-statement.ts';
import { toUnknown } from './failures.ts';
import type { AuthorizationDetails } from './iam-authorization-details.ts';

type Statements = readonly Maybe<IamStatement>[];

const operation = 'iam:GetAccountAuthorizationDetails';

/** What users, roles and groups have in common. A list that is undefined was left out of the answer, and may hold anything. */
export interface PrincipalDetail {
  readonly inline: readonly PolicyDetail[] | undefined;
  readonly attached: readonly AttachedPolicy[] | undefined;
}

/** The statements of a principal: its inline policies, then its attached ones, each group by name. What could not be read is one Unknown each. */
export function principalStatements(principal: PrincipalDetail, details: AuthorizationDetails, account: string): Statements {
  const inline = sortBy(principal.inline ?? [], ({ PolicyName }) => PolicyName ?? '').flatMap(({ PolicyName, PolicyDocument }) =>
    listed(readDocument(PolicyDocument, { account, ...(PolicyName ? { policyName: PolicyName } : {}) })),
  );
  const attached = sortBy(principal.attached ?? [], ({ PolicyArn }) => PolicyArn ?? '').flatMap((policy) =>
    listed(attachedStatements(policy, details, account)),
  );
  return [
    ...(principal.inline === undefined ? [malformed('a principal without its inline policies')] : inline),
    ...(principal.attached === undefined ? [malformed('a principal without its attached policies')] : attached),
  ];
}

/** Attached policies by name and ARN. */
export function principalAttachments(principal: PrincipalDetail): readonly Maybe<{ readonly name: Maybe<string>; readonly arn: string }>[] {
  if (principal.attached === undefined) return [malformed('a principal without its attached policies')];
  return sortBy(principal.attached, ({ PolicyArn }) => PolicyArn ?? '').map(({ PolicyName, PolicyArn }) =>
    PolicyArn ? { name: PolicyName ?? nameFromArn(PolicyArn), arn: PolicyArn } : malformed('an attached policy without PolicyArn'),
  );
}

function attachedStatements(attached: AttachedPolicy, details: AuthorizationDetails, account: string): Maybe<Statements> {
  if (!attached.PolicyArn) return malformed('an attached policy without PolicyArn');
  const policy = details.policies.get(attached.PolicyArn);
  if (policy === undefined) {
    return details.failure === undefined
      ? malformed(`no document of the attached policy ${attached.PolicyArn}`)
      : toUnknown(details.failure);
  }
  const policyName = attached.PolicyName ?? policy.PolicyName ?? nameFromArn(attached.PolicyArn);
  return defaultVersion(policy, { account, policyName, policyArn: attached.PolicyArn });
}

/** The statements of the default version of a managed policy; the others grant nothing. */
export function defaultVersion(policy: ManagedPolicyDetail, context: PolicyContext): Maybe<Statements> {
  const version = policy.PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion === true);
  return version === undefined ? malformed('a managed policy without its default version') : readDocument(version.Document, context);
}

/** IAM sends documents URL-encoded (RFC 3986) and the SDK leaves them so; moto sends trust policies raw. */
export function readDocument(text: string | undefined, context: PolicyContext): Maybe<Statements> {
  if (text === undefined) return malformed('a policy without its document');
  const parsed = parseJson(text) ?? parseJson(decode(text));
  return parsed === undefined ? malformed('a policy document that is not JSON') : parsePolicyDocument(parsed, context);
}

export function nameFromArn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed ?? undefined;
  } catch {
    return undefined;
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function listed(statements: Maybe<Statements>): Statements {
  return statements instanceof Unknown ? [statements] : statements;
}

function malformed(missing: string): Unknown {
  return new Unknown('malformed-response', `the answer to ${operation} has ${missing}`, operation);
}

function sortBy<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
