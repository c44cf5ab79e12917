import { defaultDate } from './account-fixture.ts';
import { policyText } from './policy-document-text.ts';
import { requiredText, refuseFields } from './input-fields.ts';
import { epochDay, epochSeconds, listAnswer } from './json-fields.ts';
import type { Call, Operations } from './operation.ts';
import { pageOf } from './pagination.ts';
import type { SecretEntry } from './secret-entry.ts';
import { ServiceError } from './service-error.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html: those that only read metadata. */
export const secretsManagerOperations: Operations = {
  ListSecrets: { answer: listSecrets, paging: { token: 'NextToken' } },
  DescribeSecret: { answer: (call) => findSecret(call).describeJson() },
  GetResourcePolicy: { answer: getResourcePolicy },
  ListSecretVersionIds: { answer: listSecretVersionIds, paging: { token: 'NextToken' } },
};

function listSecrets(call: Call): string {
  refuseFields(call.input, ['Filters', 'SortOrder', 'SortBy']);
  const region = call.account.region(call.region);
  const all = call.input['IncludePlannedDeletion'] === true ? region.secrets : region.secretsNotDeleted;
  const page = pageOf(all, pageRequest(call, 'ListSecrets'));
  return listAnswer(
    'SecretList',
    page.items.map((secret) => secret.listJson()),
    { NextToken: page.nextToken },
  );
}

function getResourcePolicy(call: Call): string {
  const { fixture, arn } = findSecret(call);
  if (fixture.deletedAt !== undefined) {
    throw new ServiceError('InvalidRequestException', "You can't perform this operation on the secret because it was marked for deletion.");
  }
  const policy = fixture.policy === undefined ? undefined : policyText(fixture.policy);
  return JSON.stringify({ ARN: arn, Name: fixture.name, ResourcePolicy: policy });
}

function listSecretVersionIds(call: Call): string {
  const secret = findSecret(call);
  const all = Object.entries(secret.versions()).filter(
    ([, version]) => version.stages.length > 0 || call.input['IncludeDeprecated'] === true,
  );
  const page = pageOf(all, pageRequest(call, 'ListSecretVersionIds'));
  const versions = page.items.map(([id, version]) => ({
    VersionId: id,
    VersionStages: version.stages.length === 0 ? undefined : version.stages,
    LastAccessedDate: epochDay(version.lastAccessedAt),
    CreatedDate: epochSeconds(version.createdAt ?? secret.fixture.createdAt ?? defaultDate),
    KmsKeyIds: [secret.fixture.kmsKey ?? 'DefaultEncryptionKey'],
  }));
  return JSON.stringify({ Versions: versions, NextToken: page.nextToken, ARN: secret.arn, Name: secret.fixture.name });
}

function findSecret(call: Call): SecretEntry {
  const secret = call.account.region(call.region).secretById.get(requiredText(call.input, 'SecretId'));
  if (secret !== undefined) return secret;
  throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

function pageRequest(call: Call, operation: string): Parameters<typeof pageOf>[1] {
  return {
    operation,
    token: call.input['NextToken'],
    size: call.input['MaxResults'],
    sizeName: 'MaxResults',
    maxSize: 100,
    defaultSize: 100,
    badTokenCode: 'InvalidNextTokenException',
    short: call.shortPages,
  };
}
