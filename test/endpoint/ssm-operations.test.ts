import {
  DescribeParametersCommand,
  GetParametersCommand,
  GetResourcePoliciesCommand,
  ListTagsForResourceCommand,
  paginateDescribeParameters,
} from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import type { AccountFixture, ParameterFixture } from '../../src/endpoint/account-fixture.ts';
import { clientsFor, collect, day, endpointFor, errorOf, now } from './clients.ts';

function accountWith(parameters: readonly ParameterFixture[]): AccountFixture {
  return { id: '123456789012', regions: { 'us-east-1': { parameters } } };
}

const account = accountWith([
  { name: 'root', value: 'EXAMPLE-root' },
  { name: '/a/list', type: 'StringList', value: 'x,y', lastModifiedAt: now - day },
  {
    name: '/a/secret',
    type: 'SecureString',
    value: 'FAKE-never-served',
    version: 4,
    tier: 'Advanced',
    description: 'a secret',
    allowedPattern: '.+',
    tags: { team: 'web' },
    policies: [{ type: 'Expiration', attributes: { Timestamp: '2027-01-01T00:00:00.000Z' } }],
  },
  { name: '/a/own-key', type: 'SecureString', kmsKey: 'alias/own' },
]);

it('DescribeParameters gives every field in the form of AWS', async () => {
  const { url } = await endpointFor({ accounts: [account] });
  const { Parameters } = await clientsFor(url).ssm.send(new DescribeParametersCommand({ MaxResults: 50 }));
  expect(Parameters?.map(({ Name, Type, KeyId, ARN }) => [Name, Type, KeyId, ARN])).toEqual([
    ['root', 'String', undefined, 'arn:aws:ssm:us-east-1:123456789012:parameter/root'],
    ['/a/list', 'StringList', undefined, 'arn:aws:ssm:us-east-1:123456789012:parameter/a/list'],
    ['/a/secret', 'SecureString', 'alias/aws/ssm', 'arn:aws:ssm:us-east-1:123456789012:parameter/a/secret'],
    ['/a/own-key', 'SecureString', 'alias/own', 'arn:aws:ssm:us-east-1:123456789012:parameter/a/own-key'],
  ]);
  expect(Parameters?.[1]).toMatchObject({
    LastModifiedDate: new Date(now - day),
    Version: 1,
    Tier: 'Standard',
    DataType: 'text',
    Policies: [],
  });
  expect(Parameters?.[2]).toMatchObject({ Version: 4, Tier: 'Advanced', Description: 'a secret', AllowedPattern: '.+' });
  const [policy] = Parameters?.[2]?.Policies ?? [];
  expect(policy).toMatchObject({ PolicyType: 'Expiration', PolicyStatus: 'Pending' });
  expect(JSON.parse(policy?.PolicyText ?? '')).toEqual({
    Type: 'Expiration',
    Version: '1.0',
    Attributes: { Timestamp: '2027-01-01T00:00:00.000Z' },
  });
});

it.each([
  [120, 3, false],
  [120, 10, true],
])('DescribeParameters walks %i parameters in %i calls, short pages: %s', async (count, calls, short) => {
  const parameters = Array.from({ length: count }, (_, index) => ({ name: `/p/${index}` }));
  const endpoint = await endpointFor({
    accounts: [accountWith(parameters)],
    faults: short ? [{ operation: 'ssm:DescribeParameters', kind: 'short-pages' }] : [],
  });
  const pages = await collect(paginateDescribeParameters({ client: clientsFor(endpoint.url).ssm, pageSize: 50 }, {}));
  expect(pages.flatMap((page) => page.Parameters ?? []).map((parameter) => parameter.Name)).toEqual(parameters.map(({ name }) => name));
  expect(endpoint.calls()).toEqual({ 'ssm:DescribeParameters': calls });
  expect(pages.some((page) => page.Parameters?.length === 0)).toBe(short);
});

it('DescribeParameters refuses a page of more than 50, a foreign token and filters', async () => {
  const { url } = await endpointFor({ accounts: [account] });
  const client = clientsFor(url).ssm;
  expect(await errorOf(client.send(new DescribeParametersCommand({ MaxResults: 51 })))).toMatchObject({
    name: 'ValidationException',
    status: 400,
  });
  expect(await errorOf(client.send(new DescribeParametersCommand({ NextToken: 'x' })))).toMatchObject({ name: 'InvalidNextToken' });
  const filtered = new DescribeParametersCommand({ ParameterFilters: [{ Key: 'Type', Values: ['String'] }] });
  expect(await errorOf(client.send(filtered))).toMatchObject({ name: 'ValidationException' });
});

it('GetParameters gives plain values, a fake ciphertext, and the names that do not exist', async () => {
  const { url } = await endpointFor({ accounts: [account] });
  const answer = await clientsFor(url).ssm.send(new GetParametersCommand({ Names: ['root', '/a/list', '/a/secret', '/none'] }));
  const values = new Map(answer.Parameters?.map((parameter) => [parameter.Name, parameter.Value]));
  expect(values.get('root')).toBe('EXAMPLE-root');
  expect(values.get('/a/list')).toBe('x,y');
  expect(Buffer.from(values.get('/a/secret') ?? '', 'base64').toString()).toMatch(/^FAKE CIPHERTEXT EXAMPLE \d+$/);
  expect(answer.InvalidParameters).toEqual(['/none']);
});

it.each([0, 11])('GetParameters refuses %i names', async (count) => {
  const { url } = await endpointFor({ accounts: [account] });
  const call = clientsFor(url).ssm.send(new GetParametersCommand({ Names: Array.from({ length: count }, () => 'root') }));
  expect(await errorOf(call)).toMatchObject({ name: 'ValidationException', status: 400 });
});

it('ListTagsForResource gives the tags of one parameter', async () => {
  const { url } = await endpointFor({ accounts: [account] });
  const client = clientsFor(url).ssm;
  const tagsOf = (ResourceId: string) => client.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId }));
  expect((await tagsOf('/a/secret')).TagList).toEqual([{ Key: 'team', Value: 'web' }]);
  expect((await tagsOf('root')).TagList).toEqual([]);
  expect(await errorOf(tagsOf('/none'))).toMatchObject({ name: 'InvalidResourceId', status: 400 });
});

it('GetResourcePolicies gives the policies that share a parameter, page by page', async () => {
  const sharedBy = [{ Version: '2012-10-17', Statement: [] }, '{"Statement":[]}'];
  const { url } = await endpointFor({ accounts: [accountWith([{ name: '/a/shared', tier: 'Advanced', sharedBy }, { name: '/a/own' }])] });
  const { ssm } = clientsFor(url);
  const arn = (name: string): string => `arn:aws:ssm:us-east-1:123456789012:parameter${name}`;
  const first = await ssm.send(new GetResourcePoliciesCommand({ ResourceArn: arn('/a/shared'), MaxResults: 1 }));
  expect(first.Policies).toMatchObject([{ Policy: JSON.stringify(sharedBy[0]) }]);
  const second = await ssm.send(new GetResourcePoliciesCommand({ ResourceArn: arn('/a/shared'), NextToken: first.NextToken }));
  expect([second.Policies?.map(({ Policy }) => Policy), second.NextToken]).toEqual([[sharedBy[1]], undefined]);
  expect(second.Policies?.[0]?.PolicyId).not.toBe(first.Policies?.[0]?.PolicyId);
  expect((await ssm.send(new GetResourcePoliciesCommand({ ResourceArn: arn('/a/own') }))).Policies).toEqual([]);
  const missing = ssm.send(new GetResourcePoliciesCommand({ ResourceArn: arn('/a/none') }));
  expect(await errorOf(missing)).toMatchObject({ name: 'ResourceNotFoundException' });
});
