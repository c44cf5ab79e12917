import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { expect, it } from 'vitest';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import { clientsFor, defaultKeys, endpointFor, errorOf, now, type Keys } from './clients.ts';

const auditRole = 'arn:aws:iam::999988887777:role/team/audit';

const accounts: readonly AccountFixture[] = [
  {
    id: '123456789012',
    caller: 'user/tester',
    regions: { 'us-east-1': { secrets: [{ name: 'of-first' }] } },
    iam: { roles: [{ name: 'hop' }] },
  },
  {
    id: '999988887777',
    regions: { 'us-east-1': { secrets: [{ name: 'of-second' }] } },
    iam: { roles: [{ name: 'audit', path: '/team/', externalId: 'EXAMPLE-ID' }] },
  },
];

it.each([
  ['AKIAIOSFODNN7EXAMPLE', '123456789012', 'arn:aws:iam::123456789012:user/tester'],
  ['AKIAFAKE999988887777', '999988887777', 'arn:aws:iam::999988887777:user/example'],
  ['AKIAFAKE000000000000', '123456789012', 'arn:aws:iam::123456789012:user/tester'],
])('GetCallerIdentity of %s is account %s', async (accessKeyId, Account, Arn) => {
  const { url } = await endpointFor({ accounts });
  const identity = await clientsFor(url, 'us-east-1', { ...defaultKeys, accessKeyId }).sts.send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({ Account, Arn });
  expect(identity.UserId).toMatch(/^AIDAFAKE[A-Z2-7]{13}$/);
});

it('AssumeRole gives keys of the other account, and from there back', async () => {
  const { url } = await endpointFor({ accounts });
  const assume = async (from: Keys, RoleArn: string, ExternalId?: string): Promise<Keys> => {
    const input = { RoleArn, RoleSessionName: 'seal', ...(ExternalId === undefined ? {} : { ExternalId }) };
    const { Credentials, AssumedRoleUser } = await clientsFor(url, 'us-east-1', from).sts.send(new AssumeRoleCommand(input));
    expect(Credentials?.Expiration).toEqual(new Date(now + 3_600_000));
    expect(AssumedRoleUser?.Arn).toMatch(/^arn:aws:sts::\d{12}:assumed-role\/\w+\/seal$/);
    return {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
  };
  const there = await assume(defaultKeys, auditRole, 'EXAMPLE-ID');
  expect(there.accessKeyId).toBe('ASIAFAKE999988887777');
  const clients = clientsFor(url, 'us-east-1', there);
  expect(await clients.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '999988887777',
    Arn: 'arn:aws:sts::999988887777:assumed-role/audit/seal',
  });
  expect((await clients.secrets.send(new ListSecretsCommand({}))).SecretList?.map((secret) => secret.Name)).toEqual(['of-second']);
  const back = await assume(there, 'arn:aws:iam::123456789012:role/hop');
  const listed = await clientsFor(url, 'us-east-1', back).secrets.send(new ListSecretsCommand({}));
  expect(listed.SecretList?.map((secret) => secret.Name)).toEqual(['of-first']);
});

it.each([
  ['a wrong ExternalId', auditRole, 'WRONG'],
  ['no ExternalId', auditRole, undefined],
  ['a role without its path', 'arn:aws:iam::999988887777:role/audit', 'EXAMPLE-ID'],
  ['a role that does not exist', 'arn:aws:iam::999988887777:role/none', undefined],
  ['an account that does not exist', 'arn:aws:iam::111122223333:role/audit', undefined],
])('AssumeRole refuses %s', async (_case, RoleArn, ExternalId) => {
  const { url } = await endpointFor({ accounts });
  const input = { RoleArn, RoleSessionName: 'seal', ...(ExternalId === undefined ? {} : { ExternalId }) };
  const error = await errorOf(clientsFor(url).sts.send(new AssumeRoleCommand(input)));
  expect(error).toMatchObject({ name: 'AccessDenied', status: 403 });
  expect(error.message).toContain(RoleArn);
});

it('serves the credential providers of the SDK', async () => {
  const { url } = await endpointFor({ accounts });
  const client = new SecretsManagerClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: fromTemporaryCredentials({
      masterCredentials: defaultKeys,
      clientConfig: { endpoint: url, region: 'us-east-1' },
      params: { RoleArn: auditRole, RoleSessionName: 'seal', ExternalId: 'EXAMPLE-ID' },
    }),
  });
  expect((await client.send(new ListSecretsCommand({}))).SecretList?.map((secret) => secret.Name)).toEqual(['of-second']);
  client.destroy();
});
