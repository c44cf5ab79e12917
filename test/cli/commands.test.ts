import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sampleAccounts } from '../../src/endpoint/sample-account.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { denyEverything } from '../support/deny-everything.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { serve } from '../support/serve-account.ts';
import { pack } from '../support/scan-endpoint.ts';

const { version } = JSON.parse(readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8')) as { version: string };
const ids = pack().map(({ policy }) => policy.id);

describe('help', () => {
  const commands = [
    'scan',
    'collect',
    'policies',
    'policies list',
    'policies show',
    'explain',
    'test',
    'waivers',
    'waivers import',
    'doctor',
    'permissions',
    'demo',
    'report',
    'gate',
    'init',
    'init github',
    'init gitlab',
    'init pre-commit',
    'completion',
  ];

  it.each(commands)('of %s', async (command) => {
    const words = command.split(' ');
    const run = await runCli([...words, '--help']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(new RegExp(`^Usage: sealcheck ${command} `));
    expect(run.stdout).toContain('Options:');
    // By example: each is a call of the tool, of the command itself first.
    const [, examples = ''] = run.stdout.split(/\nExamples?:\n/);
    const calls = examples.split('\n').filter((line) => line.startsWith('  $ '));
    expect(calls.length).toBeGreaterThan(0);
    expect(calls[0]).toContain('sealcheck');
    expect(examples).toMatch(new RegExp(`sealcheck ${command}`));
  });

  it.each([
    ['scan', '--regoin', '--region'],
    ['report', '--framwork', '--framework'],
    ['gate', '--fail-on-nwe', '--fail-on-new'],
    ['init github', '--wrokflow', '--workflow'],
    ['collect -o a.json', '--al-keys', '--all-keys'],
    ['policies list', '--jsn', '--json'],
    ['policies show', '--polices', '--policies'],
    ['explain', '--no-buitlin', '--no-builtin'],
    ['test', '--verbse', '--verbose'],
    ['doctor', '--profil', '--profile'],
    ['permissions', '--inspect-value', '--inspect-values'],
    ['demo', '--output-dri', '--output-dir'],
    ['completion', '--hlep', '--help'],
  ])('of a misspelt flag of %s: %s is 2, with the nearest one', async (command, given, nearest) => {
    const run = await runCli([...command.split(' '), given]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`unknown option '${given}'\n(Did you mean ${nearest}?)`);
  });

  it.each([
    ['policies shwo', /there is no command policies shwo\n {2}did you mean show\?/],
    ['waivers imprt', /unknown command 'imprt'\n\(Did you mean import\?\)/],
  ])('of a misspelt subcommand: %s is 2, with the nearest one', async (words, said) => {
    const run = await runCli(words.split(' '));
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(said);
  });

  it.each([
    [
      'scan plan.json --fail-on hihg',
      "argument 'hihg' is invalid. Allowed choices are critical, high, medium, low, info, none.\n  did you mean high?\n",
    ],
    ['completion bsh', 'Allowed choices are bash, zsh, fish.\n  did you mean bash?\n'],
    ['policies list --severity zzz', 'Allowed choices are critical, high, medium, low, info.\n'],
    ['explain', "missing required argument 'id'\n  for example: sealcheck explain secretsmanager-rotation-interval\n"],
    ['completion', "missing required argument 'shell'\n  for example: source <(sealcheck completion bash)\n"],
    ['collect --aws', 'not specified\n  for example: sealcheck collect --aws -o account.json && sealcheck scan account.json\n'],
    ['explain secretsmanager-rotation', 'there is no policy secretsmanager-rotation\n  did you mean secretsmanager-rotation-enabled?\n'],
  ])('of a call that says too little or a wrong word: %s', async (words, end) => {
    const run = await runCli(words.split(' '));
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr.endsWith(end), run.stderr).toBe(true);
  });

  it('names every command, and the exit codes; by every way to ask', async () => {
    const [long, short, word] = [await runCli(['--help']), await runCli(['-h']), await runCli(['help'])];
    expect(long).toMatchObject({ code: 0, stderr: '' });
    for (const command of new Set(commands.map((words) => words.split(' ')[0])))
      expect(long.stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    expect(long.stdout).toMatch(/Exit codes: 0 compliant, 1 violations, 2 .*, 3 incomplete, 4 .*, 130 interrupted/);
    expect(short).toEqual(long);
    expect(word.stdout).toBe(long.stdout);
  });

  it('is what sealcheck alone prints, on standard error, with 2', async () => {
    const run = await runCli([]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^Usage: sealcheck /);
  });

  it.each(['--version', '-V'])('%s prints the version of the package', async (flag) => {
    expect(await runCli([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('an unknown command is 2, with the nearest one', async () => {
    const run = await runCli(['scna']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/unknown command 'scna'\n\(Did you mean scan\?\)/);
  });
});

describe('policies', () => {
  it('lists them all, one a line', async () => {
    const run = await runCli(['policies', 'list']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(
      run.stdout
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/ +/)[1]),
    ).toEqual(ids);
    expect((await runCli(['policies'])).stdout).toBe(run.stdout);
  });

  it('lists a selection, as JSON too', async () => {
    const run = await runCli([
      'policies',
      'list',
      '--json',
      '--policy',
      'secretsmanager-rotation-interval',
      '--param',
      'secretsmanager-rotation-interval.maxDays=7',
    ]);
    expect(JSON.parse(run.stdout)).toMatchObject([{ id: 'secretsmanager-rotation-interval', severity: 'medium', params: { maxDays: 7 } }]);
  });

  it.each(pack().map(({ policy }) => [policy.id, policy.controls] as const))('shows and explains %s', async (id, controls) => {
    const [shown, explained] = await Promise.all([runCli(['policies', 'show', id]), runCli(['explain', id])]);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(new RegExp(`^${id}  \\((critical|high|medium|low|info)\\)\n`));
    for (const heading of ['Remediation', 'judges', ...(controls.length > 0 ? ['Controls'] : [])]) expect(shown.stdout).toContain(heading);
    expect(explained).toEqual(shown);
  });

  it('shows params with their bounds, and what other tools call it', async () => {
    const { stdout } = await runCli(['explain', 'secretsmanager-rotation-interval']);
    expect(stdout).toMatch(/Params .*\n.*maxDays \(int, 1 to 1000\) = 90: /);
    expect(stdout).toMatch(/Equivalents in other tools\n.*CKV_AWS_304/);
  });

  it.each([
    ['explain', ['explain', 'secretsmanager-rotation-intervall']],
    ['policies show', ['policies', 'show', 'secretsmanager-rotation-intervall']],
  ])('%s of an unknown id is 2, with the nearest one', async (_name, args) => {
    const run = await runCli(args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/there is no policy .*\n {2}did you mean secretsmanager-rotation-interval\?/);
  });
});

describe('permissions', () => {
  const actionsOf = (text: string): readonly string[] => {
    const { Statement } = JSON.parse(text) as { Statement: readonly { Action: readonly string[]; Resource: string }[] };
    return Statement.flatMap(({ Action }) => Action).sort();
  };

  it.each([
    ['the whole pack', []],
    ['one policy', ['--policy', 'secretsmanager-rotation-interval']],
    ['values and all keys', ['--inspect-values', '--all-keys']],
    ['IAM alone', ['--policy', 'iam-no-secretsmanager-wildcard']],
  ])('prints what a scan calls, no more and no less: %s', async (_name, args) => {
    const { url, calls } = await serve(sampleAccounts(Date.now()));
    const run = await runCli(['permissions', ...args]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    await runCli(['scan', '--aws', '-q', ...args], { url });
    expect(actionsOf(run.stdout)).toEqual(
      Object.keys(calls())
        .filter((operation) => operation !== 'sts:GetCallerIdentity')
        .sort(),
    );
  });
});

describe('doctor', () => {
  it('shows the caller, the regions and that all works', async () => {
    const { url } = await serve(sampleAccounts(Date.now()));
    const run = await runCli(['doctor', '--aws'], { url });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(
      /account +123456789012\ncaller +arn:aws:iam::123456789012:user\/security-auditor\nregions read +us-east-1\nnot looked at +1: eu-west-1/,
    );
    expect(run.stdout).toMatch(/✔ secretsmanager:GetResourcePolicy +works/);
    expect(run.stdout).not.toMatch(/✖/);
    expect(run.stdout).toContain('"Sid": "SealcheckSecretsmanager"');
  });

  it('shows what is denied, and what to do, with 3', async () => {
    const { url } = await serve(sampleAccounts(Date.now()), [{ operation: 'kms:DescribeKey', kind: 'deny' }]);
    const run = await runCli(['doctor', '--aws'], { url });
    expect(run.code).toBe(3);
    expect(run.stdout).toMatch(
      /✖ kms:DescribeKey +denied: AccessDenied\w* on kms:DescribeKey\n +Grant kms:DescribeKey to arn:aws:iam::123456789012:user\/security-auditor/,
    );
    expect(run.stdout).toMatch(/✔ secretsmanager:ListSecrets +works/);
  });

  it('is 4 when no account can be entered, and 2 without --aws', async () => {
    const { url } = await serve(sampleAccounts(Date.now()), [{ operation: 'sts:*', kind: 'deny' }]);
    expect(await runCli(['doctor', '--aws'], { url })).toMatchObject({ code: 4, stdout: '' });
    expect(await runCli(['doctor'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('give --aws') as unknown });
  });
});

describe('collect', () => {
  it('is 3 with a gap, 4 with nothing read, and says how much was saved', async () => {
    const cwd = temporaryFolder();
    const gap = await serve(sampleAccounts(Date.now()), [{ operation: 'ssm:DescribeParameters', kind: 'deny' }]);
    const run = await runCli(['collect', '--aws', '-o', 'a/account.json'], { url: gap.url, cwd });
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toMatch(/saved \d+ resources of 2 scopes to a\/account\.json; 1 gaps?\n$/);
    expect(readdirSync(join(cwd, 'a'))).toEqual(['account.json']);
    const nothing = await serve(sampleAccounts(Date.now()), denyEverything());
    expect((await runCli(['collect', '--aws', '-o', 'b.json'], { url: nothing.url, cwd })).code).toBe(4);
  });

  it.each([
    ['without --aws', ['-o', 'a.json'], /nothing to collect\n {2}give --aws/],
    ['without a file', ['--aws'], /required option '-o, --output <path>' not specified/],
    ['to a folder', ['--aws', '-o', '.'], /\. is a folder/],
  ])('%s: 2', async (_name, args, message) => {
    const run = await runCli(['collect', ...args]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
  });
});

describe('demo', () => {
  it('needs no credentials, exits 0, writes the reports and says what the scan would have given', async () => {
    const cwd = temporaryFolder();
    const run = await runCli(['demo', '--output-dir', 'out'], { cwd });
    expect(run.code).toBe(0);
    expect(readdirSync(cwd)).toEqual(['out']);
    expect(readdirSync(join(cwd, 'out')).sort()).toEqual(['findings.json', 'findings.txt', 'report.html', 'sealcheck.sarif']);
    const result = JSON.parse(readFileSync(join(cwd, 'out/findings.json'), 'utf8')) as ScanResult;
    expect(result.run.exitCode).toBe(1);
    expect(run.stderr).toMatch(/The demo exits 0; this scan would have exited 1\.\nOpen in a browser: out\/report\.html\n$/);
    expect(run.stderr).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
    expect(run.stdout).toContain('exit 1: ');
    // The worst of them on the console, all in the files.
    expect(run.stdout.match(/^ {4}[✖▲] /gm)).toHaveLength(10);
    expect(run.stdout).toMatch(/… and \d+ more resources with \d+ findings/);
    expect(readFileSync(join(cwd, 'out/findings.txt'), 'utf8').match(/^ {4}[✖▲] /gm)?.length).toBeGreaterThan(50);
    const failed = new Set(result.findings.filter(({ status }) => status === 'fail').map(({ policyId }) => policyId));
    const quiet = pack().filter(({ policy }) => policy.sources.includes('aws') && !failed.has(policy.id));
    expect(quiet.map(({ policy }) => policy.id)).toEqual([
      // They ask for nothing until somebody configures them.
      'secretsmanager-name-pattern',
      'secretsmanager-required-regions',
      'secretsmanager-required-tags',
      'ssm-parameter-secure-string-only-for-secrets',
    ]);
  });

  it('that cannot write says so before it begins', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'out'), '');
    expect(await runCli(['demo', '-o', 'out'], { cwd })).toMatchObject({ code: 2, stdout: '' });
  });
});
