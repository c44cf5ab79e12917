import { Unknown, type Maybe } from '../model/unknown.ts';
import { parsePolicyDocument } from '../resources/iam-document.ts';
import { letsSecretsManagerInvoke, type InvokedFor } from '../resources/invoke-permission.ts';
import { strategyIn, type RotationStrategy } from '../resources/rotation-strategy.ts';

/** What code says of the function that rotates a secret. */
export interface DeclaredFunction {
  readonly functionExists: Maybe<boolean>;
  readonly functionInvocable: Maybe<boolean>;
  /** Absent where nothing says which. */
  readonly strategy?: Maybe<RotationStrategy>;
}

/** One permission that code adds to the resource policy of a function. */
export interface InvokePermission {
  readonly action: Maybe<string> | undefined;
  readonly principal: Maybe<string> | undefined;
  readonly sourceAccount: Maybe<string> | undefined;
  readonly sourceArn: Maybe<string> | undefined;
}

/**
 * The function stands in the input, with these permissions. One that is in the input lets nobody in but by a permission, which
 * belongs beside it.
 *
 * @param more why there may be further permissions; undefined where there are none
 */
export function declaredFunction(
  permissions: readonly InvokePermission[],
  more: Unknown | undefined,
  secret: InvokedFor,
): DeclaredFunction {
  const statements = parsePolicyDocument({ Statement: permissions.map(statementOf) }, { account: secret.account });
  const invocable = letsSecretsManagerInvoke(statements, secret);
  return { functionExists: true, functionInvocable: invocable === false && more !== undefined ? more : invocable };
}

/**
 * A function that is not in the input, or may not be: whether it exists, its account knows.
 *
 * @param arn as the input has it
 */
export function functionElsewhere(soughtIn: string, arn: Maybe<string> | undefined): DeclaredFunction {
  const why = new Unknown('unresolved-reference', `the rotation function is not in ${soughtIn}`);
  return { functionExists: why, functionInvocable: why, strategy: (typeof arn === 'string' ? strategyIn(arn) : undefined) ?? why };
}

function statementOf({ action, principal, sourceAccount, sourceArn }: InvokePermission): unknown {
  const Condition = {
    ...(isSet(sourceAccount) ? { StringEquals: { 'aws:SourceAccount': sourceAccount } } : {}),
    ...(isSet(sourceArn) ? { ArnLike: { 'aws:SourceArn': sourceArn } } : {}),
  };
  return {
    Effect: 'Allow',
    Principal: principal === undefined || principal instanceof Unknown ? principal : principalOf(principal),
    Action: action,
    Resource: '*',
    ...(Object.keys(Condition).length === 0 ? {} : { Condition }),
  };
}

/** A service, an account, or an ARN. */
function principalOf(principal: string): unknown {
  return /\.amazonaws\.com(\.cn)?$/.test(principal) ? { Service: principal } : { AWS: principal };
}

function isSet(value: Maybe<string> | undefined): boolean {
  return value !== undefined && value !== '';
}
