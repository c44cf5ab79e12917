import { declaredFunction, functionElsewhere, type DeclaredFunction } from '../../iac/rotation-function.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import type { Evaluator } from './evaluator.ts';
import { attachedTo, linkOf } from './links.ts';
import { textAt, valueAt } from './properties.ts';
import { Reference } from './reference.ts';
import { applicationStrategy, functionStrategy, strategyFrom } from './rotation-strategy.ts';
import type { RawResource } from './template.ts';

const functionTypes = ['AWS::Lambda::Function', 'AWS::Serverless::Function'];
const permissionType = 'AWS::Lambda::Permission';

/**
 * What the template says of the function of a rotation.
 *
 * @param secret undefined for one that is not in the template
 */
export function readRotationFunction(evaluator: Evaluator, rotation: RawResource, secret: RawResource | undefined): DeclaredFunction {
  const value = valueAt(evaluator, rotation, ['RotationLambdaARN']);
  const link = linkOf(evaluator, value, functionTypes);
  if (link.kind === 'lost') {
    return { functionExists: link.why, functionInvocable: link.why, ...applicationStrategy(evaluator, value, link.why) };
  }
  if (link.kind === 'outside') return functionElsewhere('this template', evaluator.text(value));
  const permissions = attachedTo(evaluator, permissionType, 'FunctionName', functionTypes);
  const arn =
    secret === undefined
      ? new Unknown('unresolved-reference', 'the secret is not in this template')
      : evaluator.referenceText(new Reference(secret.id, undefined));
  const declared = declaredFunction(
    permissions.of(link.id).map(({ resource }) => ({
      action: textAt(evaluator, resource, ['Action']),
      principal: textAt(evaluator, resource, ['Principal']),
      sourceAccount: foreignAccount(textAt(evaluator, resource, ['SourceAccount'])),
      sourceArn: textAt(evaluator, resource, ['SourceArn']),
    })),
    permissions.maybeOf(),
    { arn, account: evaluator.world.template.place.account },
  );
  return { ...declared, ...functionStrategy(evaluator, link.id) };
}

/** CloudFormation makes a hosted function, and lets Secrets Manager invoke it. */
export function hostedFunction(evaluator: Evaluator, rotation: RawResource): DeclaredFunction {
  return {
    functionExists: true,
    functionInvocable: true,
    ...strategyFrom([textAt(evaluator, rotation, ['HostedRotationLambda', 'RotationType'])]),
  };
}

/** A condition on the account of the stack, whichever that is, always holds. */
function foreignAccount(account: Maybe<string> | undefined): Maybe<string> | undefined {
  const isOwn = account instanceof Unknown ? account.symbol === 'AWS::AccountId' : account === '${AWS::AccountId}';
  return isOwn ? undefined : account;
}
