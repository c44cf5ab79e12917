import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleAccounts, samplePartnerRole } from '../../src/endpoint/sample-account.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { runCli, type CliRun } from '../support/run-cli.ts';
import { serve } from '../support/serve-account.ts';
import { writeFiles } from '../support/write-files.ts';

const head = 'apiVersion: sealcheck/v1\n';
const enabled = 'secretsmanager-rotation-enabled';
const interval = 'secretsmanager-rotation-interval';
const tagged = 'secretsmanager-required-tags';
const trusting = 'secretsmanager-cross-account-access-trusted';
const readers = 'iam-secret-readers-trust-conditions';
const named = 'ssm-parameter-hierarchical-name';

/** A secret and a parameter; what differs between two such templates is the stage. */
const template = (stage: string): string => `Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: { Name: ${stage}/db, GenerateSecretString: {}, Tags: [{ Key: env, Value: ${stage} }] }
  Rotation:
    Type: AWS::SecretsManager::RotationSchedule
    Properties: { SecretId: !Ref Secret, RotationLambdaARN: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate', RotationRules: { AutomaticallyAfterDays: 60 } }
  Policy:
    Type: AWS::SecretsManager::ResourcePolicy
    Properties:
      SecretId: !Ref Secret
      ResourcePolicy:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: '*', Principal: { AWS: 'arn:aws:iam::999988887777:root' } }
          - { Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: '*', Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': o-a1b2c3d4e5 } } }
  Parameter:
    Type: AWS::SSM::Parameter
    Properties: { Name: /${stage}/size, Type: String, Value: '50' }
`;

async function scan(text: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<CliRun> {
  const cwd = writeFiles({
    'sealcheck.config.yaml': `${head}sources: { paths: [sandbox/t.yaml, prod/t.yaml] }\n${text}`,
    'sandbox/t.yaml': template('sandbox'),
    'prod/t.yaml': template('prod'),
  });
  return await runCli(['scan', '--detail', 'all', '-f', 'json', '--account', '111122223333', '--region', 'eu-west-1', ...args], {
    cwd,
    env,
  });
}

/** What is said of the secret or parameter of each stage: `fail`, or `not_applicable: why`. */
function verdicts({ stdout }: CliRun, policy: string): { readonly [stage: string]: string } {
  const { findings } = JSON.parse(stdout) as ScanResult;
  const say = (stage: string): string => {
    const found = findings.filter(({ policyId, resource }) => policyId === policy && resource.name?.includes(stage) === true);
    return [...new Set(found.map((one) => (one.status === 'not_applicable' ? `${one.status}: ${one.reason}` : one.status)))].sort().join();
  };
  return { sandbox: say('sandbox'), prod: say('prod') };
}

const both = (said: string): { readonly [stage: string]: string } => ({ sandbox: said, prod: said });
const off = (line: number): string => `not_applicable: switched off by sealcheck.config.yaml:${line}`;

describe('what a file says once, through the built scan', () => {
  it.each<[string, string, string, { readonly [stage: string]: string }]>([
    ['nothing', '', interval, both('pass')],
    ['a policy off', `policies: { ${interval}: { enabled: false } }`, interval, both('')],
    ['a param', `policies: { ${interval}: { params: { maxDays: 30 } } }`, interval, both('fail')],
    ['no trusted account', '', trusting, both('fail')],
    ['a trusted account, without the organization', "trusted: { accounts: ['999988887777'] }", trusting, both('fail,pass')],
    ['both', "trusted: { accounts: ['999988887777'], organizations: [o-a1b2c3d4e5] }", trusting, both('pass')],
    ['no required tags', '', tagged, both('not_applicable: not configured: set the param requiredTags')],
    ['required tags that are there', 'requiredTags: [env]', tagged, both('pass')],
    ['required tags that are not', 'requiredTags: [env, owner]', tagged, both('fail')],
    ['a naming pattern of secrets', "naming: { secrets: '^prod/' }", 'secretsmanager-name-pattern', { sandbox: 'fail', prod: 'pass' }],
    ['a naming pattern of parameters', "naming: { parameters: '^/prod/' }", named, { sandbox: 'fail', prod: 'pass' }],
    [
      'and that does not say what is temporary',
      "naming: { parameters: '^/prod/' }",
      'ssm-parameter-expires',
      both('not_applicable: condition not met: resource.name.matches(params.temporaryNamePattern)'),
    ],
  ])('%s: %s %s', async (_name, text, policy, expected) => {
    expect(verdicts(await scan(text), policy)).toEqual(expected);
  });

  it.each<[string, string, string, { readonly [stage: string]: string }]>([
    ['a path', "match: { paths: ['sandbox/**'] }", `${interval}: { enabled: false }`, { sandbox: off(6), prod: 'pass' }],
    ['a path, params', "match: { paths: ['*/t.yaml'] }", `${interval}: { params: { maxDays: 7 } }`, both('fail')],
    ['another path', "match: { paths: ['t.yaml'] }", `${interval}: { enabled: false }`, both('pass')],
    ['the account by its name', 'match: { accounts: [here] }', `${interval}: { enabled: false }`, both(off(6))],
    ['another account', "match: { accounts: ['444455556666'] }", `${interval}: { enabled: false }`, both('pass')],
    ['the region', "match: { regions: ['eu-*'] }", `${interval}: { params: { maxDays: 7 } }`, both('fail')],
    ['another region', 'match: { regions: [us-east-1] }', `${interval}: { enabled: false }`, both('pass')],
    ['a tag', 'match: { tags: { env: sand* } }', `${interval}: { params: { maxDays: 7 } }`, { sandbox: 'fail', prod: 'pass' }],
    [
      'a tag and a path that do not meet',
      "match: { tags: { env: sandbox }, paths: ['prod'] }",
      `${interval}: { enabled: false }`,
      both('pass'),
    ],
  ])('an override by %s', async (_name, match, policy, expected) => {
    const text = `accounts: [{ id: '111122223333', name: here }]\noverrides:\n  - ${match}\n    policies: { ${policy} }\n`;
    expect(verdicts(await scan(text), interval)).toEqual(expected);
  });

  it('a severity is that of the whole run: finding, policy, threshold and SARIF rule', async () => {
    const text = `policies: { ${interval}: { severity: info, params: { maxDays: 30 } } }`;
    const run = await scan(text, ['--policy', interval]);
    const { findings, policies, run: outcome } = JSON.parse(run.stdout) as ScanResult;
    expect([findings.map(({ severity }) => severity), policies[0]?.severity]).toEqual([['info', 'info'], 'info']);
    expect([run.code, outcome.exitCode]).toEqual([0, 0]);
    expect((await scan(text, ['--policy', interval, '--fail-on', 'info'])).code).toBe(1);
  });

  it.each<[string, string, readonly string[], Record<string, string>, number]>([
    ['of the file', 'failOn: high\n', [], {}, 0],
    ['of the environment before the file', 'failOn: high\n', [], { SEALCHECK_FAIL_ON: 'medium' }, 1],
    ['of a flag before both', 'failOn: low\n', ['--fail-on', 'critical'], { SEALCHECK_FAIL_ON: 'medium' }, 0],
  ])('the threshold %s', async (_name, text, args, env, code) => {
    const run = await scan(`${text}policies: { ${interval}: { params: { maxDays: 30 } } }`, ['--policy', interval, ...args], env);
    expect(run.code).toBe(code);
  });

  it('outputs are written where the file says, and --format takes their place', async () => {
    const files = {
      'conf/sealcheck.config.yaml': `${head}sources: { paths: [t.yaml] }\noutputs: { json: out/findings.json, sarif: out/s.sarif, text: '-' }\n`,
      'conf/t.yaml': template('prod'),
      'conf/sub/x': '',
    };
    const folder = writeFiles(files);
    const run = await runCli(['scan', '--policy', enabled], { cwd: join(folder, 'conf/sub') });
    expect(run.stdout).toContain('exit 0: ');
    expect((JSON.parse(readFileSync(join(folder, 'conf/out/findings.json'), 'utf8')) as ScanResult).policies).toHaveLength(1);
    expect(readFileSync(join(folder, 'conf/out/s.sarif'), 'utf8')).toContain('"2.1.0"');
    const other = writeFiles(files);
    const flagged = await runCli(['scan', '--policy', enabled, '-f', 'json'], { cwd: join(other, 'conf/sub') });
    expect((JSON.parse(flagged.stdout) as ScanResult).policies).toHaveLength(1);
    expect(existsSync(join(other, 'conf/out'))).toBe(false);
  });

  it('accounts with roles and external ids, regions and the live source', async () => {
    const { url } = await serve(sampleAccounts(Date.now()));
    const partner = samplePartnerRole.arn.split(':')[4] ?? '';
    const text = (externalId: string): string =>
      `${head}sources: { aws: true }\nregions: [eu-west-1]\naccounts: [{ id: '${partner}', name: partner, role: '${samplePartnerRole.arn}', externalId: ${externalId} }]\n`;
    const cwd = writeFiles({ 'sealcheck.config.yaml': text(samplePartnerRole.externalId), 'closed.yaml': text('EXAMPLE-OTHER') });
    const args = ['scan', '-q', '-f', 'json', '--policy', readers, '--policy', enabled];
    const { scopes } = JSON.parse((await runCli(args, { url, cwd })).stdout) as ScanResult;
    expect(scopes.map(({ account, region }) => `${account}/${region}`).sort()).toEqual([`${partner}/eu-west-1`, `${partner}/global`]);
    expect((await runCli([...args, '--config', 'closed.yaml'], { url, cwd })).code).not.toBe(0);
  });
});
