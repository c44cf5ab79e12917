import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import type { Fault, MalformedBody } from '../../src/endpoint/fault.ts';
import { reporters } from '../../src/reporters/index.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { serve } from '../support/serve-account.ts';

/** In every planted value, over and over, so that a piece of one is found too. */
const mark = 'CNRY';
let planted = 0;

/** A value of its own that stands nowhere else. */
function canary(): string {
  planted += 1;
  return `${mark}${planted}x${mark}y${planted}${mark}`;
}

const key = '22222222-2222-4222-8222-222222222222';
const keyArn = `arn:aws:kms:us-east-1:123456789012:key/${key}`;
const pem = ['-----BEGIN RSA', `PRIVATE KEY-----\n${mark.repeat(40)}\n-----END RSA`, 'PRIVATE KEY-----'].join(' ');
const parameterValues = [
  canary(),
  `postgres://app:${canary()}@db.internal:5432/app`,
  `ghp_${mark.repeat(9)}`,
  `AKIA${mark.repeat(4)}`,
  `{"password":"${canary()}"}`,
  pem,
  `password=${canary()}`,
  `\u001b[31m${canary()}\n::error::${canary()}`,
];

/** Values where AWS has room for them; marks that may be shown in names and tags. */
const account: AccountFixture = {
  id: '123456789012',
  regions: {
    'us-east-1': {
      parameters: [
        ...parameterValues.map((value, index) => ({
          name: `/SHOWNNAME/value-${index}`,
          value,
          description: canary(),
          allowedPattern: canary(),
        })),
        ...parameterValues.map((value, index) => ({ name: `/shop/password-${index}`, value, type: 'StringList' as const })),
        { name: '/shop/secure/token', type: 'SecureString', value: canary(), description: canary(), tags: { SHOWNKEY: 'SHOWNTAG' } },
      ],
      secrets: [
        { name: 'shop/SHOWNSECRET', description: canary(), tags: { SHOWNKEY: 'SHOWNTAG' }, kmsKey: keyArn },
        {
          name: 'shop/replicated',
          description: canary(),
          primaryRegion: 'us-east-1',
          replicas: [{ region: 'eu-west-1', status: 'Failed', statusMessage: canary() }],
        },
      ],
      functions: [
        ...parameterValues.map((value, index) => ({ name: `SHOWNFUNCTION-${index}`, environment: { [`SHOWNVARIABLE_${index}`]: value } })),
        { name: 'named', environment: { DB_PASSWORD: canary(), STAGE: canary() }, tags: { SHOWNKEY: 'SHOWNTAG' } },
        { name: 'not-decrypted', environmentError: 'AccessDeniedException' },
      ],
      taskDefinitions: [
        {
          family: 'SHOWNFAMILY',
          containers: parameterValues.map((value, index) => ({ name: `c${index}`, environment: { [`SHOWNVARIABLE_${index}`]: value } })),
        },
      ],
      buildProjects: [
        { name: 'SHOWNPROJECT', variables: parameterValues.map((value, index) => ({ name: `SHOWNVARIABLE_${index}`, value })) },
      ],
      instances: parameterValues.map((value, index) => ({ id: `i-0${index}`, userData: `#!/bin/bash\nexport PASSWORD=${value}\n` })),
      launchTemplates: parameterValues.map((value, index) => ({
        id: `lt-0${index}`,
        name: `SHOWNTEMPLATE-${index}`,
        versions: [value, `#!/bin/bash\necho ${value}\n`],
      })),
      keys: [{ id: key, aliases: ['shop'], description: canary() }],
    },
    'eu-west-1': {},
  },
  iam: { roles: [{ name: 'reader', tags: { SHOWNKEY: 'SHOWNTAG' } }] },
};

/** The environment of a CI job holds secrets too, among them our own credentials. */
const env = {
  AWS_SECRET_ACCESS_KEY: `FAKE${canary()}`,
  AWS_SESSION_TOKEN: `FAKE${canary()}`,
  DATABASE_PASSWORD: canary(),
  NODE_ENV: 'production',
};

/** The lines that hold a planted value: what must be none. */
function leaks(said: string): readonly string[] {
  return said.split('\n').filter((line) => line.includes(mark));
}

/** Runs a command and returns everything that it said or wrote. */
async function everythingSaid(args: readonly string[], faults: readonly Fault[] = []): Promise<string> {
  const { url } = await serve([account], faults);
  const cwd = temporaryFolder();
  const run = await runCli(args, { url, env, cwd });
  expect(run.code).not.toBe(70);
  const files = readdirSync(cwd, { recursive: true, encoding: 'utf8' });
  return [run.stdout, run.stderr, ...files.map((name) => `${name}\n${readFileSync(join(cwd, name), 'utf8')}`)].join('\n');
}

const files = reporters.flatMap(({ name }) => ['-f', `${name}=a.${name}`]);
const commands: readonly (readonly string[])[] = [
  ['scan', '--aws', '--inspect-values', ...files],
  ['scan', '--aws', ...files],
  ['scan', '--aws', '--inspect-values', '--all-keys', '--region', 'all', '-q', '-f', 'json'],
  ['scan', '--aws', '--inspect-values', '--detail', 'failing', '--sarif-unknown', 'none', '-f', 'sarif'],
  ['scan', '--aws', '--inspect-values', '--as-of', '2026-01-01'],
  ['collect', '--aws', '--inspect-values', '-o', 'account.json'],
  ['collect', '--aws', '-q', '-o', 'account.json'],
  ['doctor', '--aws', '--inspect-values'],
];

describe('no planted value is said or written', () => {
  it.each(commands.map((args) => [args.join(' '), args] as const))('by sealcheck %s', async (_name, args) => {
    const said = await everythingSaid(args);
    expect(leaks(said)).toEqual([]);
    // The search does find what may be shown.
    if (args[0] === 'doctor') return;
    if (!args.includes('failing')) expect(said).toContain('SHOWNSECRET');
    expect(said).toContain('SHOWNNAME');
    for (const name of ['SHOWNFUNCTION', 'SHOWNFAMILY', 'SHOWNPROJECT', 'SHOWNTEMPLATE']) expect(said).toContain(name);
    if (said.includes('"schemaVersion"')) expect(said).toContain('SHOWNTAG');
  });

  it('by judging what was saved', async () => {
    const { url } = await serve([account]);
    const cwd = temporaryFolder();
    await runCli(['collect', '--aws', '--inspect-values', '-o', 'account.json'], { url, env, cwd });
    const run = await runCli(['scan', 'account.json', '-f', 'json'], { cwd, env });
    expect(run.stdout).toContain('SHOWNSECRET');
    expect(leaks(run.stdout + run.stderr)).toEqual([]);
  });

  it('although the values were read, and told what they look like', async () => {
    const said = await everythingSaid(['scan', '--aws', '--inspect-values', '--policy', 'ssm-parameter-secret-is-secure-string']);
    expect(said).toMatch(/its value looks like a credential/);
    const notRead = await everythingSaid(['scan', '--aws', '--policy', 'ssm-parameter-secret-is-secure-string']);
    expect(notRead).not.toMatch(/its value looks like a credential/);
  });
});

describe('no planted value is said when answers are garbage', () => {
  const operations = [
    'ssm:GetParameters',
    'ssm:DescribeParameters',
    'secretsmanager:ListSecrets',
    'kms:DescribeKey',
    'lambda:ListFunctions',
    'ecs:DescribeTaskDefinition',
    'codebuild:BatchGetProjects',
    'ec2:DescribeInstanceAttribute',
    'ec2:DescribeLaunchTemplateVersions',
    'sts:GetCallerIdentity',
  ];
  const bodies: readonly MalformedBody[] = ['truncated', 'wrong-types'];
  it.each(operations.flatMap((operation) => bodies.map((body) => [operation, body] as const)))('%s %s', async (operation, body) => {
    const faults: readonly Fault[] = [{ operation, kind: 'malformed', body }];
    expect(leaks(await everythingSaid(['scan', '--aws', '--inspect-values', ...files], faults))).toEqual([]);
    expect(leaks(await everythingSaid(['collect', '--aws', '--inspect-values', '-o', 'account.json'], faults))).toEqual([]);
    expect(leaks(await everythingSaid(['doctor', '--aws', '--inspect-values'], faults))).toEqual([]);
  });

  it('a file that is no account is not quoted', async () => {
    for (const stdin of [`{"password": "${canary()}`, canary(), `{"kind":"sealcheck-snapshot","schemaVersion":"${canary()}"}`]) {
      const run = await runCli(['scan', '-'], { stdin });
      expect(run.code).toBe(2);
      expect(leaks(run.stdout + run.stderr)).toEqual([]);
    }
  });
});
