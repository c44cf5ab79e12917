import { ListRegionsCommand } from '@aws-sdk/client-account';
import { GetAccountAuthorizationDetailsCommand } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import { GetResourcePolicyCommand, ListSecretsCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeParametersCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import type { Fault, FaultEffect, FaultTarget, MalformedBody } from '../../src/endpoint/fault.ts';
import { clientsFor, defaultKeys, endpointFor, errorOf, type Clients } from './clients.ts';

const secrets = ['alpha', 'beta/one', 'beta/two'].map((name) => ({ name }));
const regions = { 'us-east-1': { secrets, parameters: [{ name: '/p' }] }, 'eu-west-1': { secrets } };
const accounts: readonly AccountFixture[] = [
  { id: '123456789012', regions, iam: { roles: [{ name: 'r', inline: { i: { Statement: [] } } }] } },
  { id: '999988887777', regions },
];

const everyService: Readonly<Record<string, (clients: Clients) => Promise<unknown>>> = {
  secretsmanager: ({ secrets: client }) => client.send(new ListSecretsCommand({})),
  ssm: ({ ssm }) => ssm.send(new DescribeParametersCommand({})),
  kms: ({ kms }) => kms.send(new ListKeysCommand({})),
  iam: ({ iam }) => iam.send(new GetAccountAuthorizationDetailsCommand({})),
  sts: ({ sts }) => sts.send(new GetCallerIdentityCommand({})),
  account: ({ account }) => account.send(new ListRegionsCommand({})),
};

const always: FaultTarget = { operation: '*' };

async function clientsWith(fault: Fault | readonly Fault[]): Promise<Clients> {
  const { url } = await endpointFor({ accounts, faults: [fault].flat() });
  return clientsFor(url);
}

describe('an error in the words of each service', () => {
  const json = {
    deny: ['AccessDeniedException', 400],
    throttle: ['ThrottlingException', 400],
    expired: ['ExpiredTokenException', 400],
  } as const;
  const query = { deny: ['AccessDenied', 403], throttle: ['Throttling', 400], expired: ['ExpiredToken', 403] } as const;
  const rest = {
    deny: ['AccessDeniedException', 403],
    throttle: ['TooManyRequestsException', 429],
    expired: ['ExpiredTokenException', 403],
  } as const;
  const expected = { secretsmanager: json, ssm: json, kms: json, iam: query, sts: query, account: rest } as const;
  const effects = {
    deny: { kind: 'deny' },
    throttle: { kind: 'throttle', rate: 1, seed: 1 },
    expired: { kind: 'expired' },
  } as const satisfies Record<string, FaultEffect>;
  for (const [service, words] of Object.entries(expected)) {
    for (const kind of ['deny', 'throttle', 'expired'] as const) {
      it(`${kind} of ${service}`, async () => {
        const clients = await clientsWith({ ...always, ...effects[kind] });
        const [name, status] = words[kind];
        expect(await errorOf(everyService[service]?.(clients) ?? Promise.resolve())).toMatchObject({ name, status });
      });
    }
  }

  it('says who may not do what', async () => {
    const clients = await clientsWith({ ...always, kind: 'deny' });
    const { message } = await errorOf(clients.secrets.send(new GetResourcePolicyCommand({ SecretId: 'alpha' })));
    expect(message).toContain('arn:aws:iam::123456789012:user/example is not authorized to perform: secretsmanager:GetResourcePolicy');
  });
});

it.each(Object.keys(everyService))('error: a status and code of choice from %s', async (service) => {
  const clients = await clientsWith({ ...always, kind: 'error', status: 503, code: 'ServiceUnavailable' });
  expect(await errorOf(everyService[service]?.(clients) ?? Promise.resolve())).toMatchObject({ name: 'ServiceUnavailable', status: 503 });
});

describe('malformed', () => {
  const malformed = (body?: MalformedBody): Fault => ({ ...always, kind: 'malformed', ...(body === undefined ? {} : { body }) });

  it.each(['secretsmanager', 'ssm', 'kms', 'account'])('html and truncated from %s cannot be parsed', async (service) => {
    for (const body of [undefined, 'html', 'truncated'] as const) {
      const error = await errorOf(everyService[service]?.(await clientsWith(malformed(body))) ?? Promise.resolve());
      expect(error).toMatchObject({ name: 'SyntaxError', status: 200 });
    }
  });

  it.each(['html', 'truncated'] as const)('%s from iam and sts cannot be parsed', async (body) => {
    const clients = await clientsWith(malformed(body));
    for (const service of ['iam', 'sts']) {
      const error = await errorOf(everyService[service]?.(clients) ?? Promise.resolve());
      expect(error).toMatchObject({ status: 200, message: expect.stringContaining('parse error') as string });
    }
  });

  it('empty-object has none of the lists', async () => {
    const clients = await clientsWith(malformed('empty-object'));
    expect((await clients.secrets.send(new ListSecretsCommand({}))).SecretList).toBeUndefined();
    expect((await clients.iam.send(new GetAccountAuthorizationDetailsCommand({}))).RoleDetailList).toBeUndefined();
  });

  it('wrong-types gives texts and flags that are none, and no next page', async () => {
    const clients = await clientsWith(malformed('wrong-types'));
    const { SecretList, NextToken } = await clients.secrets.send(new ListSecretsCommand({ MaxResults: 2 }));
    expect(SecretList).toHaveLength(2);
    expect(SecretList?.[0]).toMatchObject({ Name: 42, ARN: 42, CreatedDate: expect.any(Date) as Date });
    expect(NextToken).toBeUndefined();
    const { RoleDetailList } = await clients.iam.send(new GetAccountAuthorizationDetailsCommand({}));
    expect(RoleDetailList?.[0]?.RolePolicyList?.[0]?.PolicyDocument).toBe('%7Bwrong');
  });

  it('repeat-token gives the first page for ever', async () => {
    const clients = await clientsWith(malformed('repeat-token'));
    const first = await clients.secrets.send(new ListSecretsCommand({ MaxResults: 2 }));
    expect(first.NextToken).toBeTypeOf('string');
    const second = await clients.secrets.send(new ListSecretsCommand({ MaxResults: 2, NextToken: first.NextToken }));
    expect(second.NextToken).toBe(first.NextToken);
    expect(second.SecretList).toEqual(first.SecretList);
    const { Marker, IsTruncated } = await clients.iam.send(new GetAccountAuthorizationDetailsCommand({}));
    expect(await clients.iam.send(new GetAccountAuthorizationDetailsCommand({ Marker }))).toMatchObject({ Marker, IsTruncated });
    expect(IsTruncated).toBe(true);
    expect(await clients.kms.send(new ListKeysCommand({}))).toMatchObject({ Truncated: true, NextMarker: first.NextToken });
    expect(await clients.kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/ssm' }))).toHaveProperty('KeyMetadata');
  });

  it('leaves errors alone', async () => {
    const clients = await clientsWith(malformed());
    const call = clients.secrets.send(new GetResourcePolicyCommand({ SecretId: 'none' }));
    expect(await errorOf(call)).toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

it('hang never answers', async () => {
  const clients = await clientsWith({ ...always, kind: 'hang' });
  const call = clients.secrets.send(new ListSecretsCommand({}), { abortSignal: AbortSignal.timeout(60) });
  expect(await errorOf(call)).toMatchObject({ name: 'AbortError' });
});

it('reset breaks the connection', async () => {
  const clients = await clientsWith({ ...always, kind: 'reset' });
  await expect(clients.secrets.send(new ListSecretsCommand({}))).rejects.toMatchObject({ code: 'ECONNRESET' });
});

it('latency delays and then answers', async () => {
  const clients = await clientsWith([
    { ...always, kind: 'latency', ms: 5 },
    { ...always, kind: 'latency', ms: 5 },
  ]);
  expect((await clients.secrets.send(new ListSecretsCommand({}))).SecretList).toHaveLength(3);
});

describe('what is struck', () => {
  const policyOf = (client: SecretsManagerClient, SecretId: string) =>
    client.send(new GetResourcePolicyCommand({ SecretId })).then(
      () => 'ok',
      () => 'struck',
    );
  const deny = { kind: 'deny' } as const;

  it.each<[string, FaultTarget, readonly string[]]>([
    ['one operation', { operation: 'secretsmanager:GetResourcePolicy' }, ['struck', 'struck', 'struck']],
    ['a service', { operation: 'secretsmanager:*' }, ['struck', 'struck', 'struck']],
    ['another operation', { operation: 'secretsmanager:ListSecrets' }, ['ok', 'ok', 'ok']],
    ['another service', { operation: 'kms:*' }, ['ok', 'ok', 'ok']],
    ['a resource', { operation: '*', resource: 'beta/' }, ['ok', 'struck', 'struck']],
    ['this region', { operation: '*', region: 'us-east-1' }, ['struck', 'struck', 'struck']],
    ['another region', { operation: '*', region: 'eu-west-1' }, ['ok', 'ok', 'ok']],
    ['this account', { operation: '*', account: '123456789012' }, ['struck', 'struck', 'struck']],
    ['another account', { operation: '*', account: '999988887777' }, ['ok', 'ok', 'ok']],
    ['all after the first', { operation: '*', after: 1 }, ['ok', 'struck', 'struck']],
    ['the second alone', { operation: '*', after: 1, times: 1 }, ['ok', 'struck', 'ok']],
  ])('%s', async (_case, target, expected) => {
    const { secrets: client } = await clientsWith({ ...target, ...deny });
    expect([await policyOf(client, 'alpha'), await policyOf(client, 'beta/one'), await policyOf(client, 'beta/two')]).toEqual(expected);
  });

  it('another region and account than the struck one answers', async () => {
    const { url } = await endpointFor({ accounts, faults: [{ operation: '*', region: 'us-east-1', account: '123456789012', ...deny }] });
    expect(await policyOf(clientsFor(url, 'eu-west-1').secrets, 'alpha')).toBe('ok');
    expect(await policyOf(clientsFor(url, 'us-east-1', { ...defaultKeys, accessKeyId: 'AKIAFAKE999988887777' }).secrets, 'alpha')).toBe(
      'ok',
    );
    expect(await policyOf(clientsFor(url).secrets, 'alpha')).toBe('struck');
  });

  it('the first of several wins, and setFaults ends them', async () => {
    const endpoint = await endpointFor({
      accounts,
      faults: [
        { ...always, kind: 'expired' },
        { ...always, ...deny },
      ],
    });
    const client = clientsFor(endpoint.url).secrets;
    expect(await errorOf(client.send(new ListSecretsCommand({})))).toMatchObject({ name: 'ExpiredTokenException' });
    endpoint.setFaults([]);
    expect((await client.send(new ListSecretsCommand({}))).SecretList).toHaveLength(3);
    expect(endpoint.calls()).toEqual({ 'secretsmanager:ListSecrets': 2 });
  });
});
