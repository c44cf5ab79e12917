import type { AccountFixture, KeyFixture, ParameterFixture, SecretFixture } from '../../src/endpoint/account-fixture.ts';
import { fakeUuid } from '../../src/endpoint/fake-id.ts';
import type { IamFixture } from '../../src/endpoint/iam-fixture.ts';
import { allow, deny, policyDocument, readSecretAction, trustService } from '../../src/endpoint/policy-document.ts';
import { account, day, now, region } from './target.ts';

const arn = (service: string, rest: string): string => `arn:aws:${service}:${region}:${account}:${rest}`;
const root = (id: string): string => `arn:aws:iam::${id}:root`;
const keyId = (name: string): string => fakeUuid(`parity ${name}`);
const keyArn = (name: string): string => arn('kms', `key/${keyId(name)}`);
const vendor = '999988887777';

const key = (name: string, more: Partial<KeyFixture> = {}): KeyFixture => ({ id: keyId(name), aliases: [`parity/${name}`], ...more });

const keys: readonly KeyFixture[] = [
  key('rotating', { rotation: { periodDays: 365 } }),
  key('half-yearly', { rotation: { periodDays: 180 } }),
  key('still'),
  key('parameters', { rotation: { periodDays: 365 } }),
  key('disabled', { state: 'Disabled' }),
  key('shared', {
    policy: policyDocument(
      { Effect: 'Allow', Principal: { AWS: root(account) }, Action: 'kms:*', Resource: '*' },
      { Sid: 'Vendor', Effect: 'Allow', Principal: { AWS: root(vendor) }, Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: '*' },
      { Sid: 'Anyone', Effect: 'Allow', Principal: '*', Action: 'kms:DescribeKey', Resource: '*' },
    ),
  }),
  key('signing', { spec: 'RSA_2048', usage: 'SIGN_VERIFY' }),
];

const rotation = {
  functionArn: arn('lambda', 'function:rotate'),
  lastRotatedAt: now - 5 * day,
  nextRotationAt: now + 5 * day,
};

const secrets: readonly SecretFixture[] = [
  { name: 'parity/plain' },
  { name: 'parity/tagged', tags: { team: 'web', 'cost centre': '4711' } },
  { name: 'parity/filled' },
  { name: 'parity/key-by-reference', kmsKey: keyArn('rotating') },
  { name: 'parity/key-by-alias', kmsKey: 'alias/parity/rotating' },
  { name: 'parity/key-by-alias-reference', kmsKey: 'alias/parity/still' },
  { name: 'parity/aws-managed-key', kmsKey: 'alias/aws/secretsmanager' },
  { name: 'parity/replicated', primaryRegion: region, replicas: [{ region: 'eu-west-1' }] },
  {
    name: 'parity/replicated-with-key',
    kmsKey: keyArn('rotating'),
    primaryRegion: region,
    replicas: [{ region: 'eu-west-1', kmsKey: `arn:aws:kms:eu-west-1:${account}:alias/parity/replica` }],
  },
  {
    name: 'parity/replicated-with-key-id',
    primaryRegion: region,
    replicas: [{ region: 'eu-west-1', kmsKey: `arn:aws:kms:eu-west-1:${account}:key/99999999-9999-4999-8999-999999999999` }],
  },
  { name: 'parity/rotates-by-days', rotation: { ...rotation, days: 30 } },
  { name: 'parity/rotates-by-rate', rotation: { ...rotation, days: 100, expression: 'rate(100 days)' } },
  { name: 'parity/rotates-by-cron', rotation: { ...rotation, expression: 'cron(0 16 1,15 * ? *)', duration: '2h' } },
  {
    name: 'parity/policy-public',
    policy: policyDocument({ Sid: 'Everyone', Effect: 'Allow', Principal: '*', Action: readSecretAction, Resource: '*' }),
  },
  {
    name: 'parity/policy-deny',
    policy: policyDocument(
      { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      {
        Sid: 'Own',
        Effect: 'Allow',
        Principal: { AWS: root(account) },
        Action: ['secretsmanager:DescribeSecret', readSecretAction],
        Resource: '*',
      },
    ),
  },
  {
    name: 'parity/policy-cross-account',
    kmsKey: keyArn('shared'),
    policy: policyDocument(
      { Sid: 'Vendor', Effect: 'Allow', Principal: { AWS: [root(vendor), '111122223333'] }, Action: [readSecretAction], Resource: '*' },
      {
        Sid: 'Organisation',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: readSecretAction,
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
      },
    ),
  },
];

const parameters: readonly ParameterFixture[] = [
  { name: '/parity/string', value: '50' },
  { name: '/parity/list', type: 'StringList', value: 'a,b' },
  { name: '/parity/credential', value: 'postgres://svc:Fake-Pass-1@db.internal:5432/app' },
  { name: '/parity/advanced', tier: 'Advanced', value: '50', tags: { team: 'web' } },
  {
    name: '/parity/expiring',
    tier: 'Advanced',
    value: '5'.repeat(4097),
    policies: [
      { type: 'Expiration', attributes: { Timestamp: '2027-06-01T10:00:00.000Z' } },
      { type: 'ExpirationNotification', attributes: { Before: '7', Unit: 'Days' } },
      { type: 'NoChangeNotification', attributes: { After: '36', Unit: 'Hours' } },
    ],
    sharedBy: [
      policyDocument({
        Effect: 'Allow',
        Principal: { AWS: '999988887777' },
        Action: 'ssm:GetParameters',
        Resource: `arn:aws:ssm:us-east-1:${account}:parameter/parity/expiring`,
      }),
    ],
  },
  { name: '/parity/image', dataType: 'aws:ec2:image', value: 'ami-0123456789abcdef0' },
  { name: '/parity/secure', type: 'SecureString' },
  { name: '/parity/secure-customer', type: 'SecureString', kmsKey: keyArn('parameters') },
];

const iam: IamFixture = {
  roles: [
    {
      name: 'parity-app',
      path: '/parity/',
      boundary: 'ParityBoundary',
      trust: trustService('lambda'),
      attached: ['ParityRead', 'SecretsManagerReadWrite'],
      inline: {
        own: policyDocument(allow(readSecretAction, arn('secretsmanager', 'secret:parity/*')), deny(['secretsmanager:DeleteSecret'])),
      },
      tags: { team: 'web' },
    },
    {
      name: 'parity-vendor',
      trust: policyDocument({
        Effect: 'Allow',
        Principal: { AWS: root(vendor) },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'EXAMPLE' } },
      }),
      inline: { own: policyDocument(allow('secretsmanager:*')) },
    },
  ],
  users: [{ name: 'parity-member', groups: ['parity-staff'], attached: ['ParityRead'], tags: { team: 'web' } }],
  groups: [
    {
      name: 'parity-staff',
      path: '/parity/',
      inline: {
        own: policyDocument({ Sid: 'AllButIam', Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }),
      },
    },
  ],
  policies: [
    {
      name: 'ParityRead',
      tags: { team: 'web' },
      versions: [
        policyDocument(
          { Sid: 'Parameters', ...allow(['ssm:GetParameter', 'ssm:GetParameters']) },
          {
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            NotResource: `arn:aws:kms:us-east-1:${account}:key/11111111-1111-4111-8111-111111111111`,
          },
        ),
      ],
    },
    { name: 'ParityBoundary', path: '/parity/', versions: [policyDocument(allow(['s3:*', 'secretsmanager:*']))] },
    { name: 'ParityUnused', versions: [policyDocument(allow('secretsmanager:*'))] },
    {
      name: 'SecretsManagerReadWrite',
      managedByAws: true,
      // Shortened from what AWS publishes.
      versions: [
        policyDocument(
          {
            Sid: 'BasePermissions',
            ...allow(['secretsmanager:*', 'cloudformation:DescribeStacks', 'kms:DescribeKey', 'kms:ListAliases', 'kms:ListKeys']),
          },
          {
            Sid: 'LambdaPermissions',
            ...allow(['lambda:AddPermission', 'lambda:CreateFunction'], 'arn:aws:lambda:*:*:function:SecretsManager*'),
          },
        ),
      ],
    },
  ],
};

/** The scenarios as they are once they are there; `test/fixtures/parity` has the same as a plan and as a template. */
const elsewhere = { keys: [{ id: '99999999-9999-4999-8999-999999999999' }] };

export const parityAccount: AccountFixture = {
  id: account,
  regions: { [region]: { keys, secrets, parameters }, 'eu-west-1': elsewhere },
  iam,
};
