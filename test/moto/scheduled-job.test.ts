import { GetRoleCommand, GetRolePolicyCommand, ListRolePoliciesCommand, PutRolePolicyCommand, type IAMClient } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { awsKit } from '../../src/cli/init/aws.ts';
import { templateNames } from '../../src/cli/init/aws/next-steps.ts';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import { allow as allowing, policyDocument, trustService } from '../../src/endpoint/policy-document.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { makeKit } from '../support/make-kit.ts';
import { describeWithMoto } from '../support/moto.ts';
import { deployStack, type MotoStack } from '../support/moto-stack.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { motoCredentials, openMoto } from './seed/moto-clients.ts';
import { seedMoto } from './seed/seed.ts';

const region = 'us-east-1';
const account = '123456789012';
const externalId = 'EXAMPLE-external-id';
/** What moto 5.2.1 leaves out of a stack: these are held by cfn-lint alone. */
const notInMoto = ['JobRetries', 'RunFailed', 'RunMissing', 'RunSchedule', 'ScheduleGroup', 'StateBucketPolicy', 'TopicPolicy'];

const keyId = 'b5c4d3e2-0000-4000-8000-00000000feed';
/** One of each kind whose details are asked for. */
const judged: AccountFixture = {
  id: account,
  regions: {
    [region]: {
      keys: [{ id: keyId, aliases: ['app'], rotation: { periodDays: 365 } }],
      secrets: [
        { name: 'app/own-key', kmsKey: `arn:aws:kms:${region}:${account}:key/${keyId}` },
        { name: 'app/pending', versions: { a: { stages: ['AWSCURRENT'] }, b: { stages: ['AWSPENDING'] } } },
      ],
      parameters: [{ name: '/app/password', value: 'FAKE' }],
      functions: [{ name: 'billing', environment: { DB_PASSWORD: 'Fake-Pass-1' } }],
      taskDefinitions: [{ family: 'worker', containers: [{ name: 'main', environment: { DB_PASSWORD: 'Fake-Pass-1' } }] }],
      buildProjects: [{ name: 'images', variables: [{ name: 'NPM_TOKEN', value: 'Fake-Token-1' }] }],
    },
  },
  iam: { roles: [{ name: 'lambda-exec', trust: trustService('lambda'), inline: { own: policyDocument(allowing('secretsmanager:*')) } }] },
};

type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string };

type Documents = { readonly [policyName: string]: { readonly Statement: unknown } };

/** The inline policies of a role. moto 5.2.1 keeps those of a template as Python writes them, and cannot ask them when it enforces: they are written anew. */
async function rewritePolicies(iam: IAMClient, RoleName: string): Promise<Documents> {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const documents: [string, Documents[string]][] = [];
  for (const PolicyName of PolicyNames) {
    const answer = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    const PolicyDocument = decodeURIComponent(answer.PolicyDocument ?? '').replaceAll("'", '"');
    documents.push([PolicyName, JSON.parse(PolicyDocument) as Documents[string]]);
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  }
  return Object.fromEntries(documents);
}

await describeWithMoto('the scheduled job, deployed to moto', (moto) => {
  let stack: MotoStack;
  let template: string;
  let ofJob: Credentials;
  let documents: Documents;

  const settings = (credentials: typeof motoCredentials) => ({ endpoint: moto.url, region, credentials, maxAttempts: 1 });
  const enter = async (roleArn: string): Promise<Credentials> => {
    const sts = new STSClient(settings(motoCredentials));
    const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'test' });
    const { Credentials: issued } = await sts.send(command).finally(() => sts.destroy());
    return { accessKeyId: issued!.AccessKeyId!, secretAccessKey: issued!.SecretAccessKey!, sessionToken: issued!.SessionToken! };
  };

  beforeAll(async () => {
    await seedMoto(moto.url, [judged]);
    const s3 = new S3Client({ ...settings(motoCredentials), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'code' }));
    await s3.send(new PutObjectCommand({ Bucket: 'code', Key: 'sealcheck-lambda.zip', Body: 'a zip' }));
    s3.destroy();
    const args = ['--no-config', '--member-account', account, '--external-id', externalId, '--notify-sns'];
    const { files } = await makeKit(awsKit, args);
    const text = (name: string): string => files.find(({ path }) => path === name)?.text ?? '';
    template = text(templateNames.scheduled);
    stack = await deployStack(moto.url, 'sealcheck', template, { CodeBucket: 'code', RetentionDays: '30' });
    const { JobRoleArn = '' } = stack.outputs;
    await deployStack(moto.url, 'sealcheck-member', text(templateNames.member), { JobRoleArn });
    ofJob = await enter(JobRoleArn);
    const { iam, close } = await openMoto(moto.url, account, region);
    documents = await rewritePolicies(iam, stack.resources['JobRole']!.id);
    for (const role of [stack.resources['SchedulerRole']!.id, 'sealcheck-audit']) await rewritePolicies(iam, role);
    close();
  }, 180_000);

  it('is made whole, but for what moto cannot make', () => {
    const declared = [
      ...template
        .split('\nResources:\n')[1]!
        .split('\nOutputs:\n')[0]!
        .matchAll(/^ {2}(\w+):$/gm),
    ].map(([, id]) => id!);
    expect(declared.length).toBeGreaterThan(10);
    const made = Object.keys(stack.resources);
    // Made only for an address that is to be subscribed.
    const left = declared.filter((id) => !made.includes(id) && id !== 'Subscription');
    expect(left.sort()).toEqual(notInMoto);
    expect(Object.keys(stack.outputs).sort()).toEqual(['FailedRunsUrl', 'JobName', 'JobRoleArn', 'State', 'TopicArn']);
    expect(stack.outputs['State']).toBe(`s3://${stack.resources['StateBucket']!.id}/state`);
  });

  it('has a role that may do what `sealcheck permissions` says, keep its state, log, tell its topic, go to its accounts, and nothing else', async () => {
    const { stdout } = await runCli(['permissions', '--no-config']);
    const bucket = `arn:aws:s3:::${stack.resources['StateBucket']!.id}`;
    const queue = `arn:aws:sqs:${region}:${account}:${stack.resources['FailedRuns']!.id.split('/').at(-1)}`;
    const log = `arn:aws:logs:${region}:${account}:log-group:${stack.resources['Log']!.id}`;
    const allow = (Sid: string, Action: unknown, Resource: unknown) => ({ Sid, Effect: 'Allow', Action, Resource });
    expect(Object.fromEntries(Object.entries(documents).map(([name, { Statement }]) => [name, Statement]))).toEqual({
      'read-what-is-judged': (JSON.parse(stdout) as { Statement: unknown }).Statement,
      'go-to-the-other-accounts': [allow('Roles', 'sts:AssumeRole', [`arn:aws:iam::${account}:role/sealcheck-audit`])],
      'keep-the-state': [
        allow('Objects', ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], `${bucket}/state/*`),
        { ...allow('ListBelowPrefix', 's3:ListBucket', bucket), Condition: { StringLike: { 's3:prefix': 'state/*' } } },
      ],
      'log-and-report-failure': [
        allow('Log', ['logs:CreateLogStream', 'logs:PutLogEvents'], expect.stringMatching(new RegExp(`^${log}(:\\*)?$`))),
        allow('FailedRuns', 'sqs:SendMessage', queue),
      ],
      'tell-the-topic': [allow('Topic', 'sns:Publish', stack.outputs['TopicArn'])],
    });
  });

  it('has a function that scans, keeps its state and then notifies', async () => {
    const { functions, close } = await openMoto(moto.url, account, region);
    const FunctionName = stack.outputs['JobName']!;
    const configuration = await functions.send(new GetFunctionConfigurationCommand({ FunctionName })).finally(close);
    expect(configuration).toMatchObject({ Handler: 'index.handler', Timeout: 900, MemorySize: 2048, Role: stack.outputs['JobRoleArn'] });
    const variables = configuration.Environment?.Variables ?? {};
    expect(Object.keys(variables).sort()).toEqual(['SEALCHECK_ARGS', 'SEALCHECK_NOTIFY_ARGS']);
    expect(JSON.parse(variables['SEALCHECK_ARGS']!)).toEqual([
      ...['scan', '--aws', '--no-config', '--role-arn', `arn:aws:iam::${account}:role/sealcheck-audit`, '--external-id', externalId],
      ...['--with-caller', '--state-dir', stack.outputs['State'], '--retain', '30', '-f', 'text', '--max-findings', '20'],
    ]);
    expect(JSON.parse(variables['SEALCHECK_NOTIFY_ARGS']!)).toEqual([
      ...['notify', '--state-dir', stack.outputs['State'], '--sns-topic', stack.outputs['TopicArn'], '--heartbeat', '7'],
    ]);
  });

  it.each([
    {
      name: 'the scheduler, for the schedules of this stack alone',
      role: () => stack.resources['SchedulerRole']!.id,
      principal: { Service: 'scheduler.amazonaws.com' },
      condition: {
        'aws:SourceAccount': account,
        'aws:SourceArn': expect.stringMatching(`^arn:aws:scheduler:${region}:${account}:schedule-group/`) as string,
      },
    },
    {
      name: 'the job, in the other account, with the external id',
      role: () => 'sealcheck-audit',
      principal: { AWS: expect.stringMatching(`^arn:aws:iam::${account}:role/sealcheck-JobRole-`) as string },
      condition: { 'sts:ExternalId': externalId },
    },
  ])('has a role for $name', async ({ role, principal, condition }) => {
    const { iam, close } = await openMoto(moto.url, account, region);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: role() })).finally(close);
    const trust = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')) as { Statement: readonly unknown[] };
    const statement = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', Condition: { StringEquals: condition } };
    expect(trust.Statement).toEqual([statement]);
  });

  it('reads all that it judges by that role, and no secret, where IAM is asked', async () => {
    await moto.enforceIam();
    const file = join(temporaryFolder(), 'findings.json');
    const { accessKeyId, secretAccessKey, sessionToken } = ofJob;
    const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken };
    const { code, stderr } = await runCli(['scan', '--aws', '--no-config', '-f', `json=${file}`], { url: moto.url, env });
    expect([code, stderr]).toEqual([1, expect.any(String)]);
    const { scopes, findings } = JSON.parse(readFileSync(file, 'utf8')) as ScanResult;
    expect(scopes.map(({ status }) => status)).toEqual(['complete', 'complete']);
    const denied = [
      ...scopes.flatMap(({ gaps }) => gaps),
      ...findings.flatMap((finding) => (finding.status === 'unknown' ? finding.unknown : [])),
    ];
    // moto asks for monitoring:DescribeAlarms, which is no action of AWS.
    const actions = denied.filter(({ reason }) => reason === 'access-denied').map(({ action }) => action);
    expect(new Set(actions)).toEqual(new Set(['cloudwatch:DescribeAlarms']));
    expect(findings.length).toBeGreaterThan(20);

    const secrets = new SecretsManagerClient(settings(ofJob));
    const value = secrets.send(new GetSecretValueCommand({ SecretId: 'app/own-key' })).finally(() => secrets.destroy());
    await expect(value).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    const s3 = new S3Client({ ...settings(ofJob), forcePathStyle: true });
    const Bucket = stack.resources['StateBucket']!.id;
    await s3.send(new PutObjectCommand({ Bucket, Key: 'state/runs/1', Body: 'x' }));
    await s3.send(new GetObjectCommand({ Bucket, Key: 'state/runs/1' }));
    await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'elsewhere/1', Body: 'x' }))).rejects.toThrow(/not authorized|denied/i);
    await expect(s3.send(new GetObjectCommand({ Bucket: 'code', Key: 'sealcheck-lambda.zip' }))).rejects.toThrow(/not authorized|denied/i);
    s3.destroy();
  });
});
