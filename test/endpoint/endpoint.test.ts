import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { GetSecretValueCommand, ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { ListUsersCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import { startEndpoint } from '../../src/endpoint/index.ts';
import { clientsFor, endpointFor, errorOf, now } from './clients.ts';

const account: AccountFixture = { id: '123456789012', regions: { 'us-east-1': { secrets: [{ name: 'a' }] } } };

it('listens on the loopback interface alone', async () => {
  const { url } = await endpointFor({ accounts: [account] });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const outside = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address !== undefined && !address.internal && address.family === 'IPv4');
  for (const address of outside) {
    const outcome = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(url).port), address?.address ?? '');
      socket.on('connect', () => resolve('connected'));
      socket.on('error', (error) => resolve(error.message));
    });
    expect(outcome).not.toBe('connected');
  }
});

it('close ends requests that hang and that wait, and may be called twice', async () => {
  const endpoint = await startEndpoint({ accounts: [account], faults: [{ operation: '*', kind: 'hang', times: 1 }], latencyMs: 60_000 });
  const client = clientsFor(endpoint.url).secrets;
  const calls = [errorOf(client.send(new ListSecretsCommand({}))), errorOf(client.send(new ListSecretsCommand({})))];
  while ((endpoint.calls()['secretsmanager:ListSecrets'] ?? 0) < 2) await new Promise((resolve) => setTimeout(resolve, 2));
  await endpoint.close();
  await endpoint.close();
  for (const error of await Promise.all(calls)) expect(error.message).toMatch(/ECONNRESET|socket hang up|aborted/);
});

it('takes the port it is given and rejects when that is taken', async () => {
  const { url } = await endpointFor({ accounts: [account] });
  await expect(startEndpoint({ accounts: [account], port: Number(new URL(url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

it.each<[string, readonly AccountFixture[]]>([
  ['no account', []],
  ['an account id that is none', [{ id: '1', regions: {} }]],
  ['an account twice', [account, account]],
])('refuses %s', async (_case, accounts) => {
  await expect(startEndpoint({ accounts })).rejects.toThrow();
});

it('says what is wrong with a fixture', async () => {
  const { url } = await endpointFor({
    accounts: [{ id: '123456789012', regions: { 'us-east-1': { secrets: [{ name: 'a' }, { name: 'a', suffix: 'AAAAAA' }] } } }],
  });
  const answer = await fetch(url, { method: 'POST', headers: headers('secretsmanager', 'secretsmanager.ListSecrets'), body: '{}' });
  expect(answer.status).toBe(500);
  expect(await answer.text()).toContain('two resources are called a');
});

it('counts what it does not serve and refuses it, reads of values above all', async () => {
  const endpoint = await endpointFor({ accounts: [account] });
  const clients = clientsFor(endpoint.url);
  expect(await errorOf(clients.secrets.send(new GetSecretValueCommand({ SecretId: 'a' })))).toMatchObject({
    name: 'UnknownOperationException',
    status: 400,
  });
  expect(await errorOf(clients.iam.send(new ListUsersCommand({})))).toMatchObject({ name: 'InvalidAction', status: 400 });
  expect(endpoint.calls()).toEqual({ 'secretsmanager:GetSecretValue': 1, 'iam:ListUsers': 1 });
  endpoint.resetCalls();
  expect(endpoint.calls()).toEqual({});
});

it.each<[string, RequestInit, number, string]>([
  ['no signature', { headers: { 'x-amz-target': 'secretsmanager.ListSecrets' }, body: '{}' }, 400, 'MissingAuthenticationTokenException'],
  ['a body that is no JSON', { headers: headers('ssm', 'AmazonSSM.DescribeParameters'), body: '{' }, 400, 'SerializationException'],
  ['a service that is not served', { headers: headers('s3', 'S3.ListBuckets'), body: '{}' }, 400, 'UnknownOperationException'],
  [
    'an operation called as a member of Object',
    { headers: headers('ssm', 'AmazonSSM.constructor'), body: '{}' },
    400,
    'UnknownOperationException',
  ],
  ['a body that is too large', { headers: headers('ssm', 'AmazonSSM.DescribeParameters'), body: 'x'.repeat(1_100_000) }, 413, 'too large'],
])('refuses %s', async (_case, init, status, text) => {
  const { url } = await endpointFor({ accounts: [account] });
  const answer = await fetch(url, { method: 'POST', ...init });
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(text);
});

it('a quota throttles what goes beyond it, until time has passed', async () => {
  let clock = now;
  const endpoint = await endpointFor({ accounts: [account], quotas: { 'secretsmanager:ListSecrets': 3 }, clock: () => clock });
  const client = clientsFor(endpoint.url).secrets;
  const list = () =>
    client.send(new ListSecretsCommand({})).then(
      () => 'ok',
      (error: Error) => error.name,
    );
  expect([await list(), await list(), await list(), await list()]).toEqual(['ok', 'ok', 'ok', 'ThrottlingException']);
  clock += 334;
  expect([await list(), await list()]).toEqual(['ok', 'ThrottlingException']);
});

function headers(service: string, target: string): Record<string, string> {
  return {
    'x-amz-target': target,
    authorization: `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=FAKE`,
  };
}
