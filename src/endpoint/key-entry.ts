import { defaultDate, partitionOf, type AccountFixture, type KeyFixture } from './account-fixture.ts';
import { policyText } from './policy-document-text.ts';
import { fakeUuid } from './fake-id.ts';
import { epochSeconds } from './json-fields.ts';
import { once } from './once.ts';

/** A key with its ARN, rendered when it is first asked for. */
export interface KeyEntry {
  readonly fixture: KeyFixture;
  readonly arn: string;
  /** JSON text of KeyMetadata. */
  readonly describeJson: () => string;
  readonly policyText: () => string;
}

/** `arnOf` makes an ARN of the key's region and account. */
export function keyEntry(fixture: KeyFixture, account: AccountFixture, arnOf: (service: string, resource: string) => string): KeyEntry {
  const arn = arnOf('kms', `key/${fixture.id}`);
  return {
    fixture,
    arn,
    describeJson: once(() => JSON.stringify(metadata(fixture, account.id, arn))),
    policyText: once(() => policyText(fixture.policy ?? defaultPolicy(account))),
  };
}

/** The keys that AWS makes by itself, where the fixture has none under their alias. */
export function implicitKeys(account: string, region: string, fixtures: readonly KeyFixture[]): readonly KeyFixture[] {
  const taken = new Set(fixtures.flatMap((fixture) => fixture.aliases ?? []));
  return ['aws/secretsmanager', 'aws/ssm']
    .filter((alias) => !taken.has(alias))
    .map((alias) => ({
      id: fakeUuid(`${account} ${region} ${alias}`),
      aliases: [alias],
      manager: 'AWS',
      description: `Default key of ${alias.slice(4)} when no other key is defined`,
      rotation: { periodDays: 365 },
    }));
}

/** Whether it is a symmetric encryption key: the only kind that rotates and that encrypts secrets. */
export function isSymmetric(fixture: KeyFixture): boolean {
  return (fixture.spec ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT';
}

function metadata(fixture: KeyFixture, account: string, arn: string): Readonly<Record<string, unknown>> {
  const state = fixture.state ?? 'Enabled';
  const spec = fixture.spec ?? 'SYMMETRIC_DEFAULT';
  return {
    AWSAccountId: account,
    KeyId: fixture.id,
    Arn: arn,
    CreationDate: epochSeconds(fixture.createdAt ?? defaultDate),
    Enabled: state === 'Enabled',
    Description: fixture.description ?? '',
    KeyUsage: fixture.usage ?? 'ENCRYPT_DECRYPT',
    KeyState: state,
    DeletionDate: epochSeconds(fixture.deletionAt),
    ValidTo: epochSeconds(fixture.validTo),
    Origin: fixture.origin ?? 'AWS_KMS',
    ExpirationModel: expirationModel(fixture),
    KeyManager: fixture.manager ?? 'CUSTOMER',
    CustomerMasterKeySpec: spec,
    KeySpec: spec,
    EncryptionAlgorithms: isSymmetric(fixture) ? ['SYMMETRIC_DEFAULT'] : undefined,
    MultiRegion: fixture.multiRegion ?? false,
  };
}

function expirationModel(fixture: KeyFixture): string | undefined {
  if (fixture.origin !== 'EXTERNAL') return undefined;
  return fixture.validTo === undefined ? 'KEY_MATERIAL_DOES_NOT_EXPIRE' : 'KEY_MATERIAL_EXPIRES';
}

function defaultPolicy(account: AccountFixture): Readonly<Record<string, unknown>> {
  const root = `arn:${partitionOf(account)}:iam::${account.id}:root`;
  const statement = { Sid: 'Enable IAM User Permissions', Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' };
  return { Version: '2012-10-17', Id: 'key-default-1', Statement: [statement] };
}
