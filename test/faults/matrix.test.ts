import { describe, expect, it } from 'vitest';
import type { Fault, MalformedBody } from '../../src/endpoint/fault.ts';
import type { UnknownReason } from '../../src/model/unknown.ts';
import { collectors } from '../../src/sources/aws/collectors.ts';
import { needsOf, scan } from '../../src/scan.ts';
import { requiredActions } from '../../src/sources/aws/index.ts';
import { pack, scanEndpoint, scanTime, type Scanned } from '../support/scan-endpoint.ts';
import { compareFindings } from './finding-changes.ts';

/** Policies whose type some list stands for. */
const about = (...types: readonly string[]): readonly string[] =>
  pack()
    .filter(({ policy }) => policy.resources.some((type) => types.includes(type)))
    .map(({ policy }) => policy.id);

const alarms = ['rotation-failure-alarm', 'secret-deletion-alarm', 'secret-policy-change-alarm'];
const keyPolicies = about('AWS::KMS::Key');
/** All whose types are read live; those that only code can answer have a row there too, not applicable. */
const everyPolicy = about(...collectors.map(({ type }) => type));

const workloads = about(
  'AWS::Lambda::Function',
  'AWS::ECS::TaskDefinition',
  'AWS::CodeBuild::Project',
  'AWS::EC2::Instance',
  'AWS::EC2::LaunchTemplate',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::DocDB::DBCluster',
  'AWS::Redshift::Cluster',
);

/**
 * What may change when an operation fails, by hand: on purpose not taken from the collectors' own declarations. The
 * policies whose findings in the sample accounts hang on it; all of them must show it.
 */
const dependents: { readonly [operation: string]: readonly string[] } = {
  'sts:GetCallerIdentity': everyPolicy,
  // The account of the role has neither keys nor workloads of interest, and its users read nothing.
  'sts:AssumeRole': everyPolicy.filter((id) => !id.startsWith('kms-') && id !== 'iam-users-read-no-secrets' && !workloads.includes(id)),
  'account:ListRegions': [],
  'secretsmanager:ListSecrets': [
    ...about('AWS::SecretsManager::Secret'),
    'kms-key-enabled-while-in-use',
    'kms-key-not-pending-deletion',
    ...alarms,
  ],
  'secretsmanager:GetResourcePolicy': [
    'secretsmanager-cross-account-access-trusted',
    'secretsmanager-no-public-access',
    'secretsmanager-shared-secret-uses-customer-key',
  ],
  'secretsmanager:DescribeSecret': ['secretsmanager-replica-customer-managed-key', 'secretsmanager-replicas-in-sync'],
  'secretsmanager:ListSecretVersionIds': ['secretsmanager-rotated-recently', 'secretsmanager-rotation-not-stuck'],
  'lambda:GetFunctionConfiguration': ['secretsmanager-rotation-function-exists', 'secretsmanager-rotation-uses-alternating-users'],
  'lambda:GetPolicy': ['secretsmanager-rotation-function-exists'],
  'ssm:DescribeParameters': [...about('AWS::SSM::Parameter'), 'kms-key-enabled-while-in-use', 'kms-key-not-pending-deletion'],
  'ssm:GetParameters': ['ssm-parameter-secret-is-secure-string', 'ssm-parameter-tier-needed'],
  'ssm:GetResourcePolicies': ['ssm-parameter-not-shared-publicly', 'ssm-parameter-tier-needed'],
  'kms:ListKeys': keyPolicies,
  'kms:DescribeKey': [
    ...keyPolicies,
    'secretsmanager-customer-managed-key',
    'secretsmanager-key-rotates',
    'secretsmanager-key-usable',
    'secretsmanager-shared-secret-uses-customer-key',
    'ssm-parameter-customer-managed-key',
    'ssm-parameter-key-usable',
  ],
  'kms:GetKeyRotationStatus': ['kms-key-rotates', 'secretsmanager-key-rotates'],
  'kms:GetKeyPolicy': ['kms-key-policy-not-public'],
  'ecs:ListTaskDefinitionFamilies': about('AWS::ECS::TaskDefinition'),
  'ecs:DescribeTaskDefinition': about('AWS::ECS::TaskDefinition'),
  'codebuild:ListProjects': about('AWS::CodeBuild::Project'),
  'codebuild:BatchGetProjects': about('AWS::CodeBuild::Project'),
  'ec2:DescribeInstances': about('AWS::EC2::Instance'),
  'ec2:DescribeInstanceAttribute': about('AWS::EC2::Instance'),
  'ec2:DescribeLaunchTemplates': about('AWS::EC2::LaunchTemplate'),
  'ec2:DescribeLaunchTemplateVersions': about('AWS::EC2::LaunchTemplate'),
  'rds:DescribeDBInstances': about('AWS::RDS::DBInstance'),
  'rds:DescribeDBClusters': about('AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster'),
  'redshift:DescribeClusters': about('AWS::Redshift::Cluster'),
  'lambda:ListFunctions': about('AWS::Lambda::Function'),
  'iam:GetAccountAuthorizationDetails': everyPolicy.filter((id) => id.startsWith('iam-')),
  // A trail tells where else an alarm may be, so that nothing is certain of alarms without the list of trails.
  'cloudtrail:DescribeTrails': ['cloudtrail-records-secret-reads', ...alarms],
  'cloudtrail:GetTrailStatus': ['cloudtrail-records-secret-reads', ...alarms],
  'cloudtrail:GetEventSelectors': ['cloudtrail-records-secret-reads', ...alarms],
  'events:ListRules': alarms,
  'events:ListTargetsByRule': ['rotation-failure-alarm', 'secret-policy-change-alarm'],
  'cloudwatch:DescribeAlarms': alarms,
};

/** Operations that answer in pages, and so could repeat a page for ever. */
const paged = [
  'account:ListRegions',
  'secretsmanager:ListSecrets',
  'secretsmanager:ListSecretVersionIds',
  'ssm:DescribeParameters',
  'ssm:GetResourcePolicies',
  'kms:ListKeys',
  'ecs:ListTaskDefinitionFamilies',
  'codebuild:ListProjects',
  'ec2:DescribeInstances',
  'ec2:DescribeLaunchTemplates',
  'rds:DescribeDBInstances',
  'rds:DescribeDBClusters',
  'redshift:DescribeClusters',
  'lambda:ListFunctions',
  'iam:GetAccountAuthorizationDetails',
  'events:ListRules',
  'events:ListTargetsByRule',
  'cloudwatch:DescribeAlarms',
];

const operations = Object.keys(dependents);
let healthyRun: Promise<Scanned> | undefined;
/** Read once, when the first test asks. */
const healthy = (): Promise<Scanned> => (healthyRun ??= scanEndpoint());

it('the healthy run uses exactly these operations, which are those that are declared and those of STS', async () => {
  const { calls, result } = await healthy();
  expect(Object.keys(calls).sort()).toEqual([...operations].sort());
  const declared = requiredActions(needsOf(pack()), { inspectValues: true, allKeys: true });
  expect(
    Object.keys(calls)
      .filter((operation) => !operation.startsWith('sts:'))
      .sort(),
  ).toEqual(declared);
  expect(result.summary.findings).toMatchObject({ unknown: 0, waived: 0 });
  expect(result.summary.findings.fail).toBeGreaterThan(50);
  expect(new Set(result.findings.map(({ resource }) => resource.type)).size).toBe(
    collectors.filter(({ type }) => needsOf(pack()).has(type)).length,
  );
});

async function expectHonest(
  operation: string,
  fault: Fault,
  reason: UnknownReason,
  tuning = {},
  policies = dependents[operation],
): Promise<void> {
  const truth = await healthy();
  const { result, collection } = await scanEndpoint({ faults: [fault], tuning });
  const changes = compareFindings(truth.result, result);
  expect(changes.wrong).toEqual([]);
  expect(changes.policies).toEqual([...(policies ?? [])].sort());
  if (operation === 'account:ListRegions') {
    expect(changes).toMatchObject({ reasons: [], gaps: 0 });
    expect(result.run.notes.join()).toContain('is unknown');
    return;
  }
  expect(changes.reasons).toEqual([reason]);
  expect(changes.actions).toEqual([operation]);
  expect(changes.gaps + changes.unknowns).toBeGreaterThan(0);
  expect(result.run).toMatchObject({ exitCode: 1, exitReason: expect.stringContaining('also incomplete') as unknown });
  // Where failures are let pass, what is missing still decides.
  const incomplete = scan(collection, pack(), {
    now: scanTime,
    detail: 'all',
    toolVersion: '0.0.0',
    failOn: 'none',
    failOnUnknown: 'low',
    clock: { kind: 'fixed' },
  });
  expect(incomplete.run).toMatchObject({ exitCode: 3, outcome: 'incomplete' });
}

describe.each(operations)('%s', (operation) => {
  it('denied: what hangs on it is unknown or a gap, every other verdict stays', async () => {
    await expectHonest(operation, { operation, kind: 'deny' }, 'access-denied');
  });

  it('throttled for good: the same', async () => {
    await expectHonest(operation, { operation, kind: 'throttle', rate: 1, seed: 1 }, 'throttled');
  });

  it('throttled at 30 % for the whole run: the result of a healthy run', async () => {
    const { result } = await scanEndpoint({ faults: [{ operation, kind: 'throttle', rate: 0.3, seed: 3 }], tuning: { attempts: 14 } });
    expect(JSON.stringify(result)).toBe(JSON.stringify((await healthy()).result));
  });

  it('cutting the connection: unknown or a gap', async () => {
    await expectHonest(operation, { operation, kind: 'reset' }, 'request-failed');
  });

  it.each<MalformedBody>(['html', 'truncated', 'empty-object', 'wrong-types'])('answering garbage (%s): unknown or a gap', async (body) => {
    await expectHonest(operation, { operation, kind: 'malformed', body }, 'malformed-response');
  });

  it('repeating its page token: the run ends, and the pages that came count', async () => {
    const { result } = await scanEndpoint({ faults: [{ operation, kind: 'malformed', body: 'repeat-token' }] });
    const changes = compareFindings((await healthy()).result, result);
    expect(changes.wrong).toEqual([]);
    if (!paged.includes(operation)) expect(changes).toMatchObject({ policies: [], gaps: 0 });
    else if (operation === 'account:ListRegions') expect(result.run.notes.join()).toContain('is unknown');
    else {
      expect(changes).toMatchObject({ reasons: ['malformed-response'], actions: [operation] });
      expect(dependents[operation]).toEqual(expect.arrayContaining([...changes.policies]));
    }
  });
});

describe.concurrent.each(operations)('%s', (operation) => {
  it('hanging: the run ends, what hangs on it is unknown or a gap for want of an answer', async () => {
    // Waits in earnest, so each call waits once, and after the first that did the rest are not made.
    await expectHonest(operation, { operation, kind: 'hang' }, 'timeout', { requestTimeoutMs: 5_000, patience: 1 });
  });
});

it('everything throttled at 30 %: the result of a healthy run', async () => {
  const { result, calls } = await scanEndpoint({
    faults: [{ operation: '*', kind: 'throttle', rate: 0.3, seed: 5 }],
    tuning: { attempts: 14 },
  });
  const truth = await healthy();
  expect(JSON.stringify(result)).toBe(JSON.stringify(truth.result));
  const total = (counts: Scanned['calls']): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
  expect(total(calls)).toBeGreaterThan(total(truth.calls) * 1.2);
});
