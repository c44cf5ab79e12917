import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FrameworkEvidence } from '../../src/model/control-evidence.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { reporters } from '../../src/reporters/index.ts';
import { sampleResult } from '../reporters/sample-result.ts';
import { runCli, temporaryFolder, type CliRun } from '../support/run-cli.ts';
import { savedAccountFile } from '../support/saved-account.ts';

/** Made once, in the test that comes first. */
let made: Promise<CliRun> | undefined;
async function findingsText(): Promise<string> {
  made ??= savedAccountFile('sample').then((file) => runCli(['scan', file, '-f', 'json']));
  return (await made).stdout;
}

async function report(args: readonly string[], text?: string): Promise<CliRun & { readonly folder: string }> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'findings.json'), text ?? (await findingsText()));
  return { ...(await runCli(['report', ...args], { cwd: folder })), folder };
}

describe('report of a saved result', () => {
  it('gives byte for byte what the scan itself gave, in every format', async () => {
    const cwd = temporaryFolder();
    const file = await savedAccountFile('sample');
    const formats = (folder: string): readonly string[] => reporters.flatMap(({ name }) => ['-f', `${name}=${folder}/${name}`]);
    const scanned = await runCli(['scan', file, '--as-of', '2026-11-20', ...formats('scan')], { cwd });
    expect(scanned.code).toBe(1);
    const reported = await runCli(['report', 'scan/json', ...formats('report')], { cwd });
    expect(reported.code).toBe(0);
    for (const { name } of reporters) {
      expect(readFileSync(join(cwd, 'report', name), 'utf8'), name).toBe(readFileSync(join(cwd, 'scan', name), 'utf8'));
    }
  });

  it('is text on standard output, and exits 0 whatever it says', async () => {
    const run = await report(['findings.json']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('exit 1: ');
  });
});

describe('report --history', () => {
  const counts = { pass: 1, fail: 2, unknown: 0, waived: 0, not_applicable: 0 };
  const none = { fail: 0, unknown: 0 };
  const point = {
    runId: 'earlier',
    asOf: '2026-10-01T00:00:00.000Z',
    findings: counts,
    bySeverity: { critical: { fail: 2, unknown: 0 }, high: none, medium: none, low: none, info: none },
  };

  it('draws the earlier runs; empty lines count for nothing', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'findings.json'), JSON.stringify(sampleResult()));
    writeFileSync(join(folder, 'history.ndjson'), `${JSON.stringify(point)}\n\n`);
    const run = await runCli(['report', 'findings.json', '--history', 'history.ndjson', '-f', 'html'], { cwd: folder });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('The last 2 runs.');
  });

  it.each([
    ['no JSON', '{'],
    ['another object', '{"a":1}'],
    ['a list', '[]'],
    ['a time that is none', JSON.stringify({ ...point, asOf: 'yesterday' })],
    ['a count that is none', JSON.stringify({ ...point, findings: { ...counts, fail: -1 } })],
    ['a severity that is missing', JSON.stringify({ ...point, bySeverity: {} })],
  ])('names the line of what is no run: %s', async (_, line) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'findings.json'), JSON.stringify(sampleResult()));
    writeFileSync(join(folder, 'history.ndjson'), `${JSON.stringify(point)}\n${line}\n`);
    const run = await runCli(['report', 'findings.json', '--history', 'history.ndjson', '-f', 'html'], { cwd: folder });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('history.ndjson has no run in line 2');
  });

  it('that is not there is a mistake before anything is scanned', async () => {
    const run = await runCli(['scan', '--aws', '--history', 'nowhere.ndjson'], { cwd: temporaryFolder() });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('there is no history nowhere.ndjson');
  });
});

describe('report --framework', () => {
  it('says of each requirement what the run found, and counts as the run does', async () => {
    const run = await report(['findings.json', '--framework', 'aws-fsbp', '-f', 'json']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const { requirements, summary } = JSON.parse(run.stdout) as FrameworkEvidence;
    const { policies } = JSON.parse(await findingsText()) as ScanResult;
    const rotation = requirements.find(({ id }) => id === 'SecretsManager.1');
    expect(rotation).toMatchObject({
      status: 'not_met',
      counts: policies.find(({ id }) => id === 'secretsmanager-rotation-enabled')?.counts,
    });
    for (const { status, counts, policies: judged } of requirements) {
      if (status === 'met') expect([counts.fail, counts.unknown, judged.flatMap(({ reasons }) => reasons)]).toEqual([0, 0, []]);
      if (judged.length === 0) expect(status).toBe('not_covered');
    }
    expect(Object.values(summary).reduce((sum, count) => sum + count, 0)).toBe(requirements.length);
    expect(summary.not_met).toBeGreaterThan(0);
  });

  it('is text for the terminal, and files beside it', async () => {
    const run = await report(['findings.json', '--framework', 'pci-dss-4', '-f', 'markdown=e/a.md', '-f', 'csv=e/a.csv']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^PCI DSS 4\.0\.1\n/);
    expect(run.stdout).toMatch(/^not met +8\.6\.3 /m);
    expect(run.stdout).toMatch(/^not covered +8\.6\.1 /m);
    expect(readFileSync(join(run.folder, 'e/a.md'), 'utf8')).toContain('# PCI DSS 4.0.1');
    expect(readFileSync(join(run.folder, 'e/a.csv'), 'utf8')).toContain('pci-dss-4,8.6.3,');
  });

  it('reads standard input', async () => {
    const run = await runCli(['report', '-', '--framework', 'cis-aws-5'], { stdin: await findingsText() });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('3.6');
  });

  it('list names the frameworks', async () => {
    const run = await runCli(['report', '--framework', 'list']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    for (const id of ['aws-fsbp', 'nist-800-53-r5', 'pci-dss-4'])
      expect(run.stdout).toMatch(new RegExp(`^${id} .* [1-9]\\d* of \\d+ requirements covered$`, 'm'));
  });
});

describe('mistakes are 2, and say what to do', () => {
  const edited = (change: (result: ScanResult) => unknown): string => JSON.stringify(change(sampleResult()));
  const ok = ['findings.json', '--framework', 'pci-dss-4'];
  const cases: readonly (readonly [what: string, args: readonly string[], said: RegExp, text?: string])[] = [
    ['no such framework and no such file', ['gone.json'], /there is no gone\.json/],
    [
      'an unknown framework',
      ['findings.json', '--framework', 'pci-dss'],
      /there is no framework pci-dss\n +did you mean pci-dss-4\? there are aws-fsbp, /,
    ],
    ['no result', ['--framework', 'pci-dss-4'], /no result to report on/],
    ['a file that is not there', ['no.json', '--framework', 'pci-dss-4'], /there is no no\.json\n +make one with sealcheck scan/],
    ['an unknown format', [...ok, '-f', 'sarif'], /there is no format sarif/],
    ['no JSON', ok, /findings\.json is not a result of sealcheck/, '{ CANARY'],
    ['a plan', ok, /findings\.json is not a result of sealcheck/, '{"format_version":"1.2"}'],
    ['another version', ok, /schema version 2, and this version of sealcheck reads 1/, edited((one) => ({ ...one, schemaVersion: 2 }))],
    ['no policies', ok, /it must have required property 'policies'/, edited((one) => ({ ...one, policies: undefined }))],
    [
      'counts that are none',
      ok,
      /policies\[0\]\.counts/,
      edited((one) => ({ ...one, policies: [{ ...one.policies[0], counts: { pass: -1 } }] })),
    ],
    ['a status that is none', ok, /findings\[0\]/, edited((one) => ({ ...one, findings: [{ ...one.findings[0], status: 'ok' }] }))],
    ['a scope that is none', ok, /scopes\[0\] must be object/, edited((one) => ({ ...one, scopes: ['aws'] }))],
    ['a run that is none', ok, /run\.asOf must be string/, edited((one) => ({ ...one, run: { ...one.run, asOf: 1 } }))],
  ];
  it.each(cases.map(([what, args, said, text]) => ({ what, args, said, text })))('$what', async ({ args, said, text }) => {
    const run = await report(args, text);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(said);
    expect(run.stderr).not.toContain('CANARY');
  });
});
