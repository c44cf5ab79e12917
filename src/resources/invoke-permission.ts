import { Unknown, type Maybe } from '../model/unknown.ts';
import { globMatches } from './iam-glob.ts';
import { actionMatches, grants } from './iam-matching.ts';
import type { IamCondition, IamStatement } from './iam-statement.ts';
import { allOf, every, not, some } from './three-valued.ts';

/** The secret on behalf of which Secrets Manager calls. */
export interface InvokedFor {
  readonly arn: Maybe<string>;
  readonly account: Maybe<string>;
}

/**
 * Whether the resource policy of a function lets Secrets Manager invoke it to rotate a secret. A condition on the account or the
 * ARN of the source is compared with the secret; any other leaves it unknown.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
 */
export function letsSecretsManagerInvoke(statements: Maybe<readonly Maybe<IamStatement>[]>, secret: InvokedFor): Maybe<boolean> {
  const speaksOfIt = (statement: IamStatement): Maybe<boolean> =>
    allOf(
      namesSecretsManager(statement),
      every(statement.conditions, (condition) => conditionHolds(condition, secret)),
    );
  const allowed = some(statements, (statement) => allOf(grants(statement, action), speaksOfIt(statement)));
  // `grants` knows the denials of everyone alone.
  const denied = some(statements, (statement) => allOf(denies(statement), speaksOfIt(statement)));
  return allOf(allowed, not(denied));
}

const action = 'lambda:InvokeFunction';

function denies({ effect, actions }: IamStatement): Maybe<boolean> {
  return allOf(
    effect instanceof Unknown ? effect : effect === 'Deny',
    some(actions, (pattern) => actionMatches(pattern, action)),
  );
}

function namesSecretsManager(statement: IamStatement): Maybe<boolean> {
  return some(statement.principals, ({ type, value }) => {
    if (type instanceof Unknown) return type;
    if (value instanceof Unknown) return value;
    return type === 'Service' ? /^secretsmanager\.amazonaws\.com(\.cn)?$/.test(value) : type === 'AWS' && value === '*';
  });
}

function conditionHolds({ operator, key, values }: IamCondition, secret: InvokedFor): Maybe<boolean> {
  if (operator instanceof Unknown) return operator;
  if (key instanceof Unknown) return key;
  const actual = key === 'aws:sourceaccount' ? secret.account : key === 'aws:sourcearn' ? secret.arn : undefined;
  if (actual === undefined || !/^(?:String|Arn)(?:Equals|Like)(?:IfExists)?$/i.test(operator)) {
    return new Unknown('unresolved-reference', `the policy of the function lets Secrets Manager in on a condition on ${key}`);
  }
  if (actual instanceof Unknown) return actual;
  // Of the ARN operators, Equals takes wildcards too.
  const isPattern = !/^StringEquals/i.test(operator);
  return some(values, (value) => (isPattern ? globMatches(value, actual) : value === actual));
}
