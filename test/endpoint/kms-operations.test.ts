import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  paginateListAliases,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import type { AccountFixture, KeyFixture } from '../../src/endpoint/account-fixture.ts';
import { clientsFor, collect, day, endpointFor, errorOf, now } from './clients.ts';

const keys: readonly KeyFixture[] = [
  { id: 'key-plain', aliases: ['own', 'own-too'], rotation: { periodDays: 180, nextRotationAt: now + day } },
  { id: 'key-off', tags: { team: 'web', env: 'prod' } },
  { id: 'key-disabled', state: 'Disabled', rotation: {} },
  { id: 'key-going', state: 'PendingDeletion', deletionAt: now + 9 * day, rotation: {} },
  { id: 'key-imported', origin: 'EXTERNAL', validTo: now + day },
  { id: 'key-rsa', spec: 'RSA_2048', usage: 'SIGN_VERIFY' },
  { id: 'key-hmac', spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' },
  { id: 'key-hsm', origin: 'AWS_CLOUDHSM' },
];

const foreign: AccountFixture = {
  id: '999988887777',
  regions: {
    'us-east-1': {
      keys: [
        {
          id: 'key-shared',
          policy: { Statement: [{ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'kms:*', Resource: '*' }] },
        },
        { id: 'key-private' },
      ],
    },
  },
};

const accounts: readonly AccountFixture[] = [{ id: '123456789012', regions: { 'us-east-1': { keys } } }, foreign];

const arnOf = (resource: string, account = '123456789012'): string => `arn:aws:kms:us-east-1:${account}:${resource}`;

describe('DescribeKey', () => {
  it.each([
    ['key-plain', 'key-plain'],
    [arnOf('key/key-plain'), 'key-plain'],
    ['alias/own', 'key-plain'],
    [arnOf('alias/own-too'), 'key-plain'],
    [arnOf('key/key-shared', '999988887777'), 'key-shared'],
  ])('finds %s', async (KeyId, id) => {
    const { url } = await endpointFor({ accounts });
    const { KeyMetadata } = await clientsFor(url).kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({ KeyId: id, KeyManager: 'CUSTOMER', KeyState: 'Enabled', Enabled: true });
  });

  it.each(['alias/aws/secretsmanager', 'alias/aws/ssm'])('knows %s as the key of AWS', async (KeyId) => {
    const { url } = await endpointFor({ accounts });
    const { KeyMetadata } = await clientsFor(url).kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled', Origin: 'AWS_KMS', KeySpec: 'SYMMETRIC_DEFAULT' });
  });

  it.each([
    ['key-none', 'NotFoundException'],
    ['alias/none', 'NotFoundException'],
    [arnOf('key/none'), 'NotFoundException'],
    [arnOf('key/key-plain').replace('us-east-1', 'eu-west-1'), 'NotFoundException'],
    [arnOf('key/key-private', '999988887777'), 'AccessDeniedException'],
    [arnOf('key/key', '111122223333'), 'AccessDeniedException'],
  ])('refuses %s with %s', async (KeyId, name) => {
    const { url } = await endpointFor({ accounts });
    expect(await errorOf(clientsFor(url).kms.send(new DescribeKeyCommand({ KeyId })))).toMatchObject({ name, status: 400 });
  });

  it('tells the state of a key', async () => {
    const { url } = await endpointFor({ accounts });
    const metadataOf = async (KeyId: string) => (await clientsFor(url).kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;
    expect(await metadataOf('key-disabled')).toMatchObject({ Enabled: false, KeyState: 'Disabled' });
    expect(await metadataOf('key-going')).toMatchObject({
      Enabled: false,
      KeyState: 'PendingDeletion',
      DeletionDate: new Date(now + 9 * day),
    });
    expect(await metadataOf('key-imported')).toMatchObject({
      Origin: 'EXTERNAL',
      ValidTo: new Date(now + day),
      ExpirationModel: 'KEY_MATERIAL_EXPIRES',
    });
    expect(await metadataOf('key-rsa')).toMatchObject({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
  });
});

describe('GetKeyRotationStatus', () => {
  it.each([
    ['key-plain', { KeyRotationEnabled: true, RotationPeriodInDays: 180, NextRotationDate: new Date(now + day) }],
    ['key-off', { KeyRotationEnabled: false }],
    ['key-disabled', { KeyRotationEnabled: true, RotationPeriodInDays: 365 }],
    ['key-going', { KeyRotationEnabled: false }],
    ['key-imported', { KeyRotationEnabled: false }],
  ])('answers for %s', async (KeyId, expected) => {
    const { url } = await endpointFor({ accounts });
    const { $metadata: _, KeyId: arn, ...status } = await clientsFor(url).kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    expect(status).toEqual(expected);
    expect(arn).toBe(arnOf(`key/${KeyId}`));
  });

  it.each([
    ['key-rsa', 'UnsupportedOperationException'],
    ['key-hmac', 'UnsupportedOperationException'],
    ['key-hsm', 'UnsupportedOperationException'],
    ['alias/own', 'NotFoundException'],
  ])('refuses %s with %s', async (KeyId, name) => {
    const { url } = await endpointFor({ accounts });
    expect(await errorOf(clientsFor(url).kms.send(new GetKeyRotationStatusCommand({ KeyId })))).toMatchObject({ name, status: 400 });
  });
});

it('ListResourceTags gives the tags of a key, page by page', async () => {
  const { url } = await endpointFor({ accounts });
  const client = clientsFor(url).kms;
  const first = await client.send(new ListResourceTagsCommand({ KeyId: 'key-off', Limit: 1 }));
  expect(first).toMatchObject({ Tags: [{ TagKey: 'team', TagValue: 'web' }], Truncated: true });
  const second = await client.send(new ListResourceTagsCommand({ KeyId: 'key-off', Limit: 1, Marker: first.NextMarker }));
  expect(second).toMatchObject({ Tags: [{ TagKey: 'env', TagValue: 'prod' }], Truncated: false });
  expect((await client.send(new ListResourceTagsCommand({ KeyId: 'key-plain' }))).Tags).toEqual([]);
});

it('GetKeyPolicy gives the text of the policy, the default one too', async () => {
  const { url } = await endpointFor({ accounts });
  const client = clientsFor(url).kms;
  const { Policy } = await client.send(new GetKeyPolicyCommand({ KeyId: 'key-plain', PolicyName: 'default' }));
  expect(JSON.parse(Policy ?? '')).toMatchObject({
    Statement: [{ Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'kms:*' }],
  });
  expect(await errorOf(client.send(new GetKeyPolicyCommand({ KeyId: 'key-plain', PolicyName: 'other' })))).toMatchObject({
    name: 'NotFoundException',
  });
});

it.each([
  [1000, 3, 22],
  [undefined, 21, 43],
])('lists 2098 keys and 2102 aliases in pages of %s', async (Limit, keyCalls, aliasCalls) => {
  const own = Array.from({ length: 2096 }, (_, index) => ({ id: `key-${index}`, aliases: [`alias-${index}`] }));
  const doubled = [...own, { id: 'key-x', aliases: ['a', 'b', 'c'] }, { id: 'key-y', aliases: ['d'] }];
  const endpoint = await endpointFor({ accounts: [{ id: '123456789012', regions: { 'us-east-1': { keys: doubled } } }] });
  const client = clientsFor(endpoint.url).kms;
  const keyPages = await collect(paginateListKeys({ client }, { Limit }));
  const ids = keyPages.flatMap((page) => page.Keys ?? []).map((key) => key.KeyId);
  expect(ids.slice(0, doubled.length)).toEqual(doubled.map((key) => key.id));
  expect(ids).toHaveLength(doubled.length + 2);
  const aliasPages = await collect(paginateListAliases({ client }, Limit === undefined ? {} : { Limit: 100 }));
  const names = aliasPages.flatMap((page) => page.Aliases ?? []).map((alias) => alias.AliasName);
  expect(new Set(names).size).toBe(2102);
  expect(names).toHaveLength(2102);
  expect(endpoint.calls()).toEqual({ 'kms:ListKeys': keyCalls, 'kms:ListAliases': aliasCalls });
  expect(await errorOf(client.send(new ListKeysCommand({ Limit: 1001 })))).toMatchObject({ name: 'ValidationException' });
  expect(await errorOf(client.send(new ListKeysCommand({ Marker: 'x' })))).toMatchObject({ name: 'InvalidMarkerException' });
});
