import {
  GetAccountAuthorizationDetailsCommand,
  ListPolicyTagsCommand,
  paginateGetAccountAuthorizationDetails,
  type EntityType,
} from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import { clientsFor, collect, endpointFor, errorOf, now } from './clients.ts';

const document = {
  Version: '2012-10-17',
  Statement: [{ Sid: "It's (all) <ours> & more! 100%", Effect: 'Allow', Action: 's3:*', Resource: '*' }],
};
const other = { Version: '2012-10-17', Statement: [] };

const account: AccountFixture = {
  id: '123456789012',
  regions: { 'us-east-1': {} },
  iam: {
    users: [
      {
        name: 'u',
        path: '/team/',
        inline: { 'user-inline': document },
        groups: ['g', 'h'],
        attached: ['own'],
        boundary: 'own',
        tags: { a: '<b>' },
      },
    ],
    groups: [{ name: 'g', inline: { 'group-inline': other }, attached: ['aws'] }],
    roles: [
      {
        name: 'r',
        trust: document,
        inline: { one: document, two: other },
        attached: ['own', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
        boundary: 'aws',
        lastUsedAt: now,
        createdAt: now,
      },
      { name: 'bare' },
    ],
    policies: [
      { name: 'own', path: '/p/', versions: [document, other], description: 'ours', tags: { a: '<b>' } },
      { name: 'aws', managedByAws: true, versions: [other, document], defaultVersion: 1 },
    ],
  },
};

it('gives the tags of a managed policy, which the details lack', async () => {
  const { url } = await endpointFor({ accounts: [account] });
  const tagsOf = (PolicyArn: string) => clientsFor(url).iam.send(new ListPolicyTagsCommand({ PolicyArn }));
  expect(await tagsOf('arn:aws:iam::123456789012:policy/p/own')).toMatchObject({ Tags: [{ Key: 'a', Value: '<b>' }], IsTruncated: false });
  expect(await tagsOf('arn:aws:iam::aws:policy/aws')).toMatchObject({ Tags: [], IsTruncated: false });
  expect(await errorOf(tagsOf('arn:aws:iam::123456789012:policy/none'))).toMatchObject({ name: 'NoSuchEntityException', status: 404 });
});

it('gives users, groups, roles and policies with encoded documents', async () => {
  const { url } = await endpointFor({ accounts: [account] });
  const details = await clientsFor(url).iam.send(new GetAccountAuthorizationDetailsCommand({}));
  const [user] = details.UserDetailList ?? [];
  expect(user).toMatchObject({
    Path: '/team/',
    UserName: 'u',
    Arn: 'arn:aws:iam::123456789012:user/team/u',
    GroupList: ['g', 'h'],
    AttachedManagedPolicies: [{ PolicyName: 'own', PolicyArn: 'arn:aws:iam::123456789012:policy/p/own' }],
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/p/own' },
    Tags: [{ Key: 'a', Value: '<b>' }],
  });
  const raw = user?.UserPolicyList?.[0]?.PolicyDocument ?? '';
  expect(raw).toMatch(/^[A-Za-z0-9\-._~%]+$/);
  expect(JSON.parse(decodeURIComponent(raw))).toEqual(document);
  expect(details.GroupDetailList).toHaveLength(1);
  const [role, bare] = details.RoleDetailList ?? [];
  expect(JSON.parse(decodeURIComponent(role?.AssumeRolePolicyDocument ?? ''))).toEqual(document);
  expect(role).toMatchObject({
    CreateDate: new Date(now),
    RoleLastUsed: { LastUsedDate: new Date(now), Region: 'us-east-1' },
    PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/aws' },
  });
  expect(role?.RolePolicyList?.map((policy) => policy.PolicyName)).toEqual(['one', 'two']);
  expect(role?.AttachedManagedPolicies?.map((policy) => policy.PolicyArn)).toEqual([
    'arn:aws:iam::123456789012:policy/p/own',
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
  ]);
  expect(bare?.PermissionsBoundary).toBeUndefined();
  expect(bare?.RolePolicyList ?? []).toEqual([]);
  expect(details.IsTruncated).toBe(false);
});

it('marks the version in force and counts attachments', async () => {
  const { url } = await endpointFor({ accounts: [account] });
  const { Policies } = await clientsFor(url).iam.send(new GetAccountAuthorizationDetailsCommand({}));
  expect(
    Policies?.map((policy) => [policy.PolicyName, policy.DefaultVersionId, policy.AttachmentCount, policy.PermissionsBoundaryUsageCount]),
  ).toEqual([
    ['own', 'v2', 2, 1],
    ['aws', 'v1', 1, 1],
  ]);
  const inForce = Policies?.map((policy) => policy.PolicyVersionList?.filter((version) => version.IsDefaultVersion === true));
  expect(inForce?.map((versions) => versions?.map((version) => JSON.parse(decodeURIComponent(version.Document ?? '')) as unknown))).toEqual(
    [[other], [other]],
  );
});

it.each<[readonly EntityType[], readonly number[]]>([
  [['User'], [1, 0, 0, 0]],
  [
    ['Role', 'Group'],
    [0, 1, 2, 0],
  ],
  [['LocalManagedPolicy'], [0, 0, 0, 1]],
  [
    ['AWSManagedPolicy', 'LocalManagedPolicy'],
    [0, 0, 0, 2],
  ],
  [[], [1, 1, 2, 2]],
])('filters by %j', async (filter, counts) => {
  const { url } = await endpointFor({ accounts: [account] });
  const details = await clientsFor(url).iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: [...filter] }));
  const lists = [details.UserDetailList, details.GroupDetailList, details.RoleDetailList, details.Policies];
  expect(lists.map((list) => list?.length ?? 0)).toEqual(counts);
});

it.each([
  [1000, false, 1],
  [undefined, false, 3],
  [70, false, 4],
  [100, true, 10],
])('walks 231 entities in pages of %s, short: %s, in %i calls, each once', async (MaxItems, short, calls) => {
  const name = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => ({ name: `${prefix}${index}` }));
  const iam = {
    users: name('u', 90),
    groups: name('g', 10),
    roles: name('r', 120),
    policies: name('p', 11).map((policy) => ({ ...policy, versions: [other] })),
  };
  const endpoint = await endpointFor({
    accounts: [{ ...account, iam }],
    faults: short ? [{ operation: 'iam:*', kind: 'short-pages' }] : [],
  });
  const pages = await collect(paginateGetAccountAuthorizationDetails({ client: clientsFor(endpoint.url).iam }, { MaxItems }));
  const names = pages.flatMap((page) => [
    ...(page.UserDetailList ?? []).map((user) => user.UserName),
    ...(page.GroupDetailList ?? []).map((group) => group.GroupName),
    ...(page.RoleDetailList ?? []).map((role) => role.RoleName),
    ...(page.Policies ?? []).map((policy) => policy.PolicyName),
  ]);
  expect(names).toEqual([...iam.users, ...iam.groups, ...iam.roles, ...iam.policies].map((entity) => entity.name));
  expect(endpoint.calls()).toEqual({ 'iam:GetAccountAuthorizationDetails': calls });
});

it('refuses a bad size, marker and filter', async () => {
  const { url } = await endpointFor({ accounts: [account] });
  const client = clientsFor(url).iam;
  const failure = (input: object) => errorOf(client.send(new GetAccountAuthorizationDetailsCommand(input)));
  expect(await failure({ MaxItems: 1001 })).toMatchObject({ name: 'ValidationError', status: 400 });
  expect(await failure({ Marker: 'x' })).toMatchObject({ name: 'ValidationError', status: 400 });
  expect(await failure({ Filter: ['Robot'] })).toMatchObject({ name: 'ValidationError', status: 400 });
});
