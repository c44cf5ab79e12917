import { bool, list, object, oneOf, optional, required, string, type ValueOf } from './shape.ts';

export const iamPrincipal = object('IamPrincipal', {
  type: required(oneOf('AWS', 'Service', 'Federated', 'CanonicalUser'), 'Kind of principal; `*` alone is AWS.'),
  value: required(string, 'ARN, account id, service name, or `*`.'),
});

export const iamCondition = object('IamCondition', {
  operator: required(string, 'As written, such as `StringEquals` or `ForAnyValue:StringLike`.'),
  key: required(string, 'In lower case, since IAM ignores the case of condition keys.'),
  values: required(list(string), 'Always a list.'),
});

export const iamDenial = object('IamDenial', {
  actions: required(list(string), 'Actions that it denies, as written.'),
  notActions: required(list(string), 'It denies all actions but these; empty when `actions` is used.'),
  resources: required(list(string), 'Resources that it covers.'),
  notResources: required(list(string), 'It covers all resources but these; empty when `resources` is used.'),
});

/** One statement of an IAM or resource policy, normalised: lists instead of strings, nothing left out. */
export const iamStatement = object('IamStatement', {
  policyName: optional(string, 'Name of the inline or attached policy; absent in a resource policy.'),
  policyArn: optional(string, 'ARN of the attached managed policy that holds the statement; absent for inline ones.'),
  sid: optional(string, 'Sid, when it has one.'),
  effect: required(oneOf('Allow', 'Deny'), 'Allow or Deny.'),
  actions: required(list(string), 'Actions as written; empty when `notActions` is used.'),
  notActions: required(list(string), 'It speaks of all actions but these; empty when `actions` is used.'),
  resources: required(list(string), 'Resource ARNs or patterns as written; empty when `notResources` is used.'),
  notResources: required(list(string), 'It speaks of all resources but these; empty when `resources` is used.'),
  principals: required(list(iamPrincipal), 'Who it speaks of; empty in an identity policy.'),
  notPrincipals: required(list(iamPrincipal), 'It speaks of everyone but these.'),
  conditions: required(list(iamCondition), 'All must hold.'),
  denials: required(list(iamDenial), 'The unconditional Deny statements of the same document, which cut what it allows.'),
  isPublic: required(bool, 'Allows principals of any AWS account: `*` or NotPrincipal, with no condition that limits the caller.'),
  accounts: required(list(string), 'Ids of the accounts that it lets in, by principal or by a condition on the caller.'),
  organizations: required(list(string), 'Ids of the organisations (`o-…`) that a condition limits it to.'),
});

export type IamPrincipal = ValueOf<typeof iamPrincipal>;
export type IamCondition = ValueOf<typeof iamCondition>;
export type IamDenial = ValueOf<typeof iamDenial>;
export type IamStatement = ValueOf<typeof iamStatement>;
