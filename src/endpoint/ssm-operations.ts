import { fakeUuid } from './fake-id.ts';
import { refuseFields, requiredText, textList } from './input-fields.ts';
import { listAnswer, tagList } from './json-fields.ts';
import type { Call, Operations } from './operation.ts';
import { pageOf } from './pagination.ts';
import type { ParameterEntry } from './parameter-entry.ts';
import { policyText } from './policy-document-text.ts';
import { ServiceError, validationError } from './service-error.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Operations.html: those of Parameter Store that are needed. */
export const ssmOperations: Operations = {
  DescribeParameters: { answer: describeParameters, paging: { token: 'NextToken' } },
  GetParameters: { answer: getParameters },
  GetResourcePolicies: { answer: getResourcePolicies, paging: { token: 'NextToken' } },
  ListTagsForResource: { answer: listTagsForResource },
};

const maxNames = 10;

function describeParameters(call: Call): string {
  refuseFields(call.input, ['Filters', 'ParameterFilters', 'Shared']);
  const page = pageOf(call.account.region(call.region).parameters, {
    operation: 'DescribeParameters',
    token: call.input['NextToken'],
    size: call.input['MaxResults'],
    sizeName: 'MaxResults',
    maxSize: 50,
    defaultSize: 50,
    badTokenCode: 'InvalidNextToken',
    short: call.shortPages,
  });
  return listAnswer(
    'Parameters',
    page.items.map((parameter) => parameter.describeJson()),
    { NextToken: page.nextToken },
  );
}

/** Never decrypts: a SecureString is answered as it would be without the permission to, and without a real ciphertext. */
function getParameters(call: Call): string {
  const names = textList(call.input, 'Names');
  if (names.length < 1 || names.length > maxNames) {
    const side = names.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${maxNames}`;
    throw validationError(
      `1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length ${side}`,
    );
  }
  const { parameterById } = call.account.region(call.region);
  const found: ParameterEntry[] = [];
  const invalid: string[] = [];
  for (const name of names) {
    const parameter = parameterById.get(name);
    if (parameter === undefined) invalid.push(name);
    else found.push(parameter);
  }
  return listAnswer(
    'Parameters',
    found.map((parameter) => parameter.valueJson()),
    { InvalidParameters: invalid },
  );
}

function getResourcePolicies(call: Call): string {
  const arn = requiredText(call.input, 'ResourceArn');
  const parameter = call.account.region(call.region).parameterById.get(arn);
  if (parameter === undefined) throw new ServiceError('ResourceNotFoundException', `The resource ${arn} does not exist.`);
  const page = pageOf(parameter.fixture.sharedBy ?? [], {
    operation: 'GetResourcePolicies',
    token: call.input['NextToken'],
    size: call.input['MaxResults'],
    sizeName: 'MaxResults',
    maxSize: 50,
    defaultSize: 50,
    badTokenCode: 'InvalidNextToken',
    short: call.shortPages,
  });
  return JSON.stringify({
    Policies: page.items.map((policy) => {
      const text = policyText(policy);
      return { PolicyId: fakeUuid(`${arn} ${text}`), PolicyHash: fakeUuid(text), Policy: text };
    }),
    NextToken: page.nextToken,
  });
}

function listTagsForResource(call: Call): string {
  const type = requiredText(call.input, 'ResourceType');
  if (type !== 'Parameter') throw new ServiceError('InvalidResourceType', `${type} is not a valid resource type.`);
  const id = requiredText(call.input, 'ResourceId');
  const parameter = call.account.region(call.region).parameterById.get(id);
  if (parameter === undefined) throw new ServiceError('InvalidResourceId', `The resource ID ${id} is not valid.`);
  return JSON.stringify({ TagList: tagList(parameter.fixture.tags, 'Key', 'Value') });
}
