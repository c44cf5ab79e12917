import type { GroupFixture, IamFixture, ManagedPolicyFixture, RoleFixture, UserFixture } from './iam-fixture.ts';
import { allow, deny, policyDocument, readSecretAction, trustService } from './policy-document.ts';
import { agoDays, sampleAccountId, sampleKeyArn, sampleParameterArn, samplePartnerAccountId, sampleSecretArn } from './sample-words.ts';

const ordersSecrets = sampleSecretArn('us-east-1', 'orders/prod/*');

/** IAM of the sample account. */
export function sampleIam(now: number): IamFixture {
  const createdAt = agoDays(now, 420);
  const dated = <T extends object>(list: readonly T[]): readonly (T & { readonly createdAt: number })[] =>
    list.map((item) => ({ createdAt, ...item }));
  return { users: dated(users), groups: dated(groups), roles: dated(roles(now)), policies: dated(policies) };
}

const users: readonly UserFixture[] = [
  { name: 'ci-deployer', path: '/automation/', inline: { deploy: policyDocument(allow('secretsmanager:*')) } },
  { name: 'jane.doe', groups: ['developers'], tags: { team: 'orders' } },
  { name: 'security-auditor', inline: { assume: policyDocument(allow('sts:AssumeRole', 'arn:aws:iam::*:role/sealcheck-audit')) } },
];

const groups: readonly GroupFixture[] = [
  { name: 'database-admins', inline: { secrets: policyDocument(allow(['rds:*', 'secretsmanager:*'])) } },
  { name: 'developers', attached: ['OrdersSecrets'] },
];

function roles(now: number): readonly RoleFixture[] {
  const lastUsedAt = agoDays(now, 1);
  return [
    {
      name: 'orders-task',
      path: '/service/',
      trust: trustService('ecs-tasks'),
      inline: { database: policyDocument(allow(readSecretAction, ordersSecrets)) },
      attached: ['OrdersSecrets'],
      tags: { team: 'orders' },
      lastUsedAt,
    },
    {
      name: 'nightly-batch',
      trust: trustService('batch'),
      inline: { secrets: policyDocument(allow('SecretsManager:*', sampleSecretArn('us-east-1', 'batch/*'))) },
      lastUsedAt,
    },
    { name: 'legacy-monolith', attached: ['SecretsAdministration'], lastUsedAt: agoDays(now, 200) },
    {
      name: 'release-pipeline',
      trust: trustService('codebuild'),
      inline: { release: policyDocument(allow(['s3:*', 'Secrets*:*'])) },
      lastUsedAt,
    },
    { name: 'catalog-sync', trust: trustService('lambda'), inline: { sync: policyDocument(allow('secretsmanager:?*')) }, lastUsedAt },
    {
      name: 'backup-operator',
      inline: {
        everythingElse: policyDocument({ Sid: 'AllButIam', Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }),
      },
    },
    { name: 'platform-admin', inline: { admin: policyDocument(allow('*')) }, lastUsedAt },
    { name: 'data-science', attached: ['SecretsManagerReadWrite'], lastUsedAt },
    { name: 'sandbox-developer', inline: { sandbox: policyDocument(allow('secretsmanager:*')) }, boundary: 'DeveloperBoundary' },
    {
      name: 'tenant-worker',
      inline: {
        own: policyDocument(
          allow('secretsmanager:*', '*', { Condition: { StringEquals: { 'aws:ResourceTag/tenant': '${aws:PrincipalTag/tenant}' } } }),
        ),
      },
    },
    { name: 'quarantine', inline: { nothing: policyDocument(deny(['secretsmanager:*', 'ssm:*', 'kms:*'])) } },
    { name: 'support-console', attached: ['ReadEverySecret', 'CheckoutSecrets'], lastUsedAt },
    {
      name: 'vendor-support',
      trust: policyDocument({
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${samplePartnerAccountId}:root` },
        Action: 'sts:AssumeRole',
      }),
      inline: { database: policyDocument(allow(readSecretAction, ordersSecrets)) },
      lastUsedAt,
    },
    { name: 'config-loader', trust: trustService('ec2'), attached: ['ParameterReader'], lastUsedAt },
    {
      name: 'sealcheck-audit',
      trust: policyDocument({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${sampleAccountId}:root` }, Action: 'sts:AssumeRole' }),
      inline: {
        metadata: policyDocument(
          allow(['secretsmanager:ListSecrets', 'secretsmanager:GetResourcePolicy', 'ssm:DescribeParameters', 'kms:DescribeKey']),
        ),
      },
      lastUsedAt,
    },
  ];
}

const policies: readonly ManagedPolicyFixture[] = [
  { name: 'SecretsAdministration', versions: [policyDocument(allow('secretsmanager:*'))] },
  { name: 'ReadEverySecret', versions: [policyDocument(allow([readSecretAction, 'secretsmanager:DescribeSecret']))] },
  // Once too wide: only the version in force counts.
  {
    name: 'CheckoutSecrets',
    versions: [
      policyDocument(allow('secretsmanager:*')),
      policyDocument(allow(readSecretAction, sampleSecretArn('us-east-1', 'checkout/prod/*'))),
    ],
  },
  {
    name: 'OrdersSecrets',
    path: '/teams/',
    versions: [
      policyDocument(
        allow(readSecretAction, ordersSecrets),
        allow('kms:Decrypt', sampleKeyArn('us-east-1', 'shop/secrets')),
        allow(['ssm:GetParameter', 'ssm:GetParameters'], sampleParameterArn('us-east-1', '/orders/prod/*')),
      ),
    ],
  },
  { name: 'ParameterReader', versions: [policyDocument(allow('ssm:GetParameter*'), allow('kms:Decrypt'))] },
  { name: 'DeveloperBoundary', versions: [policyDocument(allow(['s3:*', 'logs:*', 'secretsmanager:*']))] },
  {
    name: 'SecretsManagerReadWrite',
    managedByAws: true,
    description: 'Shortened from the AWS managed policy of this name',
    versions: [
      policyDocument(
        {
          Sid: 'BasicPermissions',
          ...allow(['secretsmanager:*', 'kms:DescribeKey', 'kms:ListAliases', 'kms:ListKeys', 'tag:GetResources']),
        },
        {
          Sid: 'LambdaPermissions',
          ...allow(['lambda:AddPermission', 'lambda:InvokeFunction'], 'arn:aws:lambda:*:*:function:SecretsManager*'),
        },
      ),
    ],
  },
];
