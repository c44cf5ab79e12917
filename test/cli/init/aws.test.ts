import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { awsKit } from '../../../src/cli/init/aws.ts';
import { templateNames } from '../../../src/cli/init/aws/next-steps.ts';
import type { ScanResult } from '../../../src/model/scan-result.ts';
import { findCfnLint } from '../../support/find-cfn-lint.ts';
import { makeKit } from '../../support/make-kit.ts';
import { runCli, temporaryFolder } from '../../support/run-cli.ts';

/** What cannot be read without an account, or says the same without its tag, is not looked at: only shape and texts are. */
interface Template {
  readonly Parameters: { readonly [name: string]: { readonly Default?: unknown } };
  readonly Resources: { readonly [id: string]: { readonly Properties: { readonly [name: string]: unknown } } };
}

const members = [
  '--member-account',
  '111122223333',
  '--member-account',
  '444455556666',
  '--external-id',
  '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
];
const hostile = [
  '--scan-arg=a "quoted" ${AWS::AccountId} word',
  "--scan-arg=it's: # not\ta comment\n- é",
  '--scan-arg=${!Kept}',
  '--scan-arg=]}\\',
];

const variants: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'by default', args: [] },
  { name: 'with a few policies', args: ['--tag', 'rotation', '--severity', 'high', '--all-keys', '--fail-on', 'high'] },
  { name: 'with other accounts, regions and notification', args: [...members, '--region', 'us-east-1,eu-west-1', '--notify-sns'] },
  { name: 'with a schedule that no alarm can follow', args: ['--schedule', 'rate(30 days)'] },
  { name: 'with words that are hard to write', args: hostile },
];

const found = await findCfnLint();
if ('missing' in found && process.env['CI'] === 'true') throw new Error(`the templates cannot be linted: ${found.missing}`);
if ('missing' in found) console.warn(`SKIPPED, the templates are not linted: ${found.missing}`);

/** Paths of the files that the kit makes, written to a folder of their own. */
async function write(args: readonly string[]): Promise<readonly string[]> {
  const folder = temporaryFolder();
  const { files } = await makeKit(awsKit, ['--no-config', ...args]);
  return files.map(({ path, text }) => {
    writeFileSync(join(folder, path), text);
    return join(folder, path);
  });
}

it.skipIf('missing' in found)(
  'the templates pass cfn-lint without a word',
  async () => {
    const paths = (await Promise.all(variants.map(({ args }) => write(args)))).flat();
    const { status, stdout, stderr } = spawnSync('command' in found ? found.command : '', paths, { encoding: 'utf8' });
    expect([status, stdout + stderr]).toEqual([0, '']);
  },
  120_000,
);

describe.each(variants)('the templates $name', ({ args }) => {
  it('pass our own pack: nothing fails, nothing is unknown, nothing is waived', async () => {
    const { code, stdout } = await runCli(['scan', ...(await write(args)), '--no-config', '--no-waivers', '-f', 'json']);
    const { summary, findings } = JSON.parse(stdout) as ScanResult;
    expect(findings).toEqual([]);
    expect([code, summary.findings.fail, summary.findings.unknown]).toEqual([0, 0, 0]);
    expect(summary.findings.pass).toBeGreaterThan(10);
  });

  it('are the same whenever they are made', async () => {
    const [first, second] = [await makeKit(awsKit, ['--no-config', ...args]), await makeKit(awsKit, ['--no-config', ...args])];
    expect(first).toEqual(second);
  });
});

describe('the job', () => {
  const template = async (...args: readonly string[]): Promise<Template> => {
    const { files } = await makeKit(awsKit, args);
    return parse(files[0]!.text, { logLevel: 'silent' }) as Template;
  };
  /** Of SEALCHECK_ARGS, with references as they stand. */
  const words = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { Environment } = (await template(...args)).Resources['Job']!.Properties as {
      Environment: { Variables: { SEALCHECK_ARGS: string } };
    };
    return JSON.parse(Environment.Variables.SEALCHECK_ARGS) as readonly string[];
  };

  it('says in so many words what the flags said', async () => {
    const flags = [
      '--policy',
      'secretsmanager-rotation-interval',
      '--param',
      'secretsmanager-rotation-interval.maxDays=30',
      '--region',
      'all',
      '--fail-on',
      'high',
      '--inspect-values',
    ];
    expect(await words('--no-config', ...flags, '--scan-arg=--group=account')).toEqual([
      ...[
        'scan',
        '--aws',
        '--no-config',
        '--region',
        'all',
        '--policy',
        'secretsmanager-rotation-interval',
        '--param',
        'secretsmanager-rotation-interval.maxDays=30',
      ],
      ...['--inspect-values', '--fail-on', 'high', '--state-dir', 's3://${StateBucket}/state', '--retain', '${RetentionDays}'],
      ...['-f', 'text', '--max-findings', '20', '--group=account'],
    ]);
  });

  it('keeps hard words as they are, for Fn::Sub too', async () => {
    const sub = (text: string): string => text.replaceAll('${!', '${');
    expect((await words('--no-config', ...hostile)).slice(-hostile.length).map(sub)).toEqual(
      hostile.map((arg) => arg.slice('--scan-arg='.length)),
    );
    expect((await words('--no-config', ...hostile)).at(-hostile.length)).toContain('${!AWS::AccountId}');
  });

  it.each([
    { schedule: 'rate(1 day)', hours: 26 },
    { schedule: 'rate(12 hours)', hours: 14 },
    { schedule: 'rate(90 minutes)', hours: 4 },
    { schedule: 'cron(30 6 * * ? *)', hours: 26 },
    { schedule: 'cron(0 6 ? * MON-FRI *)', hours: 74 },
    { schedule: 'rate(7 days)', hours: undefined },
    { schedule: 'cron(0 6 1 * ? *)', hours: undefined },
  ])('rings $hours hours after the last run: $schedule', async ({ schedule, hours }) => {
    const { Parameters, Resources } = await template('--no-config', '--schedule', schedule);
    expect(Parameters['Schedule']?.Default).toBe(schedule);
    expect(Parameters['HoursWithoutRun']?.Default).toBe(hours);
    expect(Resources['RunMissing']?.Properties['TreatMissingData']).toBe(hours === undefined ? undefined : 'breaching');
    const { next } = await makeKit(awsKit, ['--no-config', '--schedule', schedule]);
    expect(next.some((line) => line.includes('no alarm tells that a run is missing'))).toBe(hours === undefined);
  });

  it.each([
    { name: 'a schedule that runs once', args: ['--schedule', 'at(2026-01-01T00:00:00)'], says: 'not a schedule' },
    { name: 'a schedule that nobody can read', args: ['--schedule', 'cron(0 6 1 * MON *)'], says: 'not a schedule' },
    { name: 'a schedule of two lines', args: ['--schedule', 'cron(0 6 * * ? *\n)'], says: 'not a schedule' },
    { name: 'a schedule with something after it', args: ['--schedule', "rate(1 day)'\n  x: y"], says: 'not a schedule' },
    { name: 'runs in a quick row', args: ['--schedule', 'rate(10 minutes)'], says: 'once an hour' },
    { name: 'no time between runs', args: ['--schedule', 'rate(0 days)'], says: 'not a schedule' },
    { name: 'an account that is none', args: ['--member-account', '12', '--external-id', 'abc'], says: 'twelve digits' },
    { name: 'an account twice', args: [...members, '--member-account', '111122223333'], says: 'twice' },
    { name: 'other accounts without an external id', args: ['--member-account', '111122223333'], says: '--external-id' },
    { name: 'an external id without accounts', args: ['--external-id', 'abc'], says: 'go together' },
    { name: 'an external id that IAM refuses', args: ['--member-account', '111122223333', '--external-id', 'a"b'], says: 'cannot be one' },
    { name: 'a role by its ARN', args: [...members, '--member-role', 'arn:aws:iam::111122223333:role/a'], says: 'not the name of a role' },
    { name: 'policies outside of the zip', args: ['--policies', '../elsewhere.yaml'], says: 'zip|no such|not found|there is no' },
    { name: 'no policy left', args: ['--severity', 'critical', '--tag', 'nothing-has-this'], says: '' },
    {
      name: 'more words than fit into the environment',
      args: Array.from({ length: 90 }, (_, index) => ['--member-account', String(111122220000 + index)])
        .flat()
        .concat('--external-id', 'abc'),
      says: '4 KB',
    },
  ])('is refused: $name', async ({ args, says }) => {
    const refused = makeKit(awsKit, ['--no-config', ...args]);
    await expect(refused).rejects.toMatchObject({ name: 'UserError' });
    const error = await refused.catch((thrown: { message: string; hint?: string }) => `${thrown.message} ${thrown.hint ?? ''}`);
    expect(error).toMatch(new RegExp(says));
  });
});

describe('the permissions', () => {
  const actions = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { files } = await makeKit(awsKit, ['--no-config', ...args]);
    return [...files[0]!.text.matchAll(/^ +Action: \[?(.+?)\]?$/gm)].flatMap(([, list]) => list!.split(', '));
  };

  it.each([
    {
      name: 'only what the selected policies need',
      args: ['--policy', 'kms-key-rotates'],
      has: ['kms:GetKeyRotationStatus'],
      lacks: ['iam:GetAccountAuthorizationDetails', 'rds:DescribeDBInstances'],
    },
    {
      name: 'no topic and no role unless asked for',
      args: [],
      has: ['s3:PutObject'],
      lacks: ['ssm:GetParameters', 'kms:ListKeys'],
    },
    { name: 'values of parameters if asked for', args: ['--inspect-values'], has: ['ssm:GetParameters'], lacks: ['kms:ListKeys'] },
    { name: 'all keys if asked for', args: ['--all-keys'], has: ['kms:ListKeys'], lacks: ['ssm:GetParameters'] },
  ])('are $name', async ({ args, has, lacks }) => {
    const given = await actions(...args);
    expect(given).toEqual(expect.arrayContaining(has));
    expect(given.filter((action) => lacks.includes(action))).toEqual([]);
  });

  it('hold a policy for the topic and for roles only where asked for', async () => {
    const names = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { files } = await makeKit(awsKit, ['--no-config', ...args]);
      return [...files[0]!.text.matchAll(/PolicyName: (\S+)/g)].map(([, name]) => name!);
    };
    const always = ['keep-the-state', 'log-and-report-failure', 'start-the-job'];
    expect((await names()).toSorted()).toEqual([...always, 'read-what-is-judged'].toSorted());
    expect((await names('--notify-sns', ...members)).toSorted()).toEqual(
      [...always, 'read-what-is-judged', 'go-to-the-other-accounts', 'tell-the-topic'].toSorted(),
    );
  });
});

describe('a configuration', () => {
  const inFolder = (files: { readonly [path: string]: string }): void => {
    const [before, folder] = [process.cwd(), temporaryFolder()];
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    process.chdir(folder);
    onTestFinished(() => process.chdir(before));
  };
  const config = `apiVersion: sealcheck/v1
accounts:
  - { id: '111122223333', role: 'arn:aws:iam::111122223333:role/audit', externalId: EXAMPLE }
waivers: accepted.yaml
policies:
  kms-key-rotates: { enabled: false }
`;

  it('is run by the job from the zip, with its roles, and decides the permissions', async () => {
    inFolder({ 'sealcheck.config.yaml': config, 'accepted.yaml': 'apiVersion: sealcheck/v1\nwaivers: []\n' });
    const { files, next } = await makeKit(awsKit, []);
    const { text } = files[0]!;
    expect(files.map(({ path }) => path)).toEqual([templateNames.scheduled]);
    expect(text).toContain('"--config", "sealcheck.config.yaml"');
    expect(text).toContain('- "arn:aws:iam::111122223333:role/audit"');
    // The job's own account is not read, so it needs no permission for that.
    expect(text).not.toContain('read-what-is-judged');
    expect(text).not.toContain('EXAMPLE');
    expect(next).toContain('zip -r sealcheck-lambda.zip sealcheck.config.yaml accepted.yaml');
  });

  it('may have waivers beside it, which the job must find', async () => {
    inFolder({ 'waivers.yaml': 'apiVersion: sealcheck/v1\nwaivers: []\n' });
    const { files, next } = await makeKit(awsKit, []);
    expect(files[0]!.text).toContain('"--waivers", "waivers.yaml"');
    expect(next).toContain('zip -r sealcheck-lambda.zip waivers.yaml');
  });

  it('above this folder is refused: in the zip it would be elsewhere', async () => {
    inFolder({ 'sealcheck.config.yaml': 'apiVersion: sealcheck/v1\n', 'below/here.txt': '' });
    process.chdir('below');
    await expect(makeKit(awsKit, [])).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('cannot go into the zip') as string,
    });
  });
});
