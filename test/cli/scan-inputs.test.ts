import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { sampleAccounts } from '../../src/endpoint/sample-account.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { savedAccount, savedAccountFile } from '../support/saved-account.ts';
import { serve } from '../support/serve-account.ts';

describe('saved accounts', () => {
  it('come from standard input too', async () => {
    const file = await savedAccountFile('sample');
    const [fromFile, fromStdin] = await Promise.all([
      runCli(['scan', file, '-f', 'json']),
      runCli(['scan', '-', '-f', 'json'], { stdin: readFileSync(file, 'utf8') }),
    ]);
    expect(fromStdin).toEqual(fromFile);
  });

  it.each([
    ['nothing', '', /standard input is empty/],
    ['YAML that is no template', 'Resources:\n  A: {}\n', /standard input is neither JSON nor a template\n.*terraform show -json/],
    ['JSON of another kind', '[1]', /is JSON, but no input that sealcheck knows/],
    [
      'a plan without resources',
      '{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{}}',
      /is a plan without resources\n.*terraform plan -out/,
    ],
    ['a plan of a format to come', '{"format_version":"2.0","resource_changes":[]}', /reads plans of format 1\.x, not 2\.0/],
    [
      'a state',
      '{"version":4,"terraform_version":"1.9.0","lineage":"x","resources":[]}',
      /is a Terraform state, not a plan\n.*terraform plan/,
    ],
    ['SARIF', '{"version":"2.1.0","runs":[]}', /is a SARIF log/],
    ['a result', '{"schemaVersion":1,"findings":[]}', /is a result of sealcheck, not an input\n.*--baseline/],
    ['another version of the format', '{"kind":"sealcheck-snapshot","schemaVersion":99}', /schemaVersion: .*not 99\n.*sealcheck collect/],
  ])('%s is refused with 2 and the reason', async (_name, stdin, message) => {
    const run = await runCli(['scan', '-'], { stdin });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
  });

  it('with something wrong inside are refused with its path', async () => {
    const saved = (await savedAccount('sample')).replace('"isReplica": false', '"isReplica": "no"');
    const run = await runCli(['scan', '-'], { stdin: saved });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/standard input: scopes\.\d+\.resources\.\d+\.attributes\.isReplica: /);
  });

  it('that are not there, folders, or given twice are refused', async () => {
    const [file, copy] = [await savedAccountFile('sample'), await savedAccountFile('sample')];
    const refused = [
      [['scan', 'no.json'], /there is no no\.json/],
      [['scan', join(file, 'x.json')], /there is no /],
      [['scan', join(file, '..')], /is a folder/],
      [['scan', file, copy], /two of the inputs hold the scope aws\/123456789012\/global/],
      [['scan'], /nothing to scan\n.*--aws/],
    ] as const;
    for (const [args, message] of refused) {
      const run = await runCli(args);
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toMatch(message);
    }
  });
});

describe('live accounts', () => {
  const accounts = sampleAccounts(Date.now());

  it('the default region, and how many others were not looked at', async () => {
    const { url } = await serve(accounts);
    const run = await runCli(['scan', '--aws', '-f', 'json'], { url });
    const result = JSON.parse(run.stdout) as ScanResult;
    expect(result.scopes.map(({ id }) => id)).toEqual(['aws/123456789012/global', 'aws/123456789012/us-east-1']);
    expect(result.run.notes).toEqual([
      'aws/123456789012: looked at us-east-1; 1 other enabled region was not looked at (--region all takes them in)',
    ]);
    const text = await runCli(['scan', '--aws'], { url });
    expect(text.stdout).toContain('1 other enabled region was not looked at');
    // Not a terminal: whole lines, no escape sequences.
    expect(text.stderr).toMatch(/^(read aws\/123456789012\/[\w-]+: complete \(\d of 2\)\n){2}$/);
  });

  it('all regions, and those that are named', async () => {
    const { url } = await serve(accounts);
    for (const region of ['all', 'us-east-1,eu-west-1']) {
      const run = await runCli(['scan', '--aws', '--region', region, '-f', 'json', '-q'], { url });
      const { scopes, run: facts } = JSON.parse(run.stdout) as ScanResult;
      expect(scopes.map((scope) => scope.region)).toEqual(['eu-west-1', 'global', 'us-east-1']);
      expect(facts.notes).toEqual([]);
      expect(run.stderr).toMatch(/^exit 1: .*\n$/);
    }
  });

  it.each([
    ['a region that is none', ['--region', 'mars-1'], /there is no AWS region "mars-1"|"mars-1" is not the name/],
    [
      'a region that the partition does not have',
      ['--region', 'us-east-9'],
      /there is no AWS region "us-east-9"\n {2}there are .*us-east-1/,
    ],
    ['an empty region', ['--region', 'us-east-1,'], /write regions as us-east-1,eu-west-1 or all/],
    ['an external id without a role', ['--external-id', 'x'], /--external-id goes with --role-arn/],
    ['--with-caller without a role', ['--with-caller'], /--with-caller goes with --role-arn/],
    ['what is no role', ['--role-arn', 'admin'], /admin is not the ARN of a role\n {2}write it as arn:aws:iam/],
    [
      'two roles of one account',
      ['--role-arn', 'arn:aws:iam::123456789012:role/a', '--role-arn', 'arn:aws:iam::123456789012:role/b'],
      /two roles of the account 123456789012/,
    ],
  ])('%s: 2', async (_name, args, message) => {
    const { url } = await serve(accounts);
    const run = await runCli(['scan', '--aws', ...args], { url });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
  });

  describe('a profile', () => {
    const withConfig = (
      url: string,
      text = '[default]\nregion = us-east-1\n\n[profile audit]\nregion = us-east-1\n',
    ): Record<string, string> => {
      const config = join(temporaryFolder(), 'config');
      writeFileSync(config, text);
      return { AWS_CONFIG_FILE: config, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: url };
    };

    it.each<[name: string, profile: string, message: RegExp]>([
      [
        'that does not exist',
        'no-such-profile',
        /^error: there is no profile no-such-profile in .*config or .*credentials\n {2}name another with --profile/,
      ],
      ['that is misspelt', 'adit', /^error: there is no profile adit in .*\n {2}did you mean audit\?\n$/],
      [
        'without credentials',
        'audit',
        /^error: cannot enter the account: .*gave no credentials.*\n {2}sign in again, or name another profile with --profile.*[^.]\n$/,
      ],
    ])('%s: 4, and what to do', async (_name, profile, message) => {
      const { url } = await serve(accounts);
      const run = await runCli(['scan', '--aws', '--profile', profile], { env: withConfig(url) });
      expect(run).toMatchObject({ code: 4, stdout: '' });
      expect(run.stderr).toMatch(message);
    });

    it.each(['[profile "own.one"]', '[profile own.one]'])('with a heading such as %s is found', async (heading) => {
      const { url } = await serve(accounts);
      const keys = 'aws_access_key_id = AKIAFAKE123456789012\naws_secret_access_key = FAKE-EXAMPLE-KEY\n';
      const run = await runCli(['scan', '--aws', '--profile', 'own.one'], { env: withConfig(url, `${heading}\n${keys}`) });
      expect(run).toMatchObject({ code: 1 });
    });
  });

  it.each<[name: string, paths: readonly string[], message: RegExp]>([
    [
      'a file that is not there',
      ['nowhere'],
      /there is no nowhere\n {2}name a plan, a template, a saved account, or the folder cdk\.out\n$/,
    ],
    ['a misspelt file', ['paln.json'], /there is no paln\.json\n {2}did you mean plan\.json\?\n$/],
    ['a file given twice', ['plan.json', 'plan.json'], /plan\.json is given twice\n {2}name it once\n$/],
    ['a file by two paths', ['plan.json', './plan.json'], /plan\.json and \.\/plan\.json are the same file\n/],
    ['standard input twice', ['-', '-'], /standard input is given twice\n/],
  ])('%s: 2, and what to do', async (_name, paths, message) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'plan.json'), '{}');
    const run = await runCli(['scan', ...paths], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
  });
});
