import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { sampleAccounts, samplePartnerRole } from '../../src/endpoint/sample-account.ts';
import { runCli, type CliRun } from '../support/run-cli.ts';
import { serve } from '../support/serve-account.ts';
import { writeFiles } from '../support/write-files.ts';

const head = 'apiVersion: sealcheck/v1\n';
const interval = 'secretsmanager-rotation-interval';
const name = 'sealcheck.config.yaml';

/** Commands that read the configuration, each as a call that needs nothing else to be right. */
const commands: readonly (readonly [string, readonly string[]])[] = [
  ['policies', ['policies']],
  ['policies list', ['policies', 'list', '--json']],
  ['policies show', ['policies', 'show', interval]],
  ['explain', ['explain', interval]],
  ['permissions', ['permissions']],
  ['permissions --print-config', ['permissions', '--print-config']],
  ['doctor', ['doctor', '--print-config']],
  ['collect', ['collect', '-o', 'account.json', '--print-config']],
  ['test', ['test']],
];

describe.each(commands)('%s reads the configuration as scan does', (_name, args) => {
  const broken = `${head}polices: {}\n`;
  const place = /^sealcheck\.config\.yaml:2:1: error: there is no polices here\n +2 │ polices: \{\}\n +│ \^\n +did you mean policies\?\n$/;

  it('a mistake in it is 2, with place and hint; --no-config leaves it out', async () => {
    const cwd = writeFiles({ [name]: broken, 'sub/x': '' });
    const run = await runCli(args, { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(place);
    expect(await runCli(args, { cwd: join(cwd, 'sub') })).toMatchObject({ code: 2, stdout: '' });
    expect(await runCli([...args, '--no-config'], { cwd, env: { SEALCHECK_CONFIG: 'nothing.yaml' } })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('--config and SEALCHECK_CONFIG name another, the flag first', async () => {
    const cwd = writeFiles({ 'broken.yaml': broken, 'good.yaml': head, [name]: broken });
    const env = { SEALCHECK_CONFIG: 'broken.yaml' };
    expect((await runCli([...args, '--config', 'broken.yaml'], { cwd })).stderr).toMatch(/^broken\.yaml:2:1: error: /);
    expect((await runCli(args, { cwd, env })).stderr).toMatch(/^broken\.yaml:2:1: error: /);
    expect(await runCli([...args, '--config', 'good.yaml'], { cwd, env })).toMatchObject({ code: 0, stderr: '' });
    const missing = await runCli([...args, '--config', 'nothing.yaml'], { cwd });
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toMatch(/^error: there is no configuration nothing\.yaml\n {2}name the file with --config/);
  });

  it('its help names the flags, and shows examples', async () => {
    // policies alone is policies list.
    const words = args.length === 1 && args[0] === 'policies' ? ['policies', 'list'] : args.filter((word) => /^[a-z]+$/.test(word));
    const { stdout } = await runCli([...words, '--help']);
    expect(stdout).toMatch(/--config <file> +configuration to use in place of sealcheck/);
    expect(stdout).toMatch(/--no-config/);
    expect(stdout).toMatch(/^Examples?:\n {2}\$ sealcheck /m);
  });
});

describe('policies and explain say what is configured, and where', () => {
  const own = `${head}id: own-short
title: Short
severity: low
description: Own.
resource: AWS::SecretsManager::Secret
assert:
  - { that: resource.name.size() < 9, message: long }
remediation: { text: Shorten. }
tests:
  - { name: short, resource: { name: a }, expect: pass }
  - { name: long, resource: { name: abcdefghij }, expect: fail }
  - { name: unknown, resource: { name: { $unknown: known-after-apply } }, expect: unknown }
`;
  const file = `${head}policyPaths: [own]
policies:
  ${interval}:
    severity: critical
    params: { maxDays: 30 }
  kms-key-rotates: { enabled: false }
tags:
  cost: { enabled: false }
trusted: { accounts: ['999988887777'] }
overrides:
  - match: { accounts: ['111122223333'], paths: ['a/**'] }
    policies:
      ${interval}: { params: { maxDays: 365 } }
      kms-key-enabled-while-in-use: { enabled: false }
  - match: { regions: ['eu-*'] }
    policies: { kms-key-rotates: { enabled: true } }
`;
  const run = async (...args: readonly string[]): Promise<CliRun> =>
    await runCli(args, { cwd: join(writeFiles({ [`conf/${name}`]: file, 'conf/own/own.yaml': own, 'conf/sub/x': '' }), 'conf/sub') });
  const at = (line: number): string => `../sealcheck.config.yaml:${line}`;

  it('policies list: below each policy what is set, with the place and the default; then what is off', async () => {
    const { code, stdout, stderr } = await run('policies');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const below = (id: string): readonly string[] => {
      const lines = stdout.split('\n');
      const from = lines.findIndex((line) => line.split(/ +/)[1] === id) + 1;
      return lines.slice(from, from + lines.slice(from).findIndex((line) => !line.startsWith('          '))).map((line) => line.trim());
    };
    expect(below(interval)).toEqual([
      `severity: critical  # ${at(5)}, default medium`,
      `maxDays: 30  # ${at(6)}, default 90`,
      `where { accounts: ["111122223333"], paths: ["a/**"] }: { params: { maxDays: 365 } }  # ${at(12)}`,
    ]);
    expect(below('kms-key-rotates')).toEqual([
      `enabled: false, but for the overrides below  # ${at(7)}`,
      `where { regions: ["eu-*"] }: { enabled: true }  # ${at(16)}`,
    ]);
    expect(below('secretsmanager-cross-account-access-trusted')).toEqual([`trustedAccounts: ["999988887777"]  # ${at(10)}, default []`]);
    expect(below('secretsmanager-key-usable')).toEqual([]);
    expect(stdout).toMatch(/^low {7}own-short +Short$/m);
    const [, off = ''] = stdout.split('\nSwitched off\n');
    expect(
      off
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/ +# /)),
    ).toEqual([
      ['secretsmanager-unused', at(9)],
      ['ssm-parameter-secure-string-only-for-secrets', at(9)],
      ['ssm-parameter-tier-needed', at(9)],
    ]);
  });

  it('as JSON: values and origins; a flag goes before the file', async () => {
    const { stdout } = await run('policies', 'list', '--json', '--policy', interval, '--param', `${interval}.maxDays=7`);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        ...{ id: interval, severity: 'critical', params: { maxDays: 7 } },
        origins: { severity: at(5), params: { maxDays: '--param' } },
        overrides: [{ match: { accounts: ['111122223333'], paths: ['a/**'] }, at: at(12) }],
      },
    ]);
    const [unset] = JSON.parse((await run('policies', '--json', '--policy', 'secretsmanager-unused')).stdout) as readonly object[];
    expect(unset).toMatchObject({ origins: { severity: 'default', params: { maxDays: 'default', monthlyCents: 'default' } } });
  });

  it.each<[string, readonly string[], readonly RegExp[]]>([
    [
      'what the file sets',
      [interval],
      [
        new RegExp(`^${interval} {2}\\(critical\\)\n`),
        /^severity: {3}critical \(\.\.\/sealcheck\.config\.yaml:5, default medium\)$/m,
        /- maxDays \(int, 1 to 1000\) = 30 \(\.\.\/sealcheck\.config\.yaml:6, default 90\): /,
        /\nOverrides\n {2}- where \{ accounts: \["111122223333"\], paths: \["a\/\*\*"\] \}: \{ params: \{ maxDays: 365 \} \} {2}# \.\.\/sealcheck\.config\.yaml:12\n/,
      ],
    ],
    ['what a flag sets', [interval, '--param', `${interval}.maxDays=7`], [/ = 7 \(--param, default 90\): /]],
    ['what is off by a tag', ['secretsmanager-unused'], [/^enabled: {4}false {2}# \.\.\/sealcheck\.config\.yaml:9$/m, / = 90: /]],
    [
      'what is off but for some',
      ['kms-key-rotates'],
      [/^enabled: {4}false, but for the overrides below {2}# .*:7$/m, /: \{ enabled: true \} {2}# .*:16\n/],
    ],
    ['what is off for some', ['kms-key-enabled-while-in-use'], [/: \{ enabled: false \} {2}# .*:12\n/]],
    ['a policy of the file’s own', ['own-short'], [/^own-short {2}\(low\)\n/, /^file: {7}.*own\.yaml$/m]],
  ])('explain and policies show: %s', async (_name, args, expected) => {
    const explained = await run('explain', ...args);
    expect(explained).toMatchObject({ code: 0, stderr: '' });
    for (const part of expected) expect(explained.stdout).toMatch(part);
    expect(await run('policies', 'show', ...args)).toEqual(explained);
  });

  it('says nothing of configuration where there is none, or of what it leaves alone', async () => {
    const [without, alone] = [await runCli(['explain', 'secretsmanager-key-usable']), await run('explain', 'secretsmanager-key-usable')];
    expect(alone).toEqual(without);
    expect(without.stdout).not.toMatch(/enabled:|severity:|Overrides/);
  });

  it('where everything is off, explain still explains', async () => {
    const cwd = writeFiles({
      [name]: `${head}builtin: false\npolicyPaths: [own.yaml]\npolicies: { own-short: { enabled: false } }\n`,
      'own.yaml': own,
    });
    const explained = await runCli(['explain', 'own-short'], { cwd });
    expect(explained).toMatchObject({ code: 0, stderr: '' });
    expect(explained.stdout).toMatch(/^enabled: {4}false {2}# sealcheck\.config\.yaml:4$/m);
    expect(await runCli(['policies'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no policy is selected') as unknown,
    });
  });

  it('test runs the tests of its policies beside those of the pack, or alone', async () => {
    const files = { 'own.yaml': own, [name]: `${head}policyPaths: [own.yaml]\n` };
    const both = await runCli(['test', '--verbose'], { cwd: writeFiles(files) });
    expect(both.code).toBe(0);
    expect(both.stdout).toMatch(/^ok {4}own-short: short$/m);
    expect(both.stdout).toMatch(/^ok {4}kms-key-rotates: /m);
    const alone = await runCli(['test'], { cwd: writeFiles({ ...files, [name]: `${files[name]}builtin: false\n` }) });
    expect(alone.stdout).toMatch(/^1 policies: \d+ passed, 0 failed\n$/);
    expect((await runCli(['test', 'own.yaml'], { cwd: writeFiles({ ...files, [name]: 'broken: [' }) })).code).toBe(0);
  });

  it.each(commands.filter(([, args]) => args[0] !== 'collect'))(
    '%s: a file that leaves no policy is a mistake, at its place',
    async (_name, args) => {
      const run = await runCli(args, { cwd: writeFiles({ [name]: `${head}builtin: false\n` }) });
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toMatch(
        /^sealcheck\.config\.yaml:2:10: error: builtin: false leaves no policy\n[\s\S]*name your own in policyPaths\n$/,
      );
    },
  );
});

describe('permissions, doctor and collect do what the file says', () => {
  const actionsOf = (text: string): readonly string[] =>
    (JSON.parse(text) as { readonly Statement: readonly { readonly Action: readonly string[] }[] }).Statement.flatMap(
      ({ Action }) => Action,
    ).sort();

  it('permissions are those of the policies that are on', async () => {
    const on = `${head}builtin: true\ntags: { rotation: { enabled: true } }\npolicies: { secretsmanager-no-public-access: { enabled: false }, secretsmanager-cross-account-access-trusted: { enabled: false }, secretsmanager-shared-secret-uses-customer-key: { enabled: false } }\n`;
    const cwd = writeFiles({ [name]: on });
    expect(actionsOf((await runCli(['permissions', '--no-config'], { cwd })).stdout)).toContain('secretsmanager:GetResourcePolicy');
    expect(actionsOf((await runCli(['permissions'], { cwd })).stdout)).not.toContain('secretsmanager:GetResourcePolicy');
    const named = await runCli(['permissions', '--policy', 'secretsmanager-no-public-access'], { cwd });
    expect(actionsOf(named.stdout)).toContain('secretsmanager:GetResourcePolicy');
  });

  const [first] = sampleAccounts(Date.now());
  const live = `${head}sources: { aws: true, paths: [plan.json] }
accounts:
  - { id: '${samplePartnerRole.arn.split(':')[4] ?? ''}', name: partner, role: '${samplePartnerRole.arn}', externalId: ${samplePartnerRole.externalId} }
  - { id: '${first?.id ?? ''}', name: own }
withCaller: true
regions: [us-east-1, eu-west-1]
policies: { kms-key-rotates: { enabled: false } }
`;
  const scopesOf = (folder: string): string[] =>
    (
      JSON.parse(readFileSync(join(folder, 'account.json'), 'utf8')) as {
        readonly scopes: readonly { readonly scope: { readonly account: string; readonly region: string } }[];
      }
    ).scopes.map(({ scope }) => `${scope.account}/${scope.region}`);
  const partner = samplePartnerRole.arn.split(':')[4] ?? '';

  it('collect reads its accounts by their roles and external ids, in its regions', async () => {
    const { url } = await serve(sampleAccounts(Date.now()));
    const cwd = writeFiles({ [name]: live });
    const run = await runCli(['collect', '-q', '-o', 'account.json'], { url, cwd });
    expect(run.stderr).toMatch(/^saved \d+ resources of 6 scopes to account\.json\n$/);
    expect(scopesOf(cwd).sort()).toEqual(
      [first?.id ?? '', partner].flatMap((id) => ['eu-west-1', 'global', 'us-east-1'].map((region) => `${id}/${region}`)).sort(),
    );
  });

  it.each<[string, readonly string[], Record<string, string>, readonly string[]]>([
    ['the environment goes before the file', [], { SEALCHECK_REGIONS: 'eu-west-1' }, ['eu-west-1', 'global']],
    ['a flag goes before both', ['--region', 'us-east-1'], { SEALCHECK_REGIONS: 'eu-west-1' }, ['global', 'us-east-1']],
  ])('collect: %s', async (_name, args, env, regions) => {
    const { url } = await serve(sampleAccounts(Date.now()));
    const cwd = writeFiles({ [name]: live });
    await runCli(['collect', '-q', '-o', 'account.json', ...args], { url, cwd, env });
    expect([...new Set(scopesOf(cwd).map((scope) => scope.split('/')[1]))].sort()).toEqual(regions);
  });

  it('collect without accounts of the file: --no-config', async () => {
    const { url } = await serve(sampleAccounts(Date.now()));
    const cwd = writeFiles({ [name]: live });
    await runCli(['collect', '-q', '-o', 'account.json', '--aws', '--no-config'], { url, cwd });
    expect(scopesOf(cwd).sort()).toEqual([`${first?.id ?? ''}/global`, `${first?.id ?? ''}/us-east-1`]);
  });

  it('an external id that is another one lets nobody in, and a flag goes before the file', async () => {
    const { url } = await serve(sampleAccounts(Date.now()));
    const cwd = writeFiles({ [name]: live.replace(samplePartnerRole.externalId, 'EXAMPLE-OTHER').replace('withCaller: true\n', '') });
    const closed = await runCli(['collect', '-q', '-o', 'account.json'], { url, cwd });
    expect(closed.code).not.toBe(0);
    const open = await runCli(['collect', '-q', '-o', 'account.json', '--external-id', samplePartnerRole.externalId], { url, cwd });
    expect(open).toMatchObject({ code: 0, stdout: '' });
  });

  it('doctor tries its accounts, regions and policies', async () => {
    const { url, calls } = await serve(sampleAccounts(Date.now()));
    const run = await runCli(['doctor'], { url, cwd: writeFiles({ [name]: live }) });
    expect(run.stderr).toBe('');
    expect(
      run.stdout
        .match(/^account +\d{12}$/gm)
        ?.map((line) => line.split(/ +/)[1])
        .sort(),
    ).toEqual([first?.id ?? '', partner].sort());
    expect(run.stdout.match(/^regions read +eu-west-1, us-east-1$|^regions read +us-east-1, eu-west-1$/gm)).toHaveLength(2);
    expect(calls()['sts:AssumeRole']).toBeGreaterThan(0);
  });

  it.each([['doctor'], ['collect', '-o', 'a.json']])('%s: a file without a live account leaves nothing to do', async (...args) => {
    const run = await runCli(args, { cwd: writeFiles({ [name]: `${head}sources: { paths: [plan.json] }\n` }) });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(
      /^error: nothing to (examine|collect)\n {2}give --aws, or say sources: \{ aws: true \} in sealcheck\.config\.yaml\n$/,
    );
  });

  it.each<[string, readonly string[], readonly string[]]>([
    [
      'scan',
      ['scan'],
      ['sources', 'accounts', 'withCaller', 'regions', 'builtin', 'policyPaths', 'failOn', 'failOnUnknown', 'outputs', 'policies'],
    ],
    ['doctor', ['doctor'], ['sources', 'accounts', 'withCaller', 'regions', 'builtin', 'policyPaths', 'policies']],
    ['permissions', ['permissions'], ['builtin', 'policyPaths', 'policies']],
    ['collect', ['collect', '-o', 'a.json'], ['sources', 'accounts', 'withCaller', 'regions']],
  ])('%s --print-config prints what it uses, with origins, as a configuration', async (_name, args, keys) => {
    const run = await runCli([...args, '--print-config', '--no-config'], {});
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const configured = await runCli([...args, '--print-config'], {
      cwd: writeFiles({ [name]: live }),
      env: { SEALCHECK_REGIONS: 'us-east-1' },
    });
    expect(configured).toMatchObject({ code: 0, stderr: '' });
    const printed = parse(configured.stdout) as Readonly<Record<string, unknown>>;
    expect(Object.keys(printed)).toEqual(['apiVersion', ...keys]);
    if (keys.includes('regions')) expect(configured.stdout).toMatch(/^regions: \[us-east-1\] +# environment SEALCHECK_REGIONS$/m);
    if (keys.includes('policies'))
      expect(configured.stdout).toMatch(/^ {2}kms-key-rotates:\n {4}enabled: false +# sealcheck\.config\.yaml:8$/m);
    const again = await runCli([...args, '--print-config'], { cwd: writeFiles({ [name]: configured.stdout }) });
    expect(parse(again.stdout)).toEqual(printed);
  });
});
