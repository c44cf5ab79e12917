import { describe, expect, it } from 'vitest';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { runCli } from '../support/run-cli.ts';
import { serve } from '../support/serve-account.ts';
import { writeFiles } from '../support/write-files.ts';

const sandbox = { env: 'sandbox' };
const prod = { env: 'prod' };
const everyone = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'secretsmanager:*', Resource: '*' }] };
const key = (n: number): string => `${n}1111111-1111-4111-8111-111111111111`;

/** Two of each type that has tags, alike but for these. */
const account: AccountFixture = {
  id: '123456789012',
  regions: {
    'us-east-1': {
      secrets: [
        { name: 'a/sandbox', tags: sandbox, kmsKey: `arn:aws:kms:us-east-1:123456789012:key/${key(1)}` },
        { name: 'a/prod', tags: prod, kmsKey: `arn:aws:kms:us-east-1:123456789012:key/${key(2)}` },
      ],
      parameters: [
        { name: 'sandbox', value: '50', tags: sandbox },
        { name: 'prod', value: '50', tags: prod },
      ],
      functions: [
        { name: 'sandbox', environment: { DB_PASSWORD: 'FAKE-hunter2-EXAMPLE' }, tags: sandbox },
        { name: 'prod', environment: { DB_PASSWORD: 'FAKE-hunter2-EXAMPLE' }, tags: prod },
      ],
      taskDefinitions: [
        { family: 'sandbox', containers: [{ name: 'web', environment: { DB_PASSWORD: 'FAKE-hunter2-EXAMPLE' } }], tags: sandbox },
        { family: 'prod', containers: [{ name: 'web', environment: { DB_PASSWORD: 'FAKE-hunter2-EXAMPLE' } }], tags: prod },
      ],
      buildProjects: [
        { name: 'sandbox', variables: [{ name: 'DB_PASSWORD', value: 'FAKE-hunter2-EXAMPLE' }], tags: sandbox },
        { name: 'prod', variables: [{ name: 'DB_PASSWORD', value: 'FAKE-hunter2-EXAMPLE' }], tags: prod },
      ],
      databases: [
        { name: 'sandbox', tags: sandbox },
        { name: 'prod', tags: prod },
      ],
      warehouses: [
        { name: 'sandbox', tags: sandbox },
        { name: 'prod', tags: prod },
      ],
      keys: [
        { id: key(1), tags: sandbox },
        { id: key(2), tags: prod },
      ],
    },
  },
  iam: {
    roles: [
      { name: 'sandbox', inline: { all: everyone }, tags: sandbox },
      { name: 'prod', inline: { all: everyone }, tags: prod },
    ],
    users: [
      { name: 'sandbox', inline: { all: everyone }, tags: sandbox },
      { name: 'prod', inline: { all: everyone }, tags: prod },
    ],
    policies: [
      { name: 'sandbox', versions: [everyone], tags: sandbox },
      { name: 'prod', versions: [everyone], tags: prod },
    ],
  },
};

const config = (policy: string): string =>
  `apiVersion: sealcheck/v1\noverrides:\n  - match: { tags: { env: sandbox } }\n    policies: { ${policy}: { enabled: false } }\n`;

const actionsOf = (text: string): readonly string[] =>
  (JSON.parse(text) as { readonly Statement: readonly { readonly Action: readonly string[] }[] }).Statement.flatMap(({ Action }) => [
    ...Action,
  ]).sort();

const calledOf = (calls: Readonly<Record<string, number>>): readonly string[] =>
  Object.keys(calls)
    .filter((operation) => operation !== 'sts:GetCallerIdentity')
    .sort();

describe('an override by tag, of a policy that reads no tags, through the live scan', () => {
  it.each<[string, string, string | undefined, readonly [sandbox: string, prod: string]]>([
    ['a secret', 'secretsmanager-rotation-enabled', undefined, ['sandbox', 'prod']],
    ['a parameter', 'ssm-parameter-hierarchical-name', 'ssm:ListTagsForResource', ['sandbox', 'prod']],
    ['a function', 'lambda-no-plaintext-secret', 'lambda:ListTags', ['sandbox', 'prod']],
    ['a task definition', 'ecs-no-plaintext-secret', undefined, ['sandbox', 'prod']],
    ['a build project', 'codebuild-no-plaintext-secret', undefined, ['sandbox', 'prod']],
    ['a database', 'rds-managed-master-password', undefined, ['sandbox', 'prod']],
    ['a warehouse', 'redshift-managed-master-password', undefined, ['sandbox', 'prod']],
    ['a key', 'kms-key-rotates', 'kms:ListResourceTags', [key(1), key(2)]],
    ['roles, users and policies', 'iam-no-secretsmanager-wildcard', 'iam:ListPolicyTags', ['sandbox', 'prod']],
  ])('%s: permissions asks for what the scan calls, and the tags decide', async (_name, policy, added, [inSandbox, inProd]) => {
    const cwd = writeFiles({ 'sealcheck.config.yaml': config(policy) });
    const select = ['--policy', policy];
    const without = actionsOf((await runCli(['permissions', ...select, '--no-config'], { cwd })).stdout);
    const printed = await runCli(['permissions', ...select], { cwd });
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    expect(actionsOf(printed.stdout)).toEqual([...without, ...(added === undefined ? [] : [added])].sort());

    const { url, calls } = await serve([account]);
    const run = await runCli(['scan', '--aws', '-q', '-f', 'json', ...select], { url, cwd });
    expect(calledOf(calls())).toEqual(actionsOf(printed.stdout));
    const { findings } = JSON.parse(run.stdout) as ScanResult;
    const said = (name: string): readonly string[] => [
      ...new Set(
        findings
          .filter(({ resource }) => resource.name?.endsWith(name) === true)
          .map((finding) => `${finding.status}${finding.status === 'not_applicable' ? `: ${finding.reason}` : ''}`),
      ),
    ];
    expect(said(inSandbox)).toEqual(['not_applicable: switched off by sealcheck.config.yaml:4']);
    expect(said(inProd)).toEqual(['fail']);
  });

  it('tags that may not be read leave it unknown, with the action; nothing passes', async () => {
    const policy = 'lambda-no-plaintext-secret';
    const { url } = await serve([account], [{ operation: 'lambda:ListTags', kind: 'deny' }]);
    const cwd = writeFiles({ 'sealcheck.config.yaml': config(policy) });
    const run = await runCli(['scan', '--aws', '-q', '-f', 'json', '--policy', policy], { url, cwd });
    const { findings } = JSON.parse(run.stdout) as ScanResult;
    expect(findings.map(({ status }) => status)).toEqual(['unknown', 'unknown']);
    expect(run.stdout).toContain('whether the override at sealcheck.config.yaml:3 applies is not known');
    expect(run.stdout).toContain('"action": "lambda:ListTags"');
  });

  it('doctor tries the action too', async () => {
    const { url } = await serve([account], [{ operation: 'lambda:ListTags', kind: 'deny' }]);
    const cwd = writeFiles({ 'sealcheck.config.yaml': config('lambda-no-plaintext-secret') });
    const args = ['doctor', '--aws', '--policy', 'lambda-no-plaintext-secret'];
    expect((await runCli(args, { url, cwd })).stdout).toMatch(/✖ lambda:ListTags +denied: /);
    expect((await runCli([...args, '--no-config'], { url, cwd })).stdout).not.toContain('lambda:ListTags');
  });
});
