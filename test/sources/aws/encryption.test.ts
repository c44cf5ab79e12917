import { describe, expect, it, onTestFinished } from 'vitest';
import type { AccountFixture, KeyFixture } from '../../../src/endpoint/account-fixture.ts';
import type { Fault } from '../../../src/endpoint/fault.ts';
import { startEndpoint } from '../../../src/endpoint/index.ts';
import { collectAws } from '../../../src/sources/aws/index.ts';
import { fastTuning, never } from './fake-time.ts';

const now = Date.UTC(2026, 10, 20);
const account = '123456789012';
const other = '999988887777';
const id = '11111111-1111-1111-1111-111111111111';
const arn = (owner: string, region = 'us-east-1'): string => `arn:aws:kms:${region}:${owner}:key/${id}`;

/** What a secret with this key says of it, and the calls that KMS got. */
async function encryptionOf(
  kmsKey: string | undefined,
  setting: { readonly key?: Partial<KeyFixture>; readonly needs?: readonly string[]; readonly faults?: readonly Fault[] } = {},
) {
  const key = { id, aliases: ['app'], rotation: {}, ...setting.key };
  const owner = (accountId: string, secrets: boolean): AccountFixture => ({
    id: accountId,
    regions: { 'us-east-1': { keys: [key], secrets: secrets ? [{ name: 'a', ...(kmsKey === undefined ? {} : { kmsKey }) }] : [] } },
  });
  const endpoint = await startEndpoint({
    accounts: [owner(account, true), owner(other, false)],
    faults: setting.faults ?? [],
    clock: () => now,
  });
  onTestFinished(() => endpoint.close());
  const collection = await collectAws(
    {
      regions: ['us-east-1'],
      roleArns: [],
      withCaller: false,
      inspectValues: false,
      allKeys: false,
      endpoint: endpoint.url,
      credentials: { accessKeyId: `AKIAFAKE${account}`, secretAccessKey: 'FAKE' },
    },
    {
      needs: new Map([['AWS::SecretsManager::Secret', new Set(setting.needs ?? ['encryption'])]]),
      now,
      signal: never,
      onProgress: () => undefined,
      tuning: fastTuning(),
    },
  );
  const calls = Object.keys(endpoint.calls())
    .filter((operation) => operation.startsWith('kms:'))
    .sort();
  return { encryption: collection.scopes[0]?.resources[0]?.attributes['encryption'], calls };
}

describe('the key of a secret', () => {
  it.each([
    ['named by nothing', undefined, { manager: 'aws' }, []],
    [
      'the reserved alias',
      'alias/aws/secretsmanager',
      { manager: 'aws', keyId: 'alias/aws/secretsmanager', keyArn: expect.stringContaining('arn:aws:kms:') as unknown },
      ['kms:DescribeKey'],
    ],
    [
      'by ARN',
      arn(account),
      { manager: 'customer', keyId: arn(account), keyArn: arn(account), keyState: 'Enabled', keyRotationEnabled: true },
      ['kms:DescribeKey', 'kms:GetKeyRotationStatus'],
    ],
    [
      'by alias',
      'alias/app',
      { manager: 'customer', keyId: 'alias/app', keyArn: arn(account), keyState: 'Enabled', keyRotationEnabled: true },
      ['kms:DescribeKey', 'kms:GetKeyRotationStatus'],
    ],
  ])('%s', async (_name, kmsKey, encryption, calls) => {
    expect(await encryptionOf(kmsKey)).toEqual({ encryption, calls });
  });

  it.each([
    ['asymmetric', { spec: 'RSA_2048' }],
    ['HMAC', { spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' }],
    ['with imported material', { origin: 'EXTERNAL' as const }],
    ['in a custom store', { origin: 'AWS_CLOUDHSM' as const }],
  ])('%s cannot rotate: absent, and not asked', async (_name, key) => {
    const { encryption, calls } = await encryptionOf(id, { key });
    expect(encryption).toMatchObject({ manager: 'customer', keyState: 'Enabled' });
    expect(encryption).not.toHaveProperty('keyRotationEnabled');
    expect(calls).toEqual(['kms:DescribeKey']);
  });

  it('tells when the key is deleted', async () => {
    const { encryption } = await encryptionOf(id, { key: { state: 'PendingDeletion', deletionAt: now + 86_400_000 } });
    expect(encryption).toMatchObject({ keyState: 'PendingDeletion', keyDeletionDate: now + 86_400_000 });
  });

  it('that is not there any more is a fact, not an unknown', async () => {
    const { encryption } = await encryptionOf('22222222-2222-2222-2222-222222222222');
    expect(encryption).toMatchObject({ manager: 'customer', keyState: 'NotFound', keyArn: { reason: 'request-failed' } });
  });

  it('is unknown in every respect when DescribeKey is denied', async () => {
    const { encryption } = await encryptionOf(id, { faults: [{ operation: 'kms:DescribeKey', kind: 'deny' }] });
    const denied = { reason: 'access-denied', action: 'kms:DescribeKey' };
    expect(encryption).toMatchObject({ manager: denied, keyArn: denied, keyState: denied, keyRotationEnabled: denied });
  });

  it('of another account is a customer key whatever DescribeKey says', async () => {
    const { encryption } = await encryptionOf(arn(other), { faults: [{ operation: 'kms:DescribeKey', kind: 'deny' }] });
    expect(encryption).toMatchObject({ manager: 'customer', keyState: { reason: 'access-denied' } });
  });

  it('of another region cannot be asked from here', async () => {
    const { encryption, calls } = await encryptionOf(arn(account, 'eu-west-1'));
    expect(encryption).toMatchObject({ manager: { reason: 'not-collected' }, keyState: { reason: 'not-collected' } });
    expect(calls).toEqual([]);
  });

  it.each([
    ['nothing named', undefined, 'aws'],
    ['the reserved alias', 'alias/aws/secretsmanager', 'aws'],
    ['a key of another account', arn(other), 'customer'],
  ])('needs no call when only its manager is wanted and the name decides: %s', async (_name, kmsKey, manager) => {
    const { encryption, calls } = await encryptionOf(kmsKey, { needs: ['encryption.manager'] });
    expect(encryption).toMatchObject({ manager });
    expect(calls).toEqual([]);
  });
});
