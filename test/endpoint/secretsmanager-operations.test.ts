import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  paginateListSecrets,
  paginateListSecretVersionIds,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import type { AccountFixture, SecretFixture } from '../../src/endpoint/account-fixture.ts';
import { clientsFor, collect, day, endpointFor, errorOf, now } from './clients.ts';

const policy = { Version: '2012-10-17', Statement: [] };

const secrets: readonly SecretFixture[] = [
  { name: 'plain' },
  {
    name: 'full',
    suffix: 'AbCdEf',
    description: 'all of it',
    tags: { team: 'web', 'odd key': 'v=1' },
    kmsKey: 'alias/own',
    createdAt: now - 100 * day,
    lastChangedAt: now - 3 * day + 250,
    lastAccessedAt: now - day,
    rotation: {
      days: 30,
      expression: 'rate(30 days)',
      duration: '3h',
      functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
      lastRotatedAt: now - 5 * day,
      nextRotationAt: now + 25 * day,
    },
    primaryRegion: 'us-east-1',
    replicas: [{ region: 'eu-west-1', status: 'Failed', statusMessage: 'no key' }],
    policy,
    versions: {
      'version-current': { stages: ['AWSCURRENT'], createdAt: now - 5 * day },
      'version-pending': { stages: ['AWSPENDING'] },
      'version-old': { stages: [] },
    },
  },
  { name: 'going', deletedAt: now - day, policy },
  { name: 'rds!db-1', owningService: 'rds', rotation: { days: 7 } },
  { name: 'partner', partnerType: 'SalesforceClientSecret', rotation: { enabled: false } },
  { name: 'empty', versions: {} },
];

const account: AccountFixture = { id: '123456789012', regions: { 'us-east-1': { secrets }, 'eu-west-1': {} } };

function many(count: number): AccountFixture {
  return {
    id: '123456789012',
    regions: { 'us-east-1': { secrets: Array.from({ length: count }, (_, index) => ({ name: `s${index}` })) } },
  };
}

describe('ListSecrets', () => {
  it('leaves out what is not set, and secrets that are going unless they are asked for', async () => {
    const { url } = await endpointFor({ accounts: [account] });
    const client = clientsFor(url).secrets;
    const listed = await client.send(new ListSecretsCommand({}));
    expect(listed.SecretList?.map((secret) => secret.Name)).toEqual(['plain', 'full', 'rds!db-1', 'partner', 'empty']);
    expect(listed.NextToken).toBeUndefined();
    const plain = listed.SecretList?.[0];
    expect(plain?.ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:plain-[0-9A-Za-z]{6}$/);
    expect(Object.keys(plain ?? {}).sort()).toEqual(['ARN', 'CreatedDate', 'LastChangedDate', 'Name', 'SecretVersionsToStages', 'Tags']);
    const all = await client.send(new ListSecretsCommand({ IncludePlannedDeletion: true }));
    expect(all.SecretList?.find((secret) => secret.Name === 'going')?.DeletedDate).toEqual(new Date(now - day));
  });

  it('gives every field in the form of AWS', async () => {
    const { url } = await endpointFor({ accounts: [account] });
    const { SecretList } = await clientsFor(url).secrets.send(new ListSecretsCommand({}));
    expect(SecretList?.find((secret) => secret.Name === 'full')).toEqual({
      ARN: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:full-AbCdEf',
      Name: 'full',
      Description: 'all of it',
      KmsKeyId: 'alias/own',
      RotationEnabled: true,
      RotationLambdaARN: 'arn:aws:lambda:us-east-1:123456789012:function:f',
      RotationRules: { AutomaticallyAfterDays: 30, Duration: '3h', ScheduleExpression: 'rate(30 days)' },
      LastRotatedDate: new Date(now - 5 * day),
      LastChangedDate: new Date(now - 3 * day + 250),
      LastAccessedDate: new Date(Date.UTC(2026, 10, 19)),
      NextRotationDate: new Date(now + 25 * day),
      Tags: [
        { Key: 'team', Value: 'web' },
        { Key: 'odd key', Value: 'v=1' },
      ],
      SecretVersionsToStages: { 'version-current': ['AWSCURRENT'], 'version-pending': ['AWSPENDING'] },
      CreatedDate: new Date(now - 100 * day),
      PrimaryRegion: 'us-east-1',
    });
    expect(SecretList?.find((secret) => secret.Name === 'rds!db-1')).toMatchObject({ OwningService: 'rds', RotationEnabled: true });
    expect(SecretList?.find((secret) => secret.Name === 'partner')).toMatchObject({
      Type: 'SalesforceClientSecret',
      RotationEnabled: false,
    });
    expect(SecretList?.find((secret) => secret.Name === 'empty')).not.toHaveProperty('SecretVersionsToStages');
  });

  it.each([
    [0, 100, 1],
    [100, 100, 1],
    [101, 100, 2],
    [250, undefined, 3],
    [7, 3, 3],
  ])('walks %i secrets in pages of %s in %i calls, each secret once', async (count, size, calls) => {
    const endpoint = await endpointFor({ accounts: [many(count)] });
    const pages = await collect(
      paginateListSecrets({ client: clientsFor(endpoint.url).secrets, ...(size === undefined ? {} : { pageSize: size }) }, {}),
    );
    const names = pages.flatMap((page) => page.SecretList ?? []).map((secret) => secret.Name);
    expect(names).toEqual(Array.from({ length: count }, (_, index) => `s${index}`));
    expect(endpoint.calls()).toEqual({ 'secretsmanager:ListSecrets': calls });
  });

  it('refuses a page of more than 100, a token of another list, and filters', async () => {
    const { url } = await endpointFor({ accounts: [many(150)] });
    const client = clientsFor(url).secrets;
    expect(await errorOf(client.send(new ListSecretsCommand({ MaxResults: 101 })))).toMatchObject({
      name: 'ValidationException',
      status: 400,
    });
    expect(await errorOf(client.send(new ListSecretsCommand({ NextToken: 'made-up' })))).toMatchObject({
      name: 'InvalidNextTokenException',
    });
    expect(await errorOf(client.send(new ListSecretsCommand({ Filters: [{ Key: 'name', Values: ['a'] }] })))).toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('DescribeSecret', () => {
  it.each([
    'full',
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:full-AbCdEf',
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:full',
  ])('finds %s', async (SecretId) => {
    const { url } = await endpointFor({ accounts: [account] });
    const secret = await clientsFor(url).secrets.send(new DescribeSecretCommand({ SecretId }));
    expect(secret).toMatchObject({
      Name: 'full',
      VersionIdsToStages: { 'version-current': ['AWSCURRENT'], 'version-pending': ['AWSPENDING'] },
      ReplicationStatus: [{ Region: 'eu-west-1', Status: 'Failed', StatusMessage: 'no key', KmsKeyId: 'alias/aws/secretsmanager' }],
    });
  });

  it('does not find a secret of another region', async () => {
    const { url } = await endpointFor({ accounts: [account] });
    const call = clientsFor(url, 'eu-west-1').secrets.send(new DescribeSecretCommand({ SecretId: 'full' }));
    expect(await errorOf(call)).toMatchObject({ name: 'ResourceNotFoundException', status: 400 });
  });
});

describe('GetResourcePolicy', () => {
  it('gives the text of the policy, and leaves the field out where there is none', async () => {
    const { url } = await endpointFor({ accounts: [account] });
    const client = clientsFor(url).secrets;
    expect((await client.send(new GetResourcePolicyCommand({ SecretId: 'full' }))).ResourcePolicy).toBe(JSON.stringify(policy));
    expect(await client.send(new GetResourcePolicyCommand({ SecretId: 'plain' }))).not.toHaveProperty('ResourcePolicy');
  });

  it('refuses a secret that is scheduled for deletion', async () => {
    const { url } = await endpointFor({ accounts: [account] });
    const call = clientsFor(url).secrets.send(new GetResourcePolicyCommand({ SecretId: 'going' }));
    expect(await errorOf(call)).toMatchObject({ name: 'InvalidRequestException', status: 400 });
  });
});

describe('ListSecretVersionIds', () => {
  it('lists versions without a stage only when asked to', async () => {
    const { url } = await endpointFor({ accounts: [account] });
    const client = clientsFor(url).secrets;
    const staged = await client.send(new ListSecretVersionIdsCommand({ SecretId: 'full' }));
    expect(staged.Versions?.map((version) => version.VersionId)).toEqual(['version-current', 'version-pending']);
    expect(staged.Versions?.[0]?.CreatedDate).toEqual(new Date(now - 5 * day));
    const all = await collect(paginateListSecretVersionIds({ client, pageSize: 2 }, { SecretId: 'full', IncludeDeprecated: true }));
    expect(all.map((page) => page.Versions?.length)).toEqual([2, 1]);
  });
});
