import { Unknown, type Maybe } from '../model/unknown.ts';
import type { IamPrincipal } from './iam-statement.ts';

/**
 * Whether the principal is anyone at all: `*` of whatever kind, or an ARN without a fixed account. AWS refuses the
 * latter, but infrastructure code may hold it, and who wrote it meant everyone.
 */
export function isEveryone(principal: IamPrincipal): Maybe<boolean> {
  const { value } = principal;
  if (value instanceof Unknown) return value;
  return /^\*+$/.test(value) || /^arn:[^:]*:[^:]*:[^:]*:[^:]*[*?]/.test(withoutVariables(value));
}

/**
 * The account that a principal belongs to, as its ARN of any partition or its bare id says; absent for services, for web
 * identity providers, and for the ids (AIDA…, AROA…) that AWS shows in place of a deleted principal.
 */
export function accountOfPrincipal(principal: IamPrincipal): Maybe<string> | undefined {
  const { type, value } = principal;
  if (type === 'Service') return undefined;
  if (value instanceof Unknown) return value;
  if (type === 'CanonicalUser' && value !== '*') {
    return new Unknown('unresolved-reference', 'the policy names a canonical user, whose account only AWS knows');
  }
  return /^\d{12}$/.test(value) ? value : accountOfArn(value);
}

/** The account of an ARN; absent where it is empty or not fixed. */
export function accountOfArn(arn: string): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(withoutVariables(arn))?.[1];
}

/** The colons of `${AWS::Partition}` part no fields of an ARN. */
function withoutVariables(arn: string): string {
  return arn.includes('${') ? arn.replace(/\$\{[^{}]*\}/g, '$') : arn;
}
