import { requiredText } from './input-fields.ts';
import { listAnswer } from './json-fields.ts';
import type { Call, Operations } from './operation.ts';
import { pageOf } from './pagination.ts';
import { ServiceError } from './service-error.ts';
import type { FunctionFixture } from './workload-fixture.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html: those that tell what functions are given. */
export const lambdaOperations: Operations = {
  ListFunctions: { answer: listFunctions, paging: { token: 'NextMarker' } },
  ListTags: { answer: listTags },
};

function listFunctions(call: Call): string {
  const page = pageOf(functionsOf(call), {
    operation: 'ListFunctions',
    token: call.input['Marker'],
    size: call.input['MaxItems'],
    sizeName: 'MaxItems',
    maxSize: 10_000,
    defaultSize: 50,
    badTokenCode: 'InvalidParameterValueException',
    short: call.shortPages,
  });
  return listAnswer(
    'Functions',
    page.items.map((one) => JSON.stringify(configurationOf(call, one))),
    { NextMarker: page.nextToken },
  );
}

function configurationOf(call: Call, one: FunctionFixture): Readonly<Record<string, unknown>> {
  const { environment, environmentError } = one;
  const arn = arnOf(call, one);
  return {
    FunctionName: one.name,
    FunctionArn: arn,
    Runtime: 'python3.13',
    Role: one.roleArn ?? `arn:${call.account.partition}:iam::${call.account.id}:role/${one.name}`,
    Handler: 'index.handler',
    Version: '$LATEST',
    Environment:
      environmentError === undefined
        ? environment && { Variables: environment }
        : { Error: { ErrorCode: environmentError, Message: 'Lambda was unable to decrypt the environment variables.' } },
  };
}

function listTags(call: Call): string {
  const arn = requiredText(call.input, 'Resource');
  const found = functionsOf(call).find((one) => arnOf(call, one) === arn);
  if (found === undefined) throw new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
  return JSON.stringify({ Tags: found.tags ?? {} });
}

function functionsOf(call: Call): readonly FunctionFixture[] {
  return call.account.fixture.regions[call.region]?.functions ?? [];
}

function arnOf({ account, region }: Call, { name }: FunctionFixture): string {
  return `arn:${account.partition}:lambda:${region}:${account.id}:function:${name}`;
}
