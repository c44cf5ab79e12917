import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RunState } from '../../src/model/run-state.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { runCli, temporaryFolder, type CliRun } from '../support/run-cli.ts';

const bad = `Resources:
  Db:
    Type: AWS::SecretsManager::Secret
    Properties: { Name: app/db, Description: a }
`;
const rotates = 'secretsmanager-rotation-enabled';

/** A folder with a template, and a scan of it that keeps its runs there. */
function project(): { readonly cwd: string; readonly scan: (day: string, ...args: readonly string[]) => Promise<CliRun> } {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'template.yaml'), bad);
  return {
    cwd,
    scan: async (day, ...args) => await runCli(['scan', 'template.yaml', '--policy', rotates, '--as-of', day, ...args], { cwd }),
  };
}

const kept = (cwd: string): readonly string[] => readdirSync(join(cwd, 'state', 'runs'));

describe('scan --state-dir', () => {
  it('keeps runs one after the other, the newest readable as it is, and their history', async () => {
    const { cwd, scan } = project();
    const first = await scan('2026-01-01', '--state-dir', 'state');
    const second = await scan('2026-01-02', '--state-dir', 'state', '-f', 'json=second.json');
    expect([first.code, second.code]).toEqual([1, 1]);
    expect([first.stderr, second.stderr]).toEqual([
      expect.stringMatching(/^kept as run 1 in state\/$/m) as string,
      expect.stringMatching(/^kept as run 2 in state\/$/m) as string,
    ]);
    expect(second.stdout).toContain('compared with 2026-01-01: 0 new · 1 persisting · 0 fixed · 0 not judged');
    expect(kept(cwd)).toEqual(['00000001.json.gz', '00000002.json.gz']);
    const latest = readFileSync(join(cwd, 'state/latest/findings.json'), 'utf8');
    expect(latest).toBe(readFileSync(join(cwd, 'second.json'), 'utf8'));
    const history = readFileSync(join(cwd, 'state/history.ndjson'), 'utf8').trim().split('\n');
    expect(history.map((line) => (JSON.parse(line) as { sequence: number }).sequence)).toEqual([1, 2]);
    const report = await runCli(['report', 'state/latest/findings.json', '--history', 'state/history.ndjson', '-f', 'html'], { cwd });
    expect(report.code).toBe(0);
    expect(report.stdout.includes('The last 2 runs.')).toBe(true);
  });

  it('says since when a finding is open and that it is overdue, by the days of the configuration', async () => {
    const { cwd, scan } = project();
    writeFileSync(
      join(cwd, 'sealcheck.config.yaml'),
      'apiVersion: sealcheck/v1\nstateDir: state\ndueDays: { medium: 10, high: none }\nretainDays: 30\n',
    );
    await scan('2026-01-01');
    const later = await scan('2026-01-12');
    expect(later.stdout).toMatch(/open 11 days {2}overdue since 2026-01-11/);
    expect(later.stdout).toContain('1 overdue');
    const { result } = JSON.parse(gunzipSync(readFileSync(join(cwd, 'state/runs/00000002.json.gz'))).toString()) as { result: ScanResult };
    expect(result.findings[0]).toMatchObject({ firstSeen: '2026-01-01T00:00:00.000Z', dueAt: '2026-01-11T00:00:00.000Z' });
    const settings = await runCli(['scan', 'template.yaml', '--print-config'], { cwd });
    expect(settings.stdout).toMatch(/^stateDir: state +# sealcheck\.config\.yaml:2$/m);
    expect(settings.stdout).toMatch(/^dueDays: \{.*medium: 10.*\} +# sealcheck\.config\.yaml:3$/m);
  });

  it('--fail-on-new: all that is there in the first run, then only what is new', async () => {
    const { cwd, scan } = project();
    const gate = ['--state-dir', 'state', '--fail-on-new'];
    const codes = [(await scan('2026-01-01', ...gate)).code, (await scan('2026-01-02', ...gate)).code];
    writeFileSync(join(cwd, 'template.yaml'), `${bad}  Other:\n    Type: AWS::SecretsManager::Secret\n`);
    codes.push((await scan('2026-01-03', ...gate)).code);
    expect(codes).toEqual([1, 0, 1]);
  });

  it('takes away runs that are older than --retain, but never the last ten', async () => {
    const { cwd, scan } = project();
    for (let day = 1; day <= 13; day += 1) await scan(`2026-01-${String(day).padStart(2, '0')}`, '--state-dir', 'state', '--retain', '1');
    // The clock of retention is the real one, so all of these are old.
    expect(kept(cwd)).toEqual(Array.from({ length: 10 }, (_, index) => `${String(index + 4).padStart(8, '0')}.json.gz`));
    const history = readFileSync(join(cwd, 'state/history.ndjson'), 'utf8').trim().split('\n');
    expect(history).toHaveLength(13);
  });

  it('two runs at once are both kept, one compared with the other', async () => {
    const { cwd, scan } = project();
    await scan('2026-01-01', '--state-dir', 'state');
    const both = await Promise.all([1, 2, 3].map(async () => await scan('2026-01-02', '--state-dir', 'state')));
    expect(both.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(kept(cwd)).toHaveLength(4);
    const runs = kept(cwd).map(
      (name) => JSON.parse(gunzipSync(readFileSync(join(cwd, 'state/runs', name))).toString()) as { sequence: number; result: ScanResult },
    );
    expect(runs.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(runs.slice(1).map(({ result }) => result.run.baseline?.runId)).toEqual(runs.slice(0, 3).map(({ result }) => result.run.id));
    expect(readFileSync(join(cwd, 'state/history.ndjson'), 'utf8').trim().split('\n')).toHaveLength(4);
  });

  it('with --redact the reports are redacted and what is kept is not, so that the next run can be compared', async () => {
    const { cwd, scan } = project();
    const options = ['--state-dir', 'state', '--redact', 'name,account', '-f', 'json=public.json'];
    writeFileSync(join(cwd, 'key'), 'FAKE-key-of-a-test-FAKE-key-of-a-test');
    await scan('2026-01-01', ...options, '--redact-key-file', 'key');
    const second = await scan('2026-01-02', ...options, '--redact-key-file', 'key');
    expect(second.stderr).not.toContain('error');
    expect(readFileSync(join(cwd, 'public.json'), 'utf8')).not.toContain('app/db');
    expect(readFileSync(join(cwd, 'state/latest/findings.json'), 'utf8')).toContain('app/db');
    expect((JSON.parse(readFileSync(join(cwd, 'public.json'), 'utf8')) as ScanResult).run.baseline).toMatchObject({ persisting: 1 });
  });

  const mistakes: readonly (readonly [name: string, args: readonly string[], code: number, text: RegExp])[] = [
    [
      'a state and a baseline',
      ['--state-dir', 'state', '--baseline', 'a.json'],
      2,
      /--baseline and --state-dir each say what to compare with/,
    ],
    ['a state that is a file', ['--state-dir', 'template.yaml'], 4, /template\.yaml/],
    ['a bucket without a name', ['--state-dir', 's3://'], 2, /s3:\/\/BUCKET/],
    ['days that are no number', ['--state-dir', 'state', '--retain', '-1'], 2, /write a number of days/],
  ];
  it.each(mistakes)('%s', async (_name, args, code, text) => {
    const { scan } = project();
    const run = await scan('2026-01-01', ...args);
    expect(run.code).toBe(code);
    expect(run.stderr).toMatch(text);
    expect(run.stdout).toBe('');
  });

  it('makes no state where something else is wrong', async () => {
    const { cwd, scan } = project();
    const run = await scan('2026-01-01', '--state-dir', 'state', '-f', 'sarf=a.sarif');
    expect([run.code, readdirSync(cwd)]).toEqual([2, ['template.yaml']]);
  });

  it('a run before the last one that is kept is refused, and nothing is kept', async () => {
    const { cwd, scan } = project();
    await scan('2026-01-02', '--state-dir', 'state');
    const run = await scan('2026-01-01', '--state-dir', 'state');
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(/this run is as of 2026-01-01T00:00:00.000Z, before the last one that is kept \(2026-01-02T00:00:00.000Z\)/);
    expect(kept(cwd)).toHaveLength(1);
  });

  const damages: readonly (readonly [name: string, bytes: Buffer, text: RegExp])[] = [
    [
      'what is no gzip',
      Buffer.from('{"stateVersion":1,"FAKE-canary":1}'),
      /state\/runs\/00000002\.json\.gz cannot be read: it is no compressed JSON/,
    ],
    ['what was cut off', gzipSync('{"stateVersion":1,"FAKE-canary":1}').subarray(0, 20), /cannot be read/],
    ['another version', gzipSync('{"stateVersion":2,"FAKE-canary":1}'), /is of a version that this sealcheck does not read/],
    [
      'a run that is none',
      gzipSync('{"stateVersion":1,"sequence":2,"result":{"schemaVersion":1,"FAKE-canary":1}}'),
      /does not hold a run as sealcheck writes it/,
    ],
  ];
  it.each(damages)('%s in place of the last run is an error before anything is scanned', async (_name, bytes, text) => {
    const { cwd, scan } = project();
    await scan('2026-01-01', '--state-dir', 'state');
    writeFileSync(join(cwd, 'state/runs/00000002.json.gz'), bytes);
    const run = await scan('2026-01-02', '--state-dir', 'state');
    expect([run.code, run.stdout]).toEqual([4, '']);
    expect(run.stderr).toMatch(text);
    expect(run.stderr).not.toContain('FAKE-canary');
    expect(kept(cwd)).toHaveLength(2);
  });

  type Kept = { -readonly [part in keyof RunState]: RunState[part] extends readonly unknown[] ? unknown[] : RunState[part] };
  const spoilt: readonly (readonly [name: string, spoil: (run: Kept) => void])[] = [
    ['a finding of no resource', ({ result }) => Object.assign(result.findings[0] ?? {}, { resource: {} })],
    ['a finding of no status that there is', ({ result }) => Object.assign(result.findings[0] ?? {}, { status: 'FAIL' })],
    ['a beginning that is no time', ({ result }) => Object.assign(result.findings[0] ?? {}, { firstSeen: 'soon' })],
    ['a finding that is missing', ({ result }) => Object.assign(result, { findings: [] })],
    ['a scope that is none', ({ result }) => Object.assign(result, { scopes: [null] })],
    ['a finding to be judged that is none', (run) => (run.notJudged = [{ ...run.result.findings[0], resource: {} }])],
    ['a fixed finding that is none', (run) => (run.fixed = [null])],
    ['a history of nothing', (run) => (run.history = [null])],
    ['a moment that is none', (run) => (run.whole = { 'cloudformation/.': 'now' })],
  ];
  it.each(spoilt)('a kept run with %s is an error, and not read as if it said less', async (_name, spoil) => {
    const { cwd, scan } = project();
    await scan('2026-01-01', '--state-dir', 'state');
    const file = join(cwd, 'state/runs/00000001.json.gz');
    const run = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Kept;
    spoil(run);
    writeFileSync(file, gzipSync(JSON.stringify(run)));
    const next = await scan('2026-01-02', '--state-dir', 'state');
    expect([next.code, next.stdout]).toEqual([4, '']);
    expect(next.stderr).toMatch(/does not hold a run as sealcheck writes it/);
  });

  it('a run that cannot be kept still writes its reports, and fails', async () => {
    const { cwd, scan } = project();
    await scan('2026-01-01', '--state-dir', 'state');
    // What is in the way is a folder: no user, root neither, can put a file there.
    mkdirSync(join(cwd, 'state/runs/00000002.json.gz'));
    const run = await scan('2026-01-02', '--state-dir', 'state', '-f', 'json=report.json');
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(/^error/m);
  });
});

describe('diff', () => {
  it('of two files: what came, what went', async () => {
    const { cwd, scan } = project();
    await scan('2026-01-01', '-f', 'json=before.json');
    writeFileSync(join(cwd, 'template.yaml'), bad.replace('Db:', 'Other:'));
    await scan('2026-01-02', '-f', 'json=after.json');
    const run = await runCli(['diff', 'before.json', 'after.json'], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/new \(1\)\n +medium +secretsmanager-rotation-enabled +Other\n/);
    expect(run.stdout).toMatch(/fixed \(1\)\n +medium +secretsmanager-rotation-enabled +Db\n/);
    expect(run.stdout).toContain('from 2026-01-01 to 2026-01-02: 1 new · 0 persisting · 1 fixed · 0 not judged');
  });

  it('of kept runs, by number', async () => {
    const { cwd, scan } = project();
    for (const day of ['2026-01-01', '2026-01-02', '2026-01-03']) await scan(day, '--state-dir', 'state');
    const of = async (...args: readonly string[]): Promise<string> =>
      (await runCli(['diff', '--state-dir', 'state', ...args], { cwd })).stdout;
    expect(await of()).toContain('from 2026-01-02 to 2026-01-03: 0 new · 1 persisting');
    expect(await of('--from', '1')).toContain('from 2026-01-01 to 2026-01-03');
    expect(await of('--to', '2')).toContain('from 2026-01-01 to 2026-01-02');
    expect(await of('--to', '1')).toContain('the first run, 2026-01-01: 1 new');
  });

  it('of kept runs knows what one between them had not asked for', async () => {
    const { cwd, scan } = project();
    await scan('2026-01-01', '--state-dir', 'state');
    const other = [
      'scan',
      'template.yaml',
      '--as-of',
      '2026-01-02',
      '--state-dir',
      'state',
      '--policy',
      'secretsmanager-customer-managed-key',
    ];
    await runCli(other, { cwd });
    await scan('2026-01-03', '--state-dir', 'state');
    const last = await runCli(['diff', '--state-dir', 'state'], { cwd });
    expect(last.stdout).toMatch(/: 0 new · 1 persisting · 0 fixed · \d+ not judged/);
  });

  const mistakes: readonly (readonly [name: string, args: readonly string[], text: RegExp])[] = [
    ['two runs the wrong way round', ['--state-dir', 's', '--from', '2', '--to', '1'], /later than --to/],
    ['one file', ['a.json'], /two results are to be compared/],
    ['none', [], /two results are to be compared/],
    ['a file that is not there', ['a.json', 'b.json'], /there is no a\.json/],
    ['numbers without a state', ['--from', '1', 'a.json', 'b.json'], /go with --state-dir/],
    ['a state and files', ['--state-dir', 's', 'a.json', 'b.json'], /name no files beside it/],
    ['a state that is empty', ['--state-dir', 's'], /no run is kept in s\//],
    ['no number', ['--state-dir', 's', '--from', 'x'], /write the number of a run/],
    ['an unknown format', ['-f', 'html', 'a.json', 'b.json'], /there is no format html/],
  ];
  it.each(mistakes)('%s is a mistake', async (_name, args, text) => {
    const run = await runCli(['diff', ...args]);
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(text);
  });
});
