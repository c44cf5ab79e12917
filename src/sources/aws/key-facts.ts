import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { Maybe } from '../../model/unknown.ts';
import type { IamStatement } from '../../resources/iam-statement.ts';
import { parsePolicyDocument } from '../../resources/iam-document.ts';
import { nextMarker, readTags, requireList, requireText } from './answer-fields.ts';
import { checkEach, checkFields } from './check-fields.ts';
import { oncePerScope, type Region, type ScopeReader } from './collector.ts';
import { MalformedAnswer, toUnknown, type Answer, type Failure } from './failures.ts';
import { touches } from './needs.ts';
import { readPages } from './pages.ts';

/** What DescribeKey answers, with the fields that make it a key. */
export type DescribedKey = KeyMetadata & { readonly KeyId: string; readonly Arn: string };

/** Whether the key material rotates; absent for a key that cannot rotate. */
export interface KeyRotation {
  readonly enabled?: boolean;
  readonly periodDays?: Maybe<number>;
}

const keyFields = {
  Arn: 'arn',
  AWSAccountId: 'text',
  Enabled: 'flag',
  KeyManager: 'text',
  KeyState: 'text',
  KeySpec: 'text',
  KeyUsage: 'text',
  Origin: 'text',
  CustomKeyStoreId: 'text',
} as const;

interface KeyBook {
  readonly described: Map<string, Promise<Answer<DescribedKey>>>;
  readonly rotations: Map<string, Promise<Answer<KeyRotation>>>;
}

const keyBook = oncePerScope((): Promise<KeyBook> => Promise.resolve({ described: new Map(), rotations: new Map() }));

/** One DescribeKey for a key id, alias name or foreign ARN, however many secrets and parameters name it. */
export async function describeKey(scope: ScopeReader, id: string): Promise<Answer<DescribedKey>> {
  const { described } = await keyBook(scope);
  return await remember(described, await resolveAlias(scope, id), (key) => askForKey(scope, key));
}

/** DescribeKey in whatever region, each time anew. */
export async function askForKey({ clients, calls }: Region, id: string): Promise<Answer<DescribedKey>> {
  const api = await clients.kms();
  return await calls.make('kms:DescribeKey', async (signal) => {
    const metadata = (await api.describeKey(id, signal)).KeyMetadata;
    if (metadata === undefined) throw new MalformedAnswer('no KeyMetadata');
    checkFields(metadata, keyFields);
    return { ...metadata, KeyId: requireText(metadata.KeyId, 'KeyId'), Arn: requireText(metadata.Arn, 'Arn') };
  });
}

/**
 * Whether a key rotates. Not asked for keys that cannot: asymmetric, HMAC, imported material, custom key stores
 * (https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html).
 */
export async function keyRotation(scope: ScopeReader, key: DescribedKey): Promise<Answer<KeyRotation>> {
  if (!canRotate(key)) return { ok: true, value: {} };
  const { rotations } = await keyBook(scope);
  return await remember(rotations, key.Arn, async () => {
    const api = await scope.clients.kms();
    const own = key.AWSAccountId === undefined || key.AWSAccountId === scope.account;
    const answer = await scope.calls.make('kms:GetKeyRotationStatus', async (signal): Promise<KeyRotation> => {
      const status = await api.getKeyRotationStatus(own ? key.KeyId : key.Arn, signal);
      checkFields(status, { KeyRotationEnabled: 'flag', RotationPeriodInDays: 'integer' });
      if (status.KeyRotationEnabled === undefined) throw new MalformedAnswer('no KeyRotationEnabled');
      if (!status.KeyRotationEnabled) return { enabled: false };
      const periodDays = status.RotationPeriodInDays;
      return { enabled: true, ...(periodDays === undefined ? {} : { periodDays }) };
    });
    if (!answer.ok && answer.failure.code === cannotRotate) return { ok: true, value: {} };
    return answer;
  });
}

/** What AWS says of a key that cannot. A key in a state in which it does not tell (`KMSInvalidStateException`) may rotate. */
const cannotRotate = 'UnsupportedOperationException';

function canRotate(key: DescribedKey): boolean {
  const spec = key.KeySpec || 'SYMMETRIC_DEFAULT';
  const origin = key.Origin || 'AWS_KMS';
  return spec === 'SYMMETRIC_DEFAULT' && origin === 'AWS_KMS' && key.CustomKeyStoreId === undefined;
}

/** Statements of a key's policy. */
export async function keyStatements(scope: ScopeReader, keyId: string): Promise<Maybe<readonly Maybe<IamStatement>[]>> {
  const api = await scope.clients.kms();
  const answer = await scope.calls.make('kms:GetKeyPolicy', async (signal) =>
    requireText((await api.getKeyPolicy(keyId, signal)).Policy, 'Policy'),
  );
  return answer.ok ? parsePolicyDocument(answer.value, { account: scope.account }) : toUnknown(answer.failure);
}

export async function keyTags(scope: ScopeReader, keyId: string): Promise<Maybe<{ readonly [key: string]: string }>> {
  const operation = 'kms:ListResourceTags';
  const api = await scope.clients.kms();
  const quiet = { calls: scope.calls, onListing: () => undefined };
  const { items, failure } = await readPages(quiet, operation, async (marker, signal) => {
    const page = await api.listTags(keyId, marker, signal);
    const tags = checkEach(requireList(page.Tags, 'Tags'), { TagKey: 'text', TagValue: 'text' });
    return {
      items: tags.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue })),
      next: nextMarker(page.Truncated, page.NextMarker),
    };
  });
  return failure === undefined ? readTags(items, operation) : toUnknown(failure);
}

/** Alias name → key id, for the whole scope. Aliases without a key are left out: AWS makes some in advance. */
export const listAliases = oncePerScope(
  async (scope): Promise<{ readonly targets: ReadonlyMap<string, string>; readonly failure?: Failure }> => {
    const api = await scope.clients.kms();
    const { items, failure } = await readPages(scope, 'kms:ListAliases', async (marker, signal) => {
      const page = await api.listAliases(marker, signal);
      return {
        items: checkEach(requireList(page.Aliases, 'Aliases'), { AliasName: 'text', TargetKeyId: 'text' }),
        next: nextMarker(page.Truncated, page.NextMarker),
      };
    });
    const targets = new Map<string, string>();
    for (const { AliasName, TargetKeyId } of items) if (AliasName && TargetKeyId) targets.set(AliasName, TargetKeyId);
    return { targets, ...(failure === undefined ? {} : { failure }) };
  },
);

/** When the aliases are read anyway, a key that is named by alias here and by id there is described once. */
async function resolveAlias(scope: ScopeReader, id: string): Promise<string> {
  if (!id.startsWith('alias/') || !touches(scope.needs.get('AWS::KMS::Key'), 'aliases')) return id;
  return (await listAliases(scope)).targets.get(id) ?? id;
}

function remember<T>(known: Map<string, Promise<T>>, key: string, read: (key: string) => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const reading = read(key);
  known.set(key, reading);
  return reading;
}
