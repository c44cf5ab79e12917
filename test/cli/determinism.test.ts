import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sampleAccounts } from '../../src/endpoint/sample-account.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { needsOf } from '../../src/scan.ts';
import { reporters } from '../../src/reporters/index.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { savedAccountFile } from '../support/saved-account.ts';
import { pack, scanTime } from '../support/scan-endpoint.ts';
import { serve } from '../support/serve-account.ts';

/** Text goes to standard output, every other format to a file of its name. */
const files = reporters.flatMap(({ name }) => (name === 'text' ? [] : [name]));
const formats = ['-f', 'text', ...files.flatMap((name) => ['-f', `${name}=${name}`])];

/** Every byte that a scan gives, standard error too. */
async function everyByte(args: readonly string[], url?: string): Promise<readonly string[]> {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await runCli(['scan', ...args, '-q', ...formats], { cwd, ...(url === undefined ? {} : { url }) });
  return [String(code), stdout, stderr, ...files.map((name) => readFileSync(join(cwd, name), 'utf8'))];
}

async function resultOf(args: readonly string[], url?: string): Promise<ScanResult> {
  const { stdout } = await runCli(['scan', ...args, '-q', '-f', 'json'], url === undefined ? {} : { url });
  return JSON.parse(stdout) as ScanResult;
}

describe('the same input gives the same bytes', () => {
  it('a saved account', async () => {
    const file = await savedAccountFile('sample');
    const first = await everyByte([file]);
    await delay(20);
    expect(await everyByte([file])).toEqual(first);
  });

  it('a live account with --as-of, whatever the order of the answers', async () => {
    const accounts = sampleAccounts(scanTime);
    const asOf = ['--aws', '--region', 'all', '--inspect-values', '--as-of', new Date(scanTime).toISOString()];
    const [quick, slow] = [
      await serve(accounts),
      await serve(accounts, [
        { operation: '*', kind: 'short-pages' },
        { operation: 'kms:*', kind: 'latency', ms: 25 },
      ]),
    ];
    expect(await everyByte(asOf, slow.url)).toEqual(await everyByte(asOf, quick.url));
  });

  it('a live account, and the same one collected and judged later, give the same verdicts', async () => {
    const { url } = await serve(sampleAccounts(scanTime));
    const cwd = temporaryFolder();
    const asOf = ['--as-of', new Date(scanTime).toISOString(), '-f', 'json'];
    const live = await runCli(['scan', '--aws', '-q', ...asOf], { url });
    expect((await runCli(['collect', '--aws', '-q', '-o', 'account.json'], { url, cwd })).code).toBe(0);
    const saved = await runCli(['scan', 'account.json', ...asOf], { cwd });
    expect(saved.code).toBe(live.code);
    const [a, b] = [JSON.parse(live.stdout) as ScanResult, JSON.parse(saved.stdout) as ScanResult];
    // What was collected for all policies shows more beside a verdict, such as tags; the verdicts are the same.
    const verdicts = ({ findings }: ScanResult): unknown =>
      findings.map(({ resource: _, ...finding }) => ({ ...finding, evidence: undefined }));
    expect(verdicts(b)).toEqual(verdicts(a));
    const file = JSON.parse(readFileSync(join(cwd, 'account.json'), 'utf8')) as { scopes: { resources: { type: string }[] }[] };
    // Collected for whoever writes policies about them; the built-in pack does not, and a scan of it does not read them.
    const needs = needsOf(pack());
    const unread = file.scopes.flatMap(({ resources }) => resources).filter(({ type }) => !needs.has(type)).length;
    expect(unread).toBeGreaterThan(0);
    expect(b.summary).toEqual({ ...a.summary, resources: a.summary.resources + unread });
    const judged = ({ scopes }: ScanResult): unknown =>
      scopes.map((scope) => ({ ...scope, resources: Object.entries(scope.resources).filter(([type]) => needs.has(type)) }));
    expect(judged(b)).toEqual(judged(a));
  });
});

describe('with a fixed clock nothing says when or how long the scan ran', () => {
  it.each(['json', 'sarif', 'text'])('%s', async (format) => {
    const { url } = await serve(sampleAccounts(scanTime));
    const asOf = '2027-03-04T05:06:07.000Z';
    const before = Date.now();
    const { stdout, stderr } = await runCli(['scan', '--aws', '-q', '--as-of', asOf, '-f', format], { url });
    const said = stdout + stderr;
    expect(said).not.toMatch(/startedAt|startTimeUtc|endTimeUtc|durationMs| \d+\.\d s\b/);
    for (let minute = before - 60_000; minute <= Date.now() + 60_000; minute += 60_000) {
      expect(said).not.toContain(new Date(minute).toISOString().slice(0, 16));
    }
    if (format === 'json') expect(said).toContain(asOf);
  });

  it('and without one the run is told apart', async () => {
    const { url } = await serve(sampleAccounts(Date.now()));
    const [first, second] = [await resultOf(['--aws'], url), await resultOf(['--aws'], url)];
    expect(first.run.id).not.toBe(second.run.id);
    expect(first.run.startedAt).toMatch(/^\d{4}-/);
    expect(first.run.durationMs).toBeGreaterThanOrEqual(0);
    expect(second.findings.map(({ id, status }) => [id, status])).toEqual(first.findings.map(({ id, status }) => [id, status]));
  });
});

describe('the clock', () => {
  it('of a saved account is when it was collected', async () => {
    const file = await savedAccountFile('sample');
    const result = await resultOf([file]);
    expect(result.run.asOf).toBe(new Date(scanTime).toISOString());
    expect((await resultOf([file, '--as-of', new Date(scanTime).toISOString()])).run).toEqual(result.run);
  });

  it('decides what is overdue', async () => {
    const file = await savedAccountFile('sample');
    const overdue = async (...args: readonly string[]): Promise<number> => {
      const { summary } = await resultOf([file, '--policy', 'secretsmanager-rotation-on-schedule', ...args]);
      return summary.findings.fail;
    };
    const atCollection = await overdue();
    expect(await overdue('--as-of', new Date(scanTime + 400 * 86_400_000).toISOString())).toBeGreaterThan(atCollection);
    expect(await overdue('--as-of', '2020-01-01')).toBeLessThan(atCollection);
  });

  it('is part of the run’s id, as are params and thresholds', async () => {
    const file = await savedAccountFile('sample');
    const id = 'secretsmanager-rotation-interval';
    const runs = [[], ['--as-of', '2027-01-01'], ['--param', `${id}.maxDays=30`], ['--fail-on', 'high'], ['--policy', id]];
    const ids = await Promise.all(runs.map(async (args) => (await resultOf([file, ...args])).run.id));
    expect(new Set(ids).size).toBe(runs.length);
  });
});
