import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/endpoint/fault.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { runCli, temporaryFolder, type CliRun } from '../support/run-cli.ts';
import { serve } from '../support/serve-account.ts';
import { smallAccount } from '../support/small-account.ts';

const now = Date.now();
const day = 86_400_000;
const date = (days: number): string => new Date(now + days * day).toISOString().slice(0, 10);
/** One secret that never rotated (medium), with the AWS managed key (medium), and no other fault. */
const faulty = [smallAccount(now, [{ name: 'orders/legacy', createdAt: now - 20 * day, lastAccessedAt: now - day }])];
const sound = [smallAccount(now)];
const deny: Fault = { operation: 'secretsmanager:GetResourcePolicy', kind: 'deny' };
const gap: Fault = { operation: 'ssm:DescribeParameters', kind: 'deny' };

interface Entry {
  readonly id?: string;
  readonly target?: string;
  readonly created?: number;
  readonly expires?: number;
}

const legacy = "policy: '*', match: { address: 'arn:aws:secretsmanager:*:secret:orders/legacy-*' }";
const file = (...entries: readonly Entry[]): string => {
  const lines = entries.map(
    ({ id = 'legacy', target = legacy, created = -10, expires = 100 }) =>
      `  - { id: ${id}, ${target}, reason: it goes, owner: orders, created: ${date(created)}, expires: ${date(expires)} }`,
  );
  return ['apiVersion: sealcheck/v1', 'waivers:', ...lines, ''].join('\n');
};

interface Case {
  readonly accounts?: typeof sound;
  readonly faults?: readonly Fault[];
  readonly files: { readonly [path: string]: string };
  readonly args?: readonly string[];
  readonly code: number;
  readonly says: RegExp;
}

const cases: { readonly [name: string]: Case } = {
  'waived failures: 0, and that is said': {
    files: { 'waivers.yaml': file({}) },
    code: 0,
    says: /exit 0: no failures and nothing unknown; waived: 2 findings\n/,
  },
  'one of two failures: 1': {
    files: { 'waivers.yaml': file({ target: legacy.replace("'*'", 'secretsmanager-rotation-enabled') }) },
    code: 1,
    says: /exit 1: 1 failure/,
  },
  'on its last day: 0': { files: { 'waivers.yaml': file({ expires: 0 }) }, code: 0, says: /waived: 2/ },
  'the day after: 1': { files: { 'waivers.yaml': file({ expires: -1 }) }, code: 1, says: /exit 1: 2 failures/ },
  'before its first day: 1': { files: { 'waivers.yaml': file({ created: 1 }) }, code: 1, says: /exit 1: 2 failures/ },
  'judged as of a time after the last day: 1': {
    files: { 'waivers.yaml': file({ expires: 5 }) },
    args: ['--as-of', date(6)],
    code: 1,
    says: /exit 1/,
  },
  'the truth: 1': { files: { 'waivers.yaml': file({}) }, args: ['--no-waivers'], code: 1, says: /exit 1: 2 failures/ },
  'the truth does not read what is broken: 1': { files: { 'waivers.yaml': '?' }, args: ['--no-waivers'], code: 1, says: /exit 1/ },
  'the other name: 0': { files: { 'sealcheck.waivers.yaml': file({}) }, code: 0, says: /waived: 2/ },
  'a file that is named: 0': { files: { 'a/b.yaml': file({}) }, args: ['--waivers', 'a/b.yaml'], code: 0, says: /waived: 2/ },
  'two files, of one id: 2': {
    files: { 'a.yaml': file({}), 'b.yaml': file({}) },
    args: ['--waivers', 'a.yaml', '--waivers', 'b.yaml'],
    code: 2,
    says: /^error: two waivers are called legacy: in a\.yaml and b\.yaml\n/,
  },
  'a file that is not there: 2': { files: {}, args: ['--waivers', 'none.yaml'], code: 2, says: /^error: there is no none\.yaml\n/ },
  'a day that is none: 2, with the place': {
    files: { 'waivers.yaml': file({}).replace(date(100), '2026-02-30') },
    code: 2,
    says: /^waivers\.yaml:3:\d+: error: expires is no day\n +3 │ .*2026-02-30 }\n +│ +\^\n +write it as 2027-01-31/,
  },
  'too long: 2': { files: { 'waivers.yaml': file({ expires: 400 }) }, code: 2, says: /longer than 365 days/ },
  'not too long with a longer limit: 0': {
    files: { 'waivers.yaml': file({ expires: 400 }) },
    args: ['--waiver-max-days', '500'],
    code: 0,
    says: /waived: 2/,
  },
  'a limit that is none: 2': { files: {}, args: ['--waiver-max-days', '1.5'], code: 2, says: /write a number of days/ },
  'unknowns that only failures are waived of: 3': {
    accounts: sound,
    faults: [deny],
    files: { 'waivers.yaml': file({ target: "policy: '*', match: { address: '*' }" }) },
    code: 3,
    says: /3 unknowns/,
  },
  'waived unknowns: 0': {
    accounts: sound,
    faults: [deny],
    files: { 'waivers.yaml': file({ target: "policy: '*', match: { address: '*' }, covers: [unknown]" }) },
    code: 0,
    says: /waived: 3 findings/,
  },
  'a waived gap: 0': {
    accounts: sound,
    faults: [gap],
    files: { 'waivers.yaml': file({ target: 'gap: { action: ssm:DescribeParameters, scope: aws/* }' }) },
    code: 0,
    says: /waived: 1 gap/,
  },
  'a gap elsewhere: 3': {
    accounts: sound,
    faults: [gap],
    files: { 'waivers.yaml': file({ target: 'gap: { action: ssm:DescribeParameters, scope: aws/000000000000/* }' }) },
    code: 3,
    says: /1 gap in what was read/,
  },
};

async function scanWith(
  { accounts = faulty, faults = [], files, args = [] }: Omit<Case, 'code' | 'says'>,
  format = 'json',
): Promise<CliRun> {
  const cwd = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  const endpoint = await serve(accounts, faults);
  return await runCli(['scan', '--aws', '-q', '-f', format, ...args], { url: endpoint.url, cwd });
}

describe('sealcheck scan with waivers', () => {
  it.each(Object.entries(cases))('%s', async (_name, { code, says, ...given }) => {
    const run = await scanWith(given);
    expect(run.stderr).toMatch(says);
    expect(run.code).toBe(code);
  });

  it('the result holds everything, and the identity of what is waived is what it was', async () => {
    const files = { 'waivers.yaml': file({}, { id: 'gone', target: "policy: '*', match: { address: 'arn:aws:ssm:*:parameter/gone' }" }) };
    const [with_, without] = await Promise.all([scanWith({ files }), scanWith({ files, args: ['--no-waivers'] })]);
    const [result, truth] = [with_, without].map(({ stdout }) => JSON.parse(stdout) as ScanResult) as [ScanResult, ScanResult];
    expect(result.findings.map(({ id }) => id)).toEqual(truth.findings.map(({ id }) => id));
    expect(result.summary.findings).toMatchObject({ fail: 0, waived: 2 });
    expect(truth.summary.findings).toMatchObject({ fail: 2, waived: 0 });
    expect(truth.run.waivers).toBeUndefined();
    expect(truth.run.notes).toContain('waivers were left out (--no-waivers)');
    expect(result.run.waivers).toMatchObject({
      findings: 2,
      gaps: 0,
      waivers: [
        { id: 'legacy', use: 'used' },
        { id: 'gone', use: 'unused' },
      ],
    });
    expect(result.run.notes.filter((note) => note.includes('gone'))).toHaveLength(1);
    for (const finding of result.findings.filter(({ status }) => status === 'waived')) {
      expect(finding).toMatchObject({
        message: expect.any(String) as string,
        evidence: expect.any(Array) as unknown,
        waiver: { id: 'legacy', owner: 'orders' },
      });
    }
  });

  it('the terminal lists what is waived', async () => {
    const { stdout } = await scanWith({ files: { 'waivers.yaml': file({}) } }, 'text');
    expect(stdout).toContain(
      `  waived: legacy until ${date(100)} (orders): it goes\n    ⊘ secretsmanager-customer-managed-key  orders/legacy `,
    );
    expect(stdout).toContain('⊘ 2 waived');
  });

  it('SARIF leaves it out, or suppresses it', async () => {
    const files = { 'waivers.yaml': file({}) };
    const [omitted, included] = await Promise.all([
      scanWith({ files }, 'sarif'),
      scanWith({ files, args: ['--sarif-waived', 'include'] }, 'sarif'),
    ]);
    expect(omitted.stdout).not.toContain('orders/legacy');
    expect(included.stdout.match(/"kind": ?"external"/g)).toHaveLength(2);
  });
});

describe('waivers beside code', () => {
  const template = (comment: string): string => `Resources:
  # sealcheck:waive ${comment}
  A:
    Type: AWS::SecretsManager::Secret
    Properties: { Name: a, KmsKeyId: alias/aws/secretsmanager }
`;
  const only = ['--policy', 'secretsmanager-customer-managed-key', '-f', 'sarif', '--sarif-waived', 'include'];
  it.each([
    ['a sound one: 0', `secretsmanager-customer-managed-key until=${date(0)} reason=r owner=o`, [], 0, /waived: 1 finding/],
    ['an expired one: 1', `secretsmanager-customer-managed-key until=${date(-1)} reason=r owner=o`, [], 1, /1 failure/],
    ['the truth: 1', `secretsmanager-customer-managed-key until=${date(9)} reason=r owner=o`, ['--no-waivers'], 1, /1 failure/],
    [
      'nobody who answers for it: 2',
      `x-y until=${date(9)} reason=r`,
      [],
      2,
      /^template\.yaml:2:3: error: owner is missing\n +2 │   # sealcheck:waive/,
    ],
  ] as const)('%s', async (_name, comment, args, code, says) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'template.yaml'), template(comment));
    const run = await runCli(['scan', 'template.yaml', ...only, ...args], { cwd });
    expect(run.stderr).toMatch(says);
    expect(run.code).toBe(code);
    expect(run.stdout.includes('"inSource"')).toBe(code === 0);
  });
});

describe('waivers import', () => {
  it('of a folder that holds no code says that nothing was looked at', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'empty'));
    writeFileSync(join(cwd, 'main.tf'), '');
    const run = await runCli(['waivers', 'import', 'empty', 'main.tf'], { cwd });
    expect(run.code).toBe(0);
    expect(run.stderr).toBe(
      'warning: nothing was looked at in empty: it holds no .tf, .tofu, .yaml, .json or .template file\n' +
        '0 suppressions in 1 file; none of them is honoured\n',
    );
  });
});
