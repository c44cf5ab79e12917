import type { AccountFixture, KeyFixture, ParameterFixture, SecretFixture } from '../../../src/endpoint/account-fixture.ts';
import { fakeUuid } from '../../../src/endpoint/fake-id.ts';
import type { BuildProjectFixture, FunctionFixture, TaskDefinitionFixture } from '../../../src/endpoint/workload-fixture.ts';
import type { IamFixture } from '../../../src/endpoint/iam-fixture.ts';
import { allow, deny, policyDocument, trustService } from '../../../src/endpoint/policy-document.ts';

const id = '123456789012';
const region = 'us-east-1';
const elsewhere = 'eu-west-1';
const secretArns = `arn:aws:secretsmanager:${region}:${id}:secret:`;
const boundaryArn = `arn:aws:iam::${id}:policy/teams/Boundary`;

function keyId(name: string): string {
  return fakeUuid(`contract ${name}`);
}

function keyArn(name: string): string {
  return `arn:aws:kms:${region}:${id}:key/${keyId(name)}`;
}

const owner = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${id}:root` }, Action: 'kms:*', Resource: '*' };
const keyPolicy = policyDocument(owner);
const key = (name: string, more: Partial<KeyFixture> = {}): KeyFixture => ({ id: keyId(name), policy: keyPolicy, ...more });

const keys: readonly KeyFixture[] = [
  key('plain', { aliases: ['plain', 'also/plain'] }),
  key('rotates', { aliases: ['rotates'], rotation: { periodDays: 365 } }),
  key('disabled', { state: 'Disabled', rotation: { periodDays: 365 } }),
  key('leaving', { state: 'PendingDeletion', deletionAt: Date.UTC(2027, 0, 1) }),
  key('signing', { spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' }),
  key('hmac', { spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' }),
  key('shared', { policy: policyDocument(owner, { Effect: 'Allow', Principal: '*', Action: ['kms:Decrypt'], Resource: '*' }) }),
  key('default-policy'),
];

const rotation = {
  days: 30,
  functionArn: `arn:aws:lambda:${region}:${id}:function:rotate`,
  nextRotationAt: Date.UTC(2026, 1, 1),
  lastRotatedAt: Date.UTC(2026, 0, 2),
};
const stages = (...lists: readonly (readonly string[])[]) => ({
  versions: Object.fromEntries(lists.map((list, index) => [fakeUuid(`version ${index}`), { stages: list }])),
});

const secrets: readonly SecretFixture[] = [
  { name: 'bare' },
  { name: 'described', description: 'with tags', tags: { team: 'web', 'cost centre': '4711' } },
  { name: 'by-arn', kmsKey: keyArn('rotates') },
  { name: 'by-id', kmsKey: keyId('plain') },
  { name: 'by-alias', kmsKey: 'alias/also/plain' },
  { name: 'by-alias-arn', kmsKey: `arn:aws:kms:${region}:${id}:alias/rotates` },
  { name: 'of-disabled-key', kmsKey: keyArn('disabled') },
  { name: 'of-leaving-key', kmsKey: keyArn('leaving') },
  { name: 'of-key-that-is-gone', kmsKey: keyArn('never made') },
  { name: 'of-alias-that-is-gone', kmsKey: 'alias/never-made' },
  { name: 'of-aws-by-alias', kmsKey: 'alias/aws/secretsmanager' },
  { name: 'rotates', rotation },
  { name: 'rotates/half', rotation, ...stages(['AWSCURRENT'], ['AWSPENDING']) },
  { name: 'pending', ...stages(['AWSCURRENT'], ['AWSPENDING']) },
  { name: 'empty', versions: {} },
  { name: 'leaving', deletedAt: Date.UTC(2027, 0, 1), rotation },
  { name: 'rds!owned', owningService: 'rds', tags: { 'aws:secretsmanager:owningService': 'rds' } },
  {
    name: 'shared',
    policy: policyDocument(
      { Sid: 'Vendor', Effect: 'Allow', Principal: { AWS: ['999988887777'] }, Action: 'secretsmanager:GetSecretValue', Resource: '*' },
      { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': false } } },
    ),
  },
  { name: 'replicated', primaryRegion: region, replicas: [{ region: elsewhere }] },
];

const parameters: readonly ParameterFixture[] = [
  { name: '/plain', value: 'eleven' },
  { name: 'without-path', value: '11', description: 'with tags', tags: { team: 'web' } },
  { name: '/list', type: 'StringList', value: 'a,b' },
  { name: '/image', value: 'ami-0123456789abcdef0', dataType: 'aws:ec2:image' },
  { name: '/changed', value: 'twice', version: 3 },
  { name: '/credential', value: 'postgres://svc:Fake-Pass-1@db.internal:5432/app' },
  { name: '/secure', type: 'SecureString' },
  { name: '/secure/by-arn', type: 'SecureString', kmsKey: keyArn('rotates') },
  { name: '/secure/by-id', type: 'SecureString', kmsKey: keyId('plain') },
  { name: '/secure/by-alias', type: 'SecureString', kmsKey: 'alias/rotates' },
  { name: '/secure/of-disabled-key', type: 'SecureString', kmsKey: keyArn('disabled') },
  { name: '/secure/of-key-that-is-gone', type: 'SecureString', kmsKey: keyArn('never made') },
  { name: '/expires', tier: 'Advanced', policies: [{ type: 'Expiration', attributes: { Timestamp: '2030-01-01T00:00:00.000Z' } }] },
  ...Array.from({ length: 60 }, (_, index) => ({ name: `/page/${index}`, value: String(index) })),
];

const execRole = `arn:aws:iam::${id}:role/lambda-exec`;

const functions: readonly FunctionFixture[] = [
  { name: 'rotate', roleArn: execRole },
  { name: 'tagged', roleArn: execRole, tags: { team: 'web', 'cost centre': '4711' }, environment: { STAGE: 'prod' } },
  {
    name: 'credentials',
    roleArn: execRole,
    environment: {
      UPSTREAM: 'postgres://svc:Fake-Pass-1@db.internal:5432/app',
      DB_PASSWORD: 'Fake-Pass-2',
      DB_SECRET_ARN: `${secretArns}bare`,
    },
  },
  ...Array.from({ length: 55 }, (_, index) => ({ name: `page-${index}`, roleArn: execRole })),
];

const taskDefinitions: readonly TaskDefinitionFixture[] = [
  {
    family: 'web',
    revision: 2,
    tags: { team: 'web' },
    containers: [
      {
        name: 'web',
        environment: { LOG_LEVEL: 'info', DB_PASSWORD: 'Fake-Pass-2' },
        secrets: { FROM_SECRET: `${secretArns}bare`, FROM_PARAMETER: '/secure' },
      },
      { name: 'sidecar', environment: { LOG_LEVEL: 'info' } },
    ],
  },
  { family: 'bare', containers: [{ name: 'main' }] },
];

const buildProjects: readonly BuildProjectFixture[] = [
  {
    name: 'images',
    tags: { team: 'web' },
    variables: [
      { name: 'NPM_TOKEN', value: 'Fake-Token-1' },
      { name: 'FROM_SECRET', value: 'bare', type: 'SECRETS_MANAGER' },
      { name: 'FROM_PARAMETER', value: '/secure', type: 'PARAMETER_STORE' },
    ],
  },
  { name: 'bare' },
];

const iam: IamFixture = {
  policies: [
    { name: 'Read', tags: { team: 'web' }, versions: [policyDocument(allow('ssm:GetParameter'))] },
    {
      name: 'Second',
      versions: [
        policyDocument(allow('*')),
        policyDocument(deny('secretsmanager:*', `${secretArns}a*`), allow(['kms:Decrypt'], [keyArn('plain'), keyArn('rotates')])),
      ],
    },
    { name: 'Boundary', path: '/teams/', versions: [policyDocument(allow('s3:*'))] },
    { name: 'Unused', versions: [{ Version: '2012-10-17', Statement: allow('ec2:*', '*', { Sid: 'One' }) }] },
  ],
  groups: [{ name: 'staff', path: '/teams/', attached: ['Read'], inline: { own: policyDocument(allow('logs:*')) } }],
  users: [
    { name: 'plain', tags: { team: 'web' } },
    { name: 'member', path: '/teams/', groups: ['staff'], attached: ['Read', 'Second'], inline: { own: policyDocument(allow('*')) } },
    { name: 'bounded', boundary: boundaryArn },
  ],
  roles: [
    { name: 'lambda-exec', trust: trustService('lambda') },
    {
      name: 'audit',
      path: '/teams/',
      tags: { team: 'web' },
      boundary: boundaryArn,
      attached: ['Second'],
      inline: {
        b: policyDocument({ Effect: 'Allow', NotAction: 'iam:*', NotResource: [`${secretArns}a`, `${secretArns}b`] }),
        a: policyDocument(allow('sts:AssumeRole', '*', { Condition: { StringLike: { 'aws:PrincipalTag/Team': 'w*' } } })),
      },
      trust: policyDocument({ Effect: 'Allow', Principal: { AWS: ['999988887777', `arn:aws:iam::${id}:root`] }, Action: 'sts:AssumeRole' }),
    },
  ],
};

/** One of everything that moto and the embedded endpoint can both hold, in unusual shapes too. */
export const contractAccount: AccountFixture = {
  id,
  regions: {
    [region]: { keys, secrets, parameters, functions, taskDefinitions, buildProjects },
    [elsewhere]: { secrets: [{ name: 'replicated', primaryRegion: region }, { name: 'local' }] },
  },
  iam,
};
