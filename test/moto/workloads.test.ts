import { CreateAccessKeyCommand } from '@aws-sdk/client-iam';
import { beforeAll, expect, it } from 'vitest';
import type { AccountFixture, RegionFixture } from '../../src/endpoint/account-fixture.ts';
import { allow, policyDocument } from '../../src/endpoint/policy-document.ts';
import type { Collection } from '../../src/model/resource.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { encodeCollection } from '../../src/sources/snapshot/encode-collection.ts';
import { describeWithMoto } from '../support/moto.ts';
import { collect, judge, optionsFor } from './scan-account.ts';
import { openMoto } from './seed/moto-clients.ts';
import { seedDatabases, seedWarehouses } from './seed/seed-databases.ts';
import { seedFunctions } from './seed/seed-functions.ts';
import { seedInstances } from './seed/seed-instances.ts';
import { seedMoto } from './seed/seed.ts';

const id = '123456789012';
const region = 'us-east-1';
/** In every value, and nowhere else. */
const canary = 'CNRY7x';
const script = `#!/bin/bash\nexport DB_PASSWORD=${canary}-Fake-1\n`;
const harmless = `#!/bin/bash\necho ${canary} > /etc/motd\n`;

const workloads: RegionFixture = {
  functions: [
    { name: 'bad', environment: { DB_PASSWORD: `${canary}-Fake-1`, STAGE: canary } },
    { name: 'good', environment: { DB_SECRET_ARN: `arn:aws:secretsmanager:${region}:${id}:secret:${canary}`, STAGE: canary } },
  ],
  taskDefinitions: [
    { family: 'bad', containers: [{ name: 'main', environment: { DB_URL: `mysql://u:${canary}@h/db` } }] },
    { family: 'good', revision: 2, containers: [{ name: 'main', secrets: { DB_PASSWORD: `/x/${canary}` } }] },
  ],
  buildProjects: [
    { name: 'bad', variables: [{ name: 'NPM_TOKEN', value: `npm_${canary.repeat(6)}` }] },
    { name: 'good', variables: [{ name: 'NPM_TOKEN', value: `/x/${canary}`, type: 'PARAMETER_STORE' }] },
  ],
  launchTemplates: [
    { id: 'lt-1', name: 'bad', versions: [harmless, script] },
    { id: 'lt-2', name: 'bad-by-default', versions: [script, harmless] },
    { id: 'lt-3', name: 'good', versions: [script, harmless, harmless], defaultVersion: 2 },
    { id: 'lt-4', name: 'without', versions: [null] },
  ],
  databases: [
    { name: 'bad' },
    { name: 'good', managed: true },
    { name: 'copy', replicaOf: 'bad' },
    { name: 'member', engine: 'aurora-postgresql', cluster: 'good' },
  ],
  databaseClusters: [{ name: 'bad' }, { name: 'good', managed: true }, { name: 'graph', engine: 'neptune' }],
  warehouses: [{ name: 'bad' }],
  instances: [
    { id: 'i-bad', userData: script },
    { id: 'i-good', userData: harmless },
    { id: 'i-without' },
    { id: 'i-ended', userData: script, state: 'terminated' },
  ],
};

/** Policy, type and name, and what is said of it; nothing of what is no resource of the type. */
const verdicts: readonly (readonly [string, string, string, string])[] = [
  ['lambda-no-plaintext-secret', 'AWS::Lambda::Function', 'bad', 'fail pass'],
  ['lambda-no-plaintext-secret', 'AWS::Lambda::Function', 'good', 'pass'],
  ['ecs-no-plaintext-secret', 'AWS::ECS::TaskDefinition', 'bad', 'fail'],
  ['ecs-no-plaintext-secret', 'AWS::ECS::TaskDefinition', 'good', 'pass'],
  ['codebuild-no-plaintext-secret', 'AWS::CodeBuild::Project', 'bad', 'fail'],
  ['codebuild-no-plaintext-secret', 'AWS::CodeBuild::Project', 'good', 'pass'],
  ['ec2-user-data-no-plaintext-secret', 'AWS::EC2::LaunchTemplate', 'bad', 'fail'],
  ['ec2-user-data-no-plaintext-secret', 'AWS::EC2::LaunchTemplate', 'bad-by-default', 'fail'],
  ['ec2-user-data-no-plaintext-secret', 'AWS::EC2::LaunchTemplate', 'good', 'pass'],
  ['ec2-user-data-no-plaintext-secret', 'AWS::EC2::LaunchTemplate', 'without', 'not_applicable'],
  ['ec2-user-data-no-plaintext-secret', 'AWS::EC2::Instance', 'i-bad', 'fail'],
  ['ec2-user-data-no-plaintext-secret', 'AWS::EC2::Instance', 'i-good', 'pass'],
  ['ec2-user-data-no-plaintext-secret', 'AWS::EC2::Instance', 'i-without', 'not_applicable'],
  ['ec2-user-data-no-plaintext-secret', 'AWS::EC2::Instance', 'i-ended', ''],
  ['rds-managed-master-password', 'AWS::RDS::DBInstance', 'bad', 'fail'],
  ['rds-managed-master-password', 'AWS::RDS::DBInstance', 'good', 'pass'],
  ['rds-managed-master-password', 'AWS::RDS::DBInstance', 'copy', 'not_applicable'],
  ['rds-managed-master-password', 'AWS::RDS::DBInstance', 'member', 'not_applicable'],
  ['rds-managed-master-password', 'AWS::RDS::DBCluster', 'bad', 'fail'],
  ['rds-managed-master-password', 'AWS::RDS::DBCluster', 'good', 'pass'],
  ['rds-managed-master-password', 'AWS::RDS::DBCluster', 'graph', ''],
  ['redshift-managed-master-password', 'AWS::Redshift::Cluster', 'bad', 'fail'],
];

const users = {
  nobody: [],
  lister: [
    'lambda:ListFunctions',
    'ecs:ListTaskDefinitionFamilies',
    'codebuild:ListProjects',
    'ec2:DescribeInstances',
    'ec2:DescribeLaunchTemplates',
    'secretsmanager:ListSecrets',
    'ssm:DescribeParameters',
    'iam:GetAccountAuthorizationDetails',
  ],
} as const;

const account: AccountFixture = {
  id,
  regions: { [region]: { taskDefinitions: workloads.taskDefinitions ?? [], buildProjects: workloads.buildProjects ?? [] } },
  iam: {
    users: Object.entries(users).map(([name, actions]) => ({
      name,
      ...(actions.length === 0 ? {} : { inline: { own: policyDocument(allow([...actions])) } }),
    })),
    roles: [
      {
        name: 'lambda-exec',
        trust: policyDocument({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      },
    ],
  },
};

await describeWithMoto('workloads and databases of moto', (moto) => {
  let ids: ReadonlyMap<string, string>;
  let collection: Collection;
  let result: ScanResult;
  const denied = new Map<keyof typeof users, ScanResult>();

  beforeAll(async () => {
    await seedMoto(moto.url, [account]);
    const clients = await openMoto(moto.url, id, region);
    await seedFunctions(clients.functions, workloads.functions ?? [], [], `arn:aws:iam::${id}:role/lambda-exec`);
    await seedDatabases(clients.databases, workloads);
    await seedWarehouses(clients.warehouses, workloads);
    ids = await seedInstances(clients.instances, workloads);
    collection = await collect(optionsFor(moto.url, { regions: [region] }));
    result = judge(collection, Date.now());
    const keys = new Map<keyof typeof users, { accessKeyId: string; secretAccessKey: string }>();
    for (const name of Object.keys(users) as (keyof typeof users)[]) {
      const { AccessKey } = await clients.iam.send(new CreateAccessKeyCommand({ UserName: name }));
      keys.set(name, { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' });
    }
    clients.close();
    await moto.enforceIam();
    for (const [name, credentials] of keys) {
      denied.set(name, judge(await collect(optionsFor(moto.url, { regions: [region], credentials })), Date.now()));
    }
  }, 180_000);

  it.each(verdicts)('%s, %s %s: %s', (policyId, type, name, statuses) => {
    const called = ids.get(name) ?? name;
    const found = result.findings.filter((one) => one.policyId === policyId && one.resource.type === type && one.resource.name === called);
    expect(
      found
        .map(({ status }) => status)
        .sort()
        .join(' '),
    ).toBe(statuses);
  });

  it('are read in full', () => {
    expect(result.scopes.flatMap(({ gaps }) => gaps)).toEqual([]);
    expect(result.findings.filter(({ status, resource }) => status === 'unknown' && !/Secret|Parameter/.test(resource.type))).toEqual([]);
  });

  it('keep their values to themselves', () => {
    expect(JSON.stringify(encodeCollection(collection))).not.toContain(canary);
    expect(JSON.stringify(result)).not.toContain(canary);
  });

  it('are gaps where not even a list may be read', () => {
    const operations = denied.get('nobody')?.scopes.flatMap(({ gaps }) => gaps.map(({ operation, reason }) => `${operation} ${reason}`));
    expect(operations).toEqual(
      expect.arrayContaining(
        [
          'lambda:ListFunctions',
          'ecs:ListTaskDefinitionFamilies',
          'codebuild:ListProjects',
          'ec2:DescribeInstances',
          'ec2:DescribeLaunchTemplates',
          'rds:DescribeDBInstances',
          'rds:DescribeDBClusters',
          'redshift:DescribeClusters',
        ].map((operation) => `${operation} access-denied`),
      ),
    );
  });

  it('are unknown where the lists may be read and no more', () => {
    const statuses = new Map<string, Set<string>>();
    for (const { policyId, status } of denied.get('lister')?.findings ?? []) {
      statuses.set(policyId, (statuses.get(policyId) ?? new Set()).add(status));
    }
    for (const policy of ['ecs-no-plaintext-secret', 'codebuild-no-plaintext-secret', 'ec2-user-data-no-plaintext-secret']) {
      expect([policy, ...(statuses.get(policy) ?? [])]).toEqual([policy, 'unknown']);
    }
    expect([...(statuses.get('lambda-no-plaintext-secret') ?? [])].sort()).toEqual(['fail', 'pass']);
  });
});
