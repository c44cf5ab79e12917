import type { ReplicationStatusType } from '@aws-sdk/client-secrets-manager';
import type { Resource } from '../../model/resource.ts';
import type { Maybe, Unknown } from '../../model/unknown.ts';
import { parsePolicyDocument } from '../../resources/iam-document.ts';
import { namesSuperuser } from '../../resources/rotation-strategy.ts';
import { secretsManagerSecret, type SecretAttributes } from '../../resources/secretsmanager-secret.ts';
import { expected, expectedTime, optionalTime, readTags, requireList, requireText } from './answer-fields.ts';
import { checkEach, checkFields } from './check-fields.ts';
import { notCollected, wantsDetail, type Collector, type ScopeReader } from './collector.ts';
import { mapLimited } from './concurrency.ts';
import { readEach } from './each.ts';
import { encryptionDetails, readEncryption, wantedEncryption, type EncryptionFacts } from './encryption.ts';
import { toUnknown } from './failures.ts';
import { parseKeyReference } from './key-reference.ts';
import { touches } from './needs.ts';
import { rotationFunctionDetails, rotationFunctionReader } from './rotation-function.ts';
import { listSecrets, type ListedSecret } from './secret-list.ts';
import { readRotation } from './secret-rotation.ts';
import { datesFromList, isAmbiguous, readVersionDates, type VersionDates } from './secret-versions.ts';

const list = 'secretsmanager:ListSecrets';
const type = secretsManagerSecret.name;

const details = [
  { operation: 'secretsmanager:GetResourcePolicy', provides: ['statements'] },
  { operation: 'secretsmanager:DescribeSecret', provides: ['replicas'] },
  { operation: 'secretsmanager:ListSecretVersionIds', provides: ['valueChangedAt', 'rotation.pendingSince'] },
  ...rotationFunctionDetails,
  ...encryptionDetails('encryption', { rotation: true }),
] as const;

export const secretsManagerSecretCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: list }],
  source: list,
  details,
  collect: collectSecrets,
};

/** What a live account can tell; `readScope` puts in that it cannot tell the rest. */
type LiveSecret = Omit<SecretAttributes, 'recoveryWindowDays' | 'values'>;

async function collectSecrets(scope: ScopeReader): Promise<readonly Resource[]> {
  const { items: secrets } = await listSecrets(scope);
  const [statements, replicas, dates, encryption, functionOf] = await Promise.all([
    readStatements(scope, secrets),
    readReplicas(scope, secrets),
    readDates(scope, secrets),
    readKeys(scope, secrets),
    rotationFunctionReader(scope, type, secrets),
  ]);
  return secrets.map((secret, index) => {
    const listed = readListed(scope, secret);
    const { valueChangedAt, pendingSince } = dates.get(secret) ?? datesFromList(secret, scope.region);
    const attributes: LiveSecret = {
      ...listed,
      ...(valueChangedAt === undefined ? {} : { valueChangedAt }),
      replicas: replicas.get(secret) ?? unreadReplicas(scope, secret),
      encryption: encryption[index] ?? notCollected('kms:DescribeKey'),
      rotation: { ...readRotation(secret), ...functionOf(secret), ...(pendingSince === undefined ? {} : { pendingSince }) },
      statements: statements.get(secret) ?? skippedStatements(scope, secret) ?? notCollected('secretsmanager:GetResourcePolicy'),
    };
    const { partition, account, region } = scope;
    return { type, address: secret.ARN, name: secret.Name, partition, account, region, attributes };
  });
}

type Listed = Omit<LiveSecret, 'valueChangedAt' | 'replicas' | 'encryption' | 'rotation' | 'statements'>;

function readListed(scope: ScopeReader, secret: ListedSecret): Listed {
  const lastChangedAt = optionalTime(secret.LastChangedDate, 'LastChangedDate', list);
  const lastAccessedAt = optionalTime(secret.LastAccessedDate, 'LastAccessedDate', list);
  const deletionScheduledAt = optionalTime(secret.DeletedDate, 'DeletedDate', list);
  return {
    name: secret.Name,
    account: scope.account,
    region: scope.region,
    tags: readTags(secret.Tags, list),
    createdAt: expectedTime(secret.CreatedDate, 'CreatedDate', list),
    ...(lastChangedAt === undefined ? {} : { lastChangedAt }),
    ...(lastAccessedAt === undefined ? {} : { lastAccessedAt }),
    ...(deletionScheduledAt === undefined ? {} : { deletionScheduledAt }),
    ...(secret.OwningService ? { owningService: secret.OwningService } : {}),
    isReplica: isReplica(scope, secret),
    superuser: namesSuperuser(secret.Name),
    ...(secret.PrimaryRegion ? { primaryRegion: secret.PrimaryRegion } : {}),
  };
}

function isReplica(scope: ScopeReader, secret: ListedSecret): boolean {
  return Boolean(secret.PrimaryRegion) && secret.PrimaryRegion !== scope.region;
}

/** The policy calls are the slowest of all (50 a second), so they are made only where the answer can matter. */
function skippedStatements(scope: ScopeReader, secret: ListedSecret): Unknown | undefined {
  const operation = 'secretsmanager:GetResourcePolicy';
  if (isReplica(scope, secret)) return notCollected(operation, 'not asked of a replica: the policy is read at the primary');
  if (secret.DeletedDate !== undefined) return notCollected(operation, 'not asked of a secret that is scheduled for deletion');
  return undefined;
}

async function readStatements(
  scope: ScopeReader,
  secrets: readonly ListedSecret[],
): Promise<ReadonlyMap<ListedSecret, SecretAttributes['statements']>> {
  const operation = 'secretsmanager:GetResourcePolicy';
  if (!wantsDetail({ type, details }, scope, operation)) return new Map();
  const api = await scope.clients.secretsManager();
  const asked = secrets.filter((secret) => skippedStatements(scope, secret) === undefined);
  return await readEach(scope, operation, asked, async (secret): Promise<SecretAttributes['statements']> => {
    const answer = await scope.calls.make(operation, async (signal) => {
      const policy = await api.getResourcePolicy(secret.ARN, signal);
      checkFields(policy, { ResourcePolicy: 'text' });
      // An answer without the ARN is not an answer: taken for "no policy", it would pass.
      requireText(policy.ARN, 'ARN');
      return policy.ResourcePolicy || undefined;
    });
    if (!answer.ok) return toUnknown(answer.failure);
    return answer.value === undefined ? [] : parsePolicyDocument(answer.value, { account: scope.account });
  });
}

/** Only a primary has replicas, and only then must it be asked for them. */
function unreadReplicas(scope: ScopeReader, secret: ListedSecret): SecretAttributes['replicas'] {
  return hasReplicas(scope, secret) ? notCollected('secretsmanager:DescribeSecret') : [];
}

function hasReplicas(scope: ScopeReader, secret: ListedSecret): boolean {
  return secret.PrimaryRegion === scope.region;
}

async function readReplicas(
  scope: ScopeReader,
  secrets: readonly ListedSecret[],
): Promise<ReadonlyMap<ListedSecret, SecretAttributes['replicas']>> {
  const operation = 'secretsmanager:DescribeSecret';
  if (!wantsDetail({ type, details }, scope, operation)) return new Map();
  const api = await scope.clients.secretsManager();
  const primaries = secrets.filter((secret) => hasReplicas(scope, secret));
  return await readEach(scope, operation, primaries, async (secret): Promise<SecretAttributes['replicas']> => {
    const answer = await scope.calls.make(operation, async (signal) => {
      const { ARN, ReplicationStatus } = await api.describeSecret(secret.ARN, signal);
      requireText(ARN, 'ARN');
      return checkEach(requireList(ReplicationStatus ?? [], 'ReplicationStatus'), { Region: 'text', Status: 'text', KmsKeyId: 'text' });
    });
    return answer.ok ? answer.value.map((replica) => readReplica(scope, replica)) : toUnknown(answer.failure);
  });
}

function readReplica(scope: ScopeReader, replica: ReplicationStatusType): Exclude<SecretAttributes['replicas'], Unknown>[number] {
  const operation = 'secretsmanager:DescribeSecret';
  return {
    region: expected(replica.Region, 'replica Region', operation),
    status: expected<string>(replica.Status, 'replica Status', operation),
    manager: replicaKeyManager(scope, replica),
    ...(replica.KmsKeyId ? { keyId: replica.KmsKeyId } : {}),
  };
}

/** Who manages the key of a replica, as far as its name tells: the key is in the region of the replica, which is not asked. */
function replicaKeyManager(scope: ScopeReader, { KmsKeyId, Region }: ReplicationStatusType): Maybe<'aws' | 'customer'> {
  const reference = parseKeyReference(KmsKeyId, scope);
  if (reference.kind === 'aws-managed') return 'aws';
  // The alias of a key that AWS manages begins with alias/aws/, and such a key serves its own account only.
  if (reference.kind === 'foreign' || /^(arn:[^:]*:kms:[^:]*:[^:]*:)?alias\//.test(KmsKeyId ?? '')) return 'customer';
  return notCollected('kms:DescribeKey', `the key of the replica is in ${Region ?? 'another region'}, which is not asked about it`);
}

async function readDates(scope: ScopeReader, secrets: readonly ListedSecret[]): Promise<ReadonlyMap<ListedSecret, VersionDates>> {
  const needed = scope.needs.get(type);
  const wants = { valueChangedAt: touches(needed, 'valueChangedAt'), pendingSince: touches(needed, 'rotation.pendingSince') };
  const ambiguous = secrets.filter((secret) => isAmbiguous(secret, scope.region, wants));
  return await readEach(scope, 'secretsmanager:ListSecretVersionIds', ambiguous, (secret) => readVersionDates(scope, secret));
}

async function readKeys(scope: ScopeReader, secrets: readonly ListedSecret[]): Promise<readonly EncryptionFacts[]> {
  const wants = wantedEncryption(scope.needs.get(type), 'encryption');
  return await mapLimited(secrets, scope.concurrency, (secret) => readEncryption(scope, secret.KmsKeyId, wants));
}
