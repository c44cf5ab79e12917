import { Unknown, type Maybe } from '../model/unknown.ts';
import { accountOfArn } from './iam-principal.ts';
import type { IamCondition } from './iam-statement.ts';
import { allOf, every, isNonEmpty } from './three-valued.ts';

type LimitKind = 'account' | 'arn' | 'organization' | 'organization-path' | 'network' | 'address' | 'unique-id';

/**
 * Condition keys that tell who the caller is, or on whose behalf a service calls. Keys of the transport, of the
 * service in between (kms:ViaService), of the encryption context and of tags are not here: anyone can satisfy those. Nor
 * is aws:VpcSourceIp, since the private addresses of every VPC are alike.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const limitingKeys: ReadonlyMap<string, LimitKind> = new Map([
  ['aws:principalaccount', 'account'],
  ['aws:sourceaccount', 'account'],
  ['aws:sourceowner', 'account'],
  ['kms:calleraccount', 'account'],
  ['aws:principalarn', 'arn'],
  ['aws:sourcearn', 'arn'],
  ['aws:principalorgid', 'organization'],
  ['aws:sourceorgid', 'organization'],
  ['aws:principalorgpaths', 'organization-path'],
  ['aws:sourceorgpaths', 'organization-path'],
  ['aws:sourcevpc', 'network'],
  ['aws:sourcevpce', 'network'],
  ['aws:sourceip', 'address'],
  ['aws:userid', 'unique-id'],
]);

const stringOperators = ['stringequals', 'stringequalsignorecase', 'stringlike'];
const operators: { readonly [kind in LimitKind]: readonly string[] } = {
  account: stringOperators,
  arn: [...stringOperators, 'arnequals', 'arnlike'],
  organization: stringOperators,
  'organization-path': stringOperators,
  network: stringOperators,
  address: [...stringOperators, 'ipaddress'],
  'unique-id': stringOperators,
};

/**
 * What a condition could limit the caller to; undefined for a condition that cannot. Negated operators, `IfExists` and
 * `ForAllValues:` hold for a caller without the key, so they limit nobody.
 */
export function limitKind({ operator, key }: IamCondition): Maybe<LimitKind> | undefined {
  if (key instanceof Unknown) return key;
  const kind = limitingKeys.get(key);
  if (kind === undefined) return undefined;
  if (operator instanceof Unknown) return operator;
  return operators[kind].includes(operator.toLowerCase().replace(/^foranyvalue:/, '')) ? kind : undefined;
}

/** Whether the condition keeps out callers of most AWS accounts: every value of it must, since one of them suffices. */
export function limitsCaller(condition: IamCondition): Maybe<boolean> {
  const kind = limitKind(condition);
  if (kind === undefined) return false;
  const values = allOf(
    isNonEmpty(condition.values),
    every(condition.values, (value) => (kind instanceof Unknown ? true : valueLimits(kind, value))),
  );
  return kind instanceof Unknown ? allOf(kind, values) : values;
}

function valueLimits(kind: LimitKind, value: string): boolean {
  // A variable is fixed only where it stands for the owner of the resource, or for where a template is deployed to;
  // `${aws:PrincipalAccount}` holds for everyone.
  const fixed = value.replace(/\$\{(aws:resource(account|orgid|orgpaths)|AWS::(Partition|AccountId|Region)[^{}]*)\}/gi, 'own');
  if (fixed === '' || fixed.includes('${')) return false;
  switch (kind) {
    case 'account':
    case 'organization':
    case 'network':
      return !hasWildcard(fixed);
    case 'organization-path':
      return !hasWildcard(fixed.split('/')[0] ?? '');
    case 'unique-id':
      return !hasWildcard(fixed.split(':')[0] ?? '');
    case 'arn':
      return arnLimits(fixed);
    case 'address':
      return addressLimits(fixed);
    default:
      return kind satisfies never;
  }
}

function arnLimits(arn: string): boolean {
  if (accountOfArn(arn) !== undefined) return true;
  const [, , , , account, ...resource] = arn.split(':');
  // The ARN of a bucket has no account; a whole name is one bucket, a pattern is open to whoever takes a fitting name.
  return account === 'own' || (account === '' && resource.length > 0 && !hasWildcard(resource.join(':')));
}

/** Shortest prefixes that still are somebody's network. */
const shortestPrefix = { v4: 8, v6: 16 };

function addressLimits(range: string): boolean {
  const match = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(range);
  if (match === null) return false;
  const [, address = '', length] = match;
  if (length === undefined) return true;
  return Number(length) >= (address.includes(':') ? shortestPrefix.v6 : shortestPrefix.v4);
}

function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}
