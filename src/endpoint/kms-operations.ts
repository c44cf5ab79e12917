import { defaultDate } from './account-fixture.ts';
import { refuseFields } from './input-fields.ts';
import { epochSeconds } from './json-fields.ts';
import { isSymmetric } from './key-entry.ts';
import { findKey, findKeyOrAlias } from './key-lookup.ts';
import type { Call, Operations } from './operation.ts';
import { pageOf, type Page } from './pagination.ts';
import { ServiceError } from './service-error.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html: those that describe keys. */
export const kmsOperations: Operations = {
  ListKeys: { answer: listKeys, paging: { token: 'NextMarker', flag: 'Truncated' } },
  ListAliases: { answer: listAliases, paging: { token: 'NextMarker', flag: 'Truncated' } },
  DescribeKey: { answer: (call) => `{"KeyMetadata":${findKeyOrAlias(call).describeJson()}}` },
  GetKeyRotationStatus: { answer: getKeyRotationStatus },
  GetKeyPolicy: { answer: getKeyPolicy },
  ListResourceTags: { answer: listResourceTags, paging: { token: 'NextMarker', flag: 'Truncated' } },
};

function listKeys(call: Call): string {
  const page = keyPage(call, 'ListKeys', call.account.region(call.region).keys, 1000, 100);
  return pageAnswer('Keys', page, (key) => ({ KeyId: key.fixture.id, KeyArn: key.arn }));
}

function listAliases(call: Call): string {
  refuseFields(call.input, ['KeyId']);
  const page = keyPage(call, 'ListAliases', call.account.region(call.region).aliases, 100, 50);
  return pageAnswer('Aliases', page, ({ name, arn, key }) => {
    const date = epochSeconds(key.fixture.createdAt ?? defaultDate);
    return { AliasName: name, AliasArn: arn, TargetKeyId: key.fixture.id, CreationDate: date, LastUpdatedDate: date };
  });
}

function getKeyRotationStatus(call: Call): string {
  const key = findKey(call);
  const { fixture } = key;
  if (!isSymmetric(fixture) || fixture.origin === 'AWS_CLOUDHSM' || fixture.origin === 'EXTERNAL_KEY_STORE') {
    throw new ServiceError(
      'UnsupportedOperationException',
      `${key.arn} can't be rotated automatically: its spec or origin is not supported.`,
    );
  }
  // A key that is pending deletion, or whose material was imported, answers but does not rotate.
  const rotates = fixture.rotation !== undefined && fixture.state !== 'PendingDeletion' && fixture.origin !== 'EXTERNAL';
  return JSON.stringify({
    KeyId: key.arn,
    KeyRotationEnabled: rotates,
    RotationPeriodInDays: rotates ? (fixture.rotation?.periodDays ?? 365) : undefined,
    NextRotationDate: rotates ? epochSeconds(fixture.rotation?.nextRotationAt) : undefined,
  });
}

function getKeyPolicy(call: Call): string {
  const key = findKey(call);
  const name = call.input['PolicyName'] ?? 'default';
  if (name !== 'default') throw new ServiceError('NotFoundException', `No such policy exists: ${JSON.stringify(name)}`);
  return JSON.stringify({ Policy: key.policyText(), PolicyName: 'default' });
}

function listResourceTags(call: Call): string {
  const page = keyPage(call, 'ListResourceTags', Object.entries(findKey(call).fixture.tags ?? {}), 50, 50);
  return pageAnswer('Tags', page, ([TagKey, TagValue]) => ({ TagKey, TagValue }));
}

function keyPage<T>(call: Call, operation: string, all: readonly T[], maxSize: number, defaultSize: number): Page<T> {
  return pageOf(all, {
    operation,
    token: call.input['Marker'],
    size: call.input['Limit'],
    sizeName: 'Limit',
    maxSize,
    defaultSize,
    badTokenCode: 'InvalidMarkerException',
    short: call.shortPages,
  });
}

function pageAnswer<T>(list: string, page: Page<T>, render: (item: T) => unknown): string {
  return JSON.stringify({ [list]: page.items.map(render), NextMarker: page.nextToken, Truncated: page.nextToken !== undefined });
}
