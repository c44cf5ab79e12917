import { paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import { paginateListSecrets } from '@aws-sdk/client-secrets-manager';
import { paginateDescribeParameters } from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { largeAccount } from '../../src/endpoint/large-account.ts';
import { clientsFor, collect, endpointFor, now } from './clients.ts';

const options = { secrets: 1234, parameters: 777, roles: 333, keys: 12, now };

it('is the same for the same options', () => {
  expect(largeAccount(options)).toEqual(largeAccount(options));
});

it('is served whole, in as many calls as its pages', async () => {
  const endpoint = await endpointFor({ accounts: [largeAccount(options)] });
  const { secrets, ssm, iam } = clientsFor(endpoint.url);
  const arns = (await collect(paginateListSecrets({ client: secrets }, {})))
    .flatMap((page) => page.SecretList ?? [])
    .map((secret) => secret.ARN);
  expect(new Set(arns).size).toBe(options.secrets);
  const names = (await collect(paginateDescribeParameters({ client: ssm, pageSize: 50 }, {}))).flatMap((page) => page.Parameters ?? []);
  expect(new Set(names.map((parameter) => parameter.ARN)).size).toBe(options.parameters);
  const roles = (await collect(paginateGetAccountAuthorizationDetails({ client: iam }, {}))).flatMap((page) => page.RoleDetailList ?? []);
  expect(roles).toHaveLength(options.roles);
  expect(endpoint.calls()).toEqual({
    'secretsmanager:ListSecrets': 13,
    'ssm:DescribeParameters': 16,
    'iam:GetAccountAuthorizationDetails': 4,
  });
});

it('needs no keys', () => {
  expect(JSON.stringify(largeAccount({ ...options, keys: 0 }))).not.toContain('kmsKey');
});
