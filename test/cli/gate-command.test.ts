import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/endpoint/fault.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { denyEverything } from '../support/deny-everything.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { serve } from '../support/serve-account.ts';
import { smallAccount } from '../support/small-account.ts';

const now = Date.now();
const day = 86_400_000;
const faulty = [smallAccount(now, [{ name: 'orders/legacy', createdAt: now - 20 * day, lastAccessedAt: now - day }])];
const denied: Fault = { operation: 'secretsmanager:GetResourcePolicy', kind: 'deny' };
const gap: Fault = { operation: 'ssm:DescribeParameters', kind: 'deny' };

const sources = {
  'two medium failures': { accounts: faulty },
  'two medium failures, scanned with --fail-on high': { accounts: faulty, args: ['--fail-on', 'high'] },
  unknowns: { faults: [denied] },
  'unknowns that the scan never counted': { faults: [denied], args: ['--fail-on-unknown', 'never'] },
  'failures and unknowns': { accounts: faulty, faults: [denied] },
  'a gap': { faults: [gap] },
  'nothing read': { faults: denyEverything() },
} as const;
type Source = keyof typeof sources;
const scans = new Map<Source, Promise<ScanResult>>();

/** Each is scanned once. */
function saved(name: Source): Promise<ScanResult> {
  const made = scans.get(name) ?? scanned(sources[name]);
  scans.set(name, made);
  return made;
}

interface Scan {
  readonly accounts?: typeof faulty;
  readonly faults?: readonly Fault[];
  readonly args?: readonly string[];
}

async function scanned({ accounts = [smallAccount(now)], faults = [], args = [] }: Scan): Promise<ScanResult> {
  const endpoint = await serve(accounts, faults);
  const { stdout } = await runCli(['scan', '--aws', '-q', '-f', 'json', ...args], { url: endpoint.url });
  return JSON.parse(stdout) as ScanResult;
}

interface Case {
  readonly of: Source;
  readonly args?: readonly string[];
  readonly code: number;
  readonly says: RegExp;
}

const cases: { readonly [name: string]: Case } = {
  'failures: 1, as the scan said': { of: 'two medium failures', code: 1, says: /^exit 1: 2 failures at or above low \(--fail-on low\)\n$/ },
  'failures below a threshold of now: 0': {
    of: 'two medium failures',
    args: ['--fail-on', 'high'],
    code: 0,
    says: /^exit 0: nothing at or/,
  },
  'failures below the threshold of the scan: 0': {
    of: 'two medium failures, scanned with --fail-on high',
    code: 0,
    says: /^exit 0: nothing/,
  },
  'failures that the scan let pass, and a stricter threshold: 1': {
    of: 'two medium failures, scanned with --fail-on high',
    args: ['--fail-on', 'medium'],
    code: 1,
    says: /^exit 1: 2 failures at or above medium/,
  },
  'unknowns: 3': { of: 'unknowns', code: 3, says: /^exit 3: incomplete: 3 unknowns at or above low/ },
  'unknowns that must not count: 0, and are named': {
    of: 'unknowns',
    args: ['--fail-on-unknown', 'never'],
    code: 0,
    says: /^exit 0: .*3 findings below/,
  },
  'unknowns that the scan did not count: 0': { of: 'unknowns that the scan never counted', code: 0, says: /^exit 0: .*3 findings below/ },
  'unknowns that the scan did not count, and --fail-on: 3, for it is for unknowns too': {
    of: 'unknowns that the scan never counted',
    args: ['--fail-on', 'low'],
    code: 3,
    says: /^exit 3: incomplete: 3 unknowns at or above low/,
  },
  'no failure counts: nor does an unknown': { of: 'failures and unknowns', args: ['--fail-on', 'none'], code: 0, says: /^exit 0/ },
  'failures before unknowns: 1, and both are named': {
    of: 'failures and unknowns',
    code: 1,
    says: /^exit 1: 2 failures .*; also incomplete: \d+ unknowns/,
  },
  'a gap: 3': { of: 'a gap', args: ['--fail-on', 'critical'], code: 3, says: /^exit 3: incomplete: 1 gap in what was read/ },
  'nothing could be read: 4, whatever is asked': {
    of: 'nothing read',
    args: ['--fail-on', 'none', '--fail-on-unknown', 'never'],
    code: 4,
    says: /^exit 4: no scope could be read/,
  },
};

describe('sealcheck gate', () => {
  it.each(Object.entries(cases))('%s', async (_name, { of, args = [], code, says }) => {
    const file = join(temporaryFolder(), 'findings.json');
    writeFileSync(file, JSON.stringify(await saved(of)));
    const run = await runCli(['gate', file, ...args]);
    expect(run).toMatchObject({ code, stderr: '' });
    expect(run.stdout).toMatch(says);
  });

  it('says of every result what the scan said of it', async () => {
    for (const name of Object.keys(sources) as Source[]) {
      const result = await saved(name);
      const run = await runCli(['gate', '-'], { stdin: JSON.stringify(result) });
      expect(run.code).toBe(result.run.exitCode);
    }
  });

  it('says of an interrupted scan that it was, whatever is asked', async () => {
    const { run, ...rest } = await saved('two medium failures');
    const stdin = JSON.stringify({ ...rest, run: { ...run, outcome: 'interrupted', exitCode: 130 } });
    const gated = await runCli(['gate', '-', '--fail-on', 'none'], { stdin });
    expect(gated.code).toBe(130);
    expect(gated.stdout).toMatch(/^exit 130: interrupted/);
  });

  it.each([0, 1])('refuses a result of two failures that holds %i of them: it would pass', async (left) => {
    const result = await saved('two medium failures');
    const failures = result.findings.filter(({ status }) => status === 'fail').slice(0, left);
    const run = await runCli(['gate', '-'], { stdin: JSON.stringify({ ...result, findings: failures }) });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`it holds ${left} findings that are fail, and counts 2`);
  });

  it('refuses --fail-on-new where nothing was compared: all would pass as not new', async () => {
    const run = await runCli(['gate', '-', '--fail-on-new'], { stdin: JSON.stringify(await saved('two medium failures')) });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^error: --fail-on-new goes with the result of a scan that compared.*\n {2}scan with --baseline/);
  });

  it('tells what is new from what the baseline has, with --fail-on-new alone', async () => {
    const folder = temporaryFolder();
    const plan = fileURLToPath(new URL('../fixtures/plans/acme/first-plan.json', import.meta.url));
    await runCli(['scan', plan, '-f', 'json=before.json', '--tag', 'rotation'], { cwd: folder });
    await runCli(['scan', plan, '-f', 'json=same.json', '--baseline', 'before.json', '--tag', 'rotation'], { cwd: folder });
    await runCli(['scan', plan, '-f', 'json=more.json', '--baseline', 'before.json'], { cwd: folder });
    const same = await runCli(['gate', 'same.json', '--fail-on-new'], { cwd: folder });
    expect(same.code).toBe(0);
    expect(same.stdout).toMatch(/^exit 0: .*that the baseline has too/);
    expect((await runCli(['gate', 'same.json'], { cwd: folder })).code).toBe(1);
    const more = await runCli(['gate', 'more.json', '--fail-on-new'], { cwd: folder });
    expect(more.code).toBe(1);
    expect(more.stdout).toMatch(/^exit 1: \d+ new failures/);
  });

  it('takes what a first kept run found for new', async () => {
    const cwd = temporaryFolder();
    const plan = fileURLToPath(new URL('../fixtures/plans/acme/first-plan.json', import.meta.url));
    await runCli(['scan', plan, '-f', 'json=first.json', '--state-dir', 'state'], { cwd });
    await runCli(['scan', plan, '-f', 'json=second.json', '--state-dir', 'state'], { cwd });
    const first = await runCli(['gate', 'first.json', '--fail-on-new'], { cwd });
    expect([first.code, first.stdout]).toEqual([1, expect.stringMatching(/^exit 1: \d+ new failures/)]);
    expect((await runCli(['gate', 'second.json', '--fail-on-new'], { cwd })).code).toBe(0);
  });

  it('warns of a result without resources', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'empty.yaml'), 'AWSTemplateFormatVersion: "2010-09-09"\nResources: {T: {Type: "AWS::SNS::Topic"}}\n');
    await runCli(['scan', 'empty.yaml', '-f', 'json=findings.json'], { cwd: folder });
    const result = JSON.parse(readFileSync(join(folder, 'findings.json'), 'utf8')) as ScanResult;
    expect(result.summary.resources).toBe(0);
    expect(await runCli(['gate', 'findings.json'], { cwd: folder })).toMatchObject({
      code: 0,
      stderr: 'warning: there was no resource to judge\n',
    });
  });

  it.each([
    ['what is no result', '{"a": 1}', /^error: standard input is not a result of sealcheck/],
    ['half a result', '{"schemaVersion": 1, "findings": []}', /^error: standard input is not as sealcheck wrote it/],
    ['a result of another version', '{"schemaVersion": 9}', /^error: standard input has schema version 9/],
  ])('refuses %s', async (_name, stdin, says) => {
    const run = await runCli(['gate', '-'], { stdin });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(says);
  });
});
