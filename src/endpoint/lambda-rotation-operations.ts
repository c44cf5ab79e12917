import { requiredText } from './input-fields.ts';
import type { Call, Operations } from './operation.ts';
import { ServiceError } from './service-error.ts';

/**
 * What Lambda tells of the functions that rotate secrets. Those of the account and region exist because a secret names them.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
 */
export const lambdaRotationOperations: Operations = {
  GetFunctionConfiguration: { answer: getFunctionConfiguration },
  GetPolicy: { answer: getPolicy },
};

function getFunctionConfiguration(call: Call): string {
  const { arn, description } = findFunction(call);
  return JSON.stringify({ FunctionName: arn.split(':')[6], FunctionArn: arn, Description: description, Version: '$LATEST' });
}

function getPolicy(call: Call): string {
  const { arn, fault } = findFunction(call);
  if (fault === 'closed') throw new ServiceError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
  const statement = {
    Sid: 'SecretsManager',
    Effect: 'Allow',
    Principal: { Service: 'secretsmanager.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: arn,
    Condition: { StringEquals: { 'AWS:SourceAccount': call.account.id } },
  };
  return JSON.stringify({ Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: [statement] }), RevisionId: '1' });
}

interface FoundFunction {
  readonly arn: string;
  readonly fault: 'missing' | 'closed' | undefined;
  /** As AWS has it: empty where there is none. */
  readonly description: string;
}

function findFunction(call: Call): FoundFunction {
  const name = requiredText(call.input, 'FunctionName');
  const { id, partition } = call.account;
  const arn = name.startsWith('arn:') ? name : `arn:${partition}:lambda:${call.region}:${id}:function:${name}`;
  const rotations = call.account.region(call.region).secrets.flatMap(({ fixture }) => fixture.rotation ?? []);
  const own = rotations.filter(({ functionArn }) => functionArn === arn);
  const fault = own.find(({ functionFault }) => functionFault !== undefined)?.functionFault;
  if (own.length === 0 || fault === 'missing') throw new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
  return { arn, fault, description: own.find(({ functionDescription }) => functionDescription !== undefined)?.functionDescription ?? '' };
}
