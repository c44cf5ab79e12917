import { CreateAccessKeyCommand } from '@aws-sdk/client-iam';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import { allow, policyDocument, trustService } from '../../src/endpoint/policy-document.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import type { AwsOptions } from '../../src/sources/aws/index.ts';
import { describeWithMoto } from '../support/moto.ts';
import { collect, judge, optionsFor } from './scan-account.ts';
import { openMoto } from './seed/moto-clients.ts';
import { seedMoto } from './seed/seed.ts';

const id = '123456789012';
const region = 'us-east-1';
const keyId = 'b5c4d3e2-0000-4000-8000-00000000feed';
const lists = [
  'secretsmanager:ListSecrets',
  'ssm:DescribeParameters',
  'iam:GetAccountAuthorizationDetails',
  'lambda:ListFunctions',
  'ecs:ListTaskDefinitionFamilies',
  'codebuild:ListProjects',
  'ec2:DescribeInstances',
  'ec2:DescribeLaunchTemplates',
  'rds:DescribeDBInstances',
  'rds:DescribeDBClusters',
  'redshift:DescribeClusters',
];
const now = Date.now();

const account: AccountFixture = {
  id,
  regions: {
    [region]: {
      keys: [{ id: keyId, aliases: ['app'], rotation: { periodDays: 365 } }],
      secrets: [
        { name: 'app/plain' },
        { name: 'app/own-key', kmsKey: `arn:aws:kms:${region}:${id}:key/${keyId}` },
        {
          name: 'app/open',
          policy: policyDocument({ Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' }),
        },
        { name: 'app/pending', versions: { a: { stages: ['AWSCURRENT'] }, b: { stages: ['AWSPENDING'] } } },
      ],
      taskDefinitions: [{ family: 'worker', containers: [{ name: 'main', environment: { DB_PASSWORD: 'Fake-Pass-1' } }] }],
      buildProjects: [{ name: 'images', variables: [{ name: 'NPM_TOKEN', value: 'Fake-Token-1' }] }],
      functions: [{ name: 'billing', environment: { DB_PASSWORD: 'Fake-Pass-1' } }],
      parameters: [
        { name: '/app/own-key', type: 'SecureString', kmsKey: 'alias/app' },
        { name: '/app/upstream', value: 'postgres://svc:Fake-Pass-1@db.internal:5432/app' },
        { name: '/app/password', value: 'FAKE' },
      ],
    },
  },
  iam: {
    users: [
      { name: 'nobody' },
      { name: 'lister', inline: { own: policyDocument(allow(lists)) } },
      { name: 'reader', inline: { own: policyDocument(allow('*')) } },
    ],
    roles: [{ name: 'lambda-exec', trust: trustService('lambda'), inline: { own: policyDocument(allow('secretsmanager:*')) } }],
  },
};
/** Entered by a role that may do nothing. */
const other: AccountFixture = {
  id: '999988887777',
  regions: {},
  iam: {
    roles: [
      {
        name: 'audit',
        trust: policyDocument({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${id}:root` }, Action: 'sts:AssumeRole' }),
      },
    ],
  },
};
const scopes = [`aws/${id}/global`, `aws/${id}/${region}`];

/** moto denies the calls of JSON services with XML, which the SDK cannot read. */
await describeWithMoto('moto that denies', (moto) => {
  const keys = new Map<string, NonNullable<AwsOptions['credentials']>>();

  beforeAll(async () => {
    await seedMoto(moto.url, [account, other]);
    const { iam, close } = await openMoto(moto.url, id, region);
    for (const { name } of account.iam?.users ?? []) {
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
      keys.set(name, { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' });
    }
    close();
    await moto.enforceIam();
  }, 120_000);

  async function scanAs(user: string, changes: Partial<AwsOptions> = {}): Promise<ScanResult> {
    const credentials = keys.get(user);
    if (credentials === undefined) throw new Error(`no user ${user}`);
    return judge(await collect(optionsFor(moto.url, { regions: [region], credentials, ...changes })), now);
  }

  it('everything: each scope has failed, with the action that was missing, and the run with it', async () => {
    const { run, scopes: read, findings } = await scanAs('nobody');
    expect(run).toMatchObject({ outcome: 'failed', exitCode: 4 });
    expect(read.map(({ id: scope, status }) => [scope, status])).toEqual(scopes.map((scope) => [scope, 'failed']));
    expect(read.map(({ gaps }) => gaps.map(({ action, reason }) => [action, reason]))).toEqual([
      [['iam:GetAccountAuthorizationDetails', 'access-denied']],
      [
        ['codebuild:ListProjects', 'access-denied'],
        ['ec2:DescribeInstances', 'access-denied'],
        ['ec2:DescribeLaunchTemplates', 'access-denied'],
        ['ecs:ListTaskDefinitionFamilies', 'access-denied'],
        ['kms:ListKeys', 'access-denied'],
        ['lambda:ListFunctions', 'access-denied'],
        ['rds:DescribeDBClusters', 'access-denied'],
        ['rds:DescribeDBInstances', 'access-denied'],
        ['redshift:DescribeClusters', 'access-denied'],
        ['secretsmanager:ListSecrets', 'access-denied'],
        ['ssm:DescribeParameters', 'access-denied'],
      ],
    ]);
    // The account itself is there without asking, and all that could be said of it was denied.
    expect(findings.map(({ resource, status }) => [resource.type, status])).toEqual(Array(4).fill(['AWS::::Account', 'unknown']));
  });

  it('everything to keys that it does not know: the credentials have failed', async () => {
    const scan = collect(
      optionsFor(moto.url, { regions: [region], credentials: { accessKeyId: 'AKIAFAKEFAKEFAKEFAKE', secretAccessKey: 'FAKE' } }),
    );
    await expect(scan).rejects.toMatchObject({ name: 'UserError', code: 'credentials-failed' });
  });

  it('everything to the role of another account: its scopes have failed, the others are read', async () => {
    const { run, scopes: read } = await scanAs('reader', { roleArns: [`arn:aws:iam::${other.id}:role/audit`] });
    expect(read.map(({ id: scope, status }) => [scope, status])).toEqual([
      ...scopes.map((scope) => [scope, 'complete']),
      [`aws/${other.id}/global`, 'failed'],
      [`aws/${other.id}/${region}`, 'failed'],
    ]);
    expect(new Set(read.flatMap(({ gaps }) => gaps.map(({ reason }) => reason)))).toEqual(new Set(['access-denied']));
    expect(run).toMatchObject({ outcome: 'violations', exitCode: 1 });
  });

  describe('all but the lists', () => {
    let full: ScanResult;
    let restricted: ScanResult;

    beforeAll(async () => {
      full = await scanAs('reader');
      restricted = await scanAs('lister');
    }, 60_000);

    it('finds the same resources, and says which may be missing', () => {
      expect(resourcesOf(restricted)).toEqual(resourcesOf(full));
      const gaps = restricted.scopes.map(({ status, gaps: those }) => [
        status,
        those.map(({ action, reason, types }) => [action, reason, types]),
      ]);
      // Which key the alias of /app/own-key names is not known, nor which keys there are besides.
      expect(gaps).toEqual([
        ['complete', []],
        [
          'partial',
          [
            ['kms:DescribeKey', 'access-denied', ['AWS::KMS::Key']],
            ['kms:ListKeys', 'access-denied', ['AWS::KMS::Key']],
          ],
        ],
      ]);
    });

    it('never turns what it could not read into a pass', () => {
      const before = verdicts(full);
      const changed = [...verdicts(restricted)].filter(([key, { status }]) => status !== before.get(key)?.status);
      expect(changed.length).toBeGreaterThan(10);
      expect(changed.filter(([, { status }]) => status !== 'unknown')).toEqual([]);
    });

    it('says which action was missing', () => {
      const unknown = restricted.findings.flatMap((finding) => (finding.status === 'unknown' ? finding.unknown : []));
      expect(new Set(unknown.map(({ reason }) => reason))).toEqual(new Set(['access-denied']));
      expect([...new Set(unknown.map(({ action }) => action))].sort()).toEqual([
        'cloudtrail:DescribeTrails',
        'codebuild:BatchGetProjects',
        'ecs:DescribeTaskDefinition',
        'events:ListRules',
        'kms:DescribeKey',
        'kms:GetKeyPolicy',
        'secretsmanager:GetResourcePolicy',
        'secretsmanager:ListSecretVersionIds',
        'ssm:GetParameters',
      ]);
    });

    it('still finds what the lists show', () => {
      const failed = restricted.findings.flatMap(({ status, policyId, resource }) =>
        status === 'fail' ? [`${policyId} ${resource.name}`] : [],
      );
      expect(failed).toContain('secretsmanager-rotation-enabled app/plain');
      expect(failed).toContain('ssm-parameter-secret-is-secure-string /app/password');
      expect(failed).toContain('lambda-no-plaintext-secret billing');
      expect(failed).toContain('iam-no-secretsmanager-wildcard lambda-exec');
      expect(restricted.run).toMatchObject({ outcome: 'violations', exitCode: 1 });
      expect(restricted.run.exitReason).toMatch(/also incomplete/);
    });
  });
});

function verdicts({ findings }: ScanResult): ReadonlyMap<string, Finding> {
  return new Map(findings.map((finding) => [[finding.policyId, finding.resource.address, finding.itemKey].join(' '), finding]));
}

function resourcesOf({ scopes: read }: ScanResult): readonly unknown[] {
  return read.map(({ id: scope, resources }) => [scope, resources]);
}
