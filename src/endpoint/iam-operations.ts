import type { IamEntity, IamEntityKind } from './iam-entity.ts';
import { requiredText } from './input-fields.ts';
import type { Call, Operations } from './operation.ts';
import { pageOf } from './pagination.ts';
import { queryList } from './query-protocol.ts';
import { ServiceError, validationError } from './service-error.ts';
import { listElement, textElement } from './xml.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html: those that tell who may do what. */
export const iamOperations: Operations = {
  GetAccountAuthorizationDetails: { answer: getAccountAuthorizationDetails, paging: { token: 'Marker', flag: 'IsTruncated' } },
  ListPolicyTags: { answer: listPolicyTags, paging: { token: 'Marker', flag: 'IsTruncated' } },
};

const kinds: readonly string[] = ['User', 'Group', 'Role', 'LocalManagedPolicy', 'AWSManagedPolicy'] satisfies readonly IamEntityKind[];

function getAccountAuthorizationDetails(call: Call): string {
  const filter = queryList(call.input, 'Filter');
  const unknown = filter.find((kind) => !kinds.includes(kind));
  if (unknown !== undefined) throw validationError(`Value '${unknown}' at 'filter' is not one of ${kinds.join(', ')}`);
  const all = call.account.iam();
  const page = pageOf(filter.length === 0 ? all : all.filter((entity) => filter.includes(entity.kind)), {
    operation: `GetAccountAuthorizationDetails/${[...filter].sort().join('+')}`,
    token: call.input['Marker'],
    size: call.input['MaxItems'],
    sizeName: 'MaxItems',
    maxSize: 1000,
    defaultSize: 100,
    badTokenCode: 'ValidationException',
    short: call.shortPages,
  });
  return [
    listOf('UserDetailList', page.items, ['User']),
    listOf('GroupDetailList', page.items, ['Group']),
    listOf('RoleDetailList', page.items, ['Role']),
    listOf('Policies', page.items, ['LocalManagedPolicy', 'AWSManagedPolicy']),
    textElement('IsTruncated', page.nextToken !== undefined),
    textElement('Marker', page.nextToken),
  ].join('');
}

function listPolicyTags(call: Call): string {
  const arn = requiredText(call.input, 'PolicyArn');
  const policy = call.account.iam().find((entity) => entity.kind.endsWith('ManagedPolicy') && entity.arn === arn);
  if (policy === undefined) throw new ServiceError('NoSuchEntity', `Policy ${arn} was not found.`, 404);
  const page = pageOf(Object.entries(policy.tags ?? {}), {
    operation: `ListPolicyTags/${arn}`,
    token: call.input['Marker'],
    size: call.input['MaxItems'],
    sizeName: 'MaxItems',
    maxSize: 1000,
    defaultSize: 100,
    badTokenCode: 'ValidationException',
    short: call.shortPages,
  });
  return [
    listElement(
      'Tags',
      page.items.map(([key, value]) => textElement('Key', key) + textElement('Value', value)),
    ),
    textElement('IsTruncated', page.nextToken !== undefined),
    textElement('Marker', page.nextToken),
  ].join('');
}

function listOf(name: string, items: readonly IamEntity[], wanted: readonly IamEntityKind[]): string {
  return listElement(
    name,
    items.filter((entity) => wanted.includes(entity.kind)).map((entity) => entity.xml()),
  );
}
