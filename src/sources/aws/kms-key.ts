import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { kmsKey, type KeyAttributes } from '../../resources/kms-key.ts';
import { expected, nextMarker, optionalTime, requireList, requireText } from './answer-fields.ts';
import { notCollected, wantsDetail, type Collector, type ScopeReader } from './collector.ts';
import { mapLimited } from './concurrency.ts';
import { readManager } from './encryption.ts';
import { toUnknown } from './failures.ts';
import { keyRotation, keyStatements, keyTags, listAliases, type DescribedKey } from './key-facts.ts';
import { findKeys, type FoundKey } from './key-search.ts';
import { readListing } from './pages.ts';

const type = kmsKey.name;
const describe = 'kms:DescribeKey';

const details = [
  { operation: 'kms:ListAliases', provides: ['aliases'] },
  { operation: 'kms:GetKeyRotationStatus', provides: ['rotationEnabled', 'rotationPeriodDays'] },
  { operation: 'kms:GetKeyPolicy', provides: ['statements'] },
  { operation: 'kms:ListResourceTags', provides: ['tags'] },
] as const;

export const kmsKeyCollector: Collector = {
  type,
  place: 'region',
  // DescribeKey is among them because who manages a key decides whether it is one of ours.
  base: [
    { operation: 'secretsmanager:ListSecrets' },
    { operation: 'ssm:DescribeParameters' },
    { operation: describe },
    { operation: 'kms:ListKeys', flag: 'allKeys' },
  ],
  source: describe,
  details,
  collect: collectKeys,
};

async function collectKeys(scope: ScopeReader): Promise<readonly Resource[]> {
  const { keys, incomplete } = await findKeys(scope, scope.flags.allKeys ? await listKeyIds(scope) : []);
  const aliases = await readAliases(scope);
  return await mapLimited(keys, scope.concurrency, async (key) => {
    const { partition, account, region } = scope;
    const [rotation, statements, tags] = await Promise.all([readRotation(scope, key), readPolicy(scope, key), readKeyTags(scope, key)]);
    const attributes: KeyAttributes = {
      name: key.id,
      account,
      region,
      tags,
      aliases: aliases(key.id),
      ...(key.described instanceof Unknown ? unknownKey(key.described) : describedKey(key.described)),
      ...rotation,
      statements,
      protects: [...key.protects, ...incomplete],
    };
    return { type, address: key.arn, name: key.id, partition, account, region, attributes };
  });
}

async function listKeyIds(scope: ScopeReader): Promise<readonly string[]> {
  const api = await scope.clients.kms();
  const { items } = await readListing(scope, 'kms:ListKeys', async (marker, signal) => {
    const page = await api.listKeys(marker, signal);
    const keys = requireList(page.Keys, 'Keys').map(({ KeyId }) => requireText(KeyId, 'KeyId'));
    return { items: keys, next: nextMarker(page.Truncated, page.NextMarker) };
  });
  return items;
}

async function readAliases(scope: ScopeReader): Promise<(keyId: string) => KeyAttributes['aliases']> {
  if (!wantsDetail({ type, details }, scope, 'kms:ListAliases')) return () => notCollected('kms:ListAliases');
  const { targets, failure } = await listAliases(scope);
  if (failure !== undefined) return () => toUnknown(failure);
  const byKey = new Map<string, string[]>();
  for (const [alias, keyId] of targets) byKey.set(keyId, [...(byKey.get(keyId) ?? []), alias].sort());
  return (keyId) => byKey.get(keyId) ?? [];
}

type Described = Pick<KeyAttributes, 'manager' | 'state' | 'enabled' | 'spec' | 'usage' | 'origin' | 'deletionDate'>;

function describedKey(key: DescribedKey): Described {
  const deletionDate = optionalTime(key.DeletionDate, 'DeletionDate', describe);
  return {
    manager: readManager(key),
    state: expected<string>(key.KeyState, 'KeyState', describe),
    enabled: expected(key.Enabled, 'Enabled', describe),
    spec: expected<string>(key.KeySpec, 'KeySpec', describe),
    usage: expected<string>(key.KeyUsage, 'KeyUsage', describe),
    origin: expected<string>(key.Origin, 'Origin', describe),
    ...(deletionDate === undefined ? {} : { deletionDate }),
  };
}

function unknownKey(why: Unknown): Described {
  return { manager: why, state: why, enabled: why, spec: why, usage: why, origin: why, deletionDate: why };
}

async function readRotation(scope: ScopeReader, key: FoundKey): Promise<Pick<KeyAttributes, 'rotationEnabled' | 'rotationPeriodDays'>> {
  const operation = 'kms:GetKeyRotationStatus';
  const both = (why: Unknown) => ({ rotationEnabled: why, rotationPeriodDays: why });
  if (key.described instanceof Unknown) return both(key.described);
  if (!wantsDetail({ type, details }, scope, operation)) return both(notCollected(operation));
  const rotation = await keyRotation(scope, key.described);
  if (!rotation.ok) return both(toUnknown(rotation.failure));
  const { enabled, periodDays } = rotation.value;
  if (enabled === undefined) return {};
  if (!enabled) return { rotationEnabled: false };
  return { rotationEnabled: true, rotationPeriodDays: expected(periodDays, 'RotationPeriodInDays', operation) };
}

async function readPolicy(scope: ScopeReader, key: FoundKey): Promise<Maybe<KeyAttributes['statements']>> {
  const operation = 'kms:GetKeyPolicy';
  return wantsDetail({ type, details }, scope, operation) ? await keyStatements(scope, key.id) : notCollected(operation);
}

async function readKeyTags(scope: ScopeReader, key: FoundKey): Promise<KeyAttributes['tags']> {
  const operation = 'kms:ListResourceTags';
  return wantsDetail({ type, details }, scope, operation) ? await keyTags(scope, key.id) : notCollected(operation);
}
