import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { reporters } from '../../src/reporters/index.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { savedAccountFile } from '../support/saved-account.ts';

const key = 'FAKE-KEY-OF-A-TEST-0123456789';
const env = { SEALCHECK_REDACT_KEY: key };
const both = ['--redact', 'account,name'];

async function scanned(): Promise<{ readonly file: string; readonly result: ScanResult }> {
  const file = await savedAccountFile('sample');
  return { file, result: JSON.parse((await runCli(['scan', file, '-f', 'json', '--as-of', '2026-11-20'])).stdout) as ScanResult };
}

describe('--redact', () => {
  it('leaves no account id and no name of a sample account in any format, on standard error neither', async () => {
    const { file, result } = await scanned();
    const cwd = temporaryFolder();
    const formats = reporters.flatMap(({ name }) => ['-f', `${name}=${name}.out`]);
    const run = await runCli(['scan', file, ...both, ...formats], { cwd, env });
    expect(run.code).toBe(1);
    const accounts = new Set(result.scopes.flatMap(({ account }) => account ?? []));
    const names = new Set(result.findings.map(({ resource }) => resource.name).filter((name) => /[^a-z]/.test(name) && name.length > 5));
    expect(accounts.size).toBeGreaterThan(0);
    expect(names.size).toBeGreaterThan(20);
    const outputs = [
      ...reporters.map(({ name }) => [name, readFileSync(join(cwd, `${name}.out`), 'utf8')] as const),
      ['streams', run.stdout + run.stderr] as const,
    ];
    for (const [name, text] of outputs)
      expect(
        [...accounts, ...names].filter((one) => text.includes(one)),
        name,
      ).toEqual([]);
  });

  it('gives the same pseudonyms in scan and report, and from run to run', async () => {
    const { file, result } = await scanned();
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'findings.json'), JSON.stringify(result));
    writeFileSync(join(cwd, 'redact.key'), `${key}\n`);
    const runs = [
      await runCli(['scan', file, '--as-of', '2026-11-20', '-f', 'json', ...both], { cwd, env }),
      await runCli(['report', 'findings.json', '-f', 'json', ...both, '--redact-key-file', 'redact.key'], { cwd }),
      await runCli(['report', '-', '-f', 'json', '--redact', 'name,account'], { cwd, env, stdin: JSON.stringify(result) }),
    ];
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1);
    expect((JSON.parse(runs[0]?.stdout ?? '') as ScanResult).run.redacted).toEqual(['account', 'name']);
  });

  it('redacts the evidence by control too', async () => {
    const { result } = await scanned();
    const args = ['report', '-', '--framework', 'aws-fsbp', '-f', 'json', '--redact', 'account'];
    const run = await runCli(args, { env, stdin: JSON.stringify(result) });
    expect(run.code).toBe(0);
    for (const { account } of result.scopes) expect(run.stdout).not.toContain(account ?? '?');
  });

  it('knows a run of the history again', async () => {
    const { result } = await scanned();
    const cwd = temporaryFolder();
    const { id, asOf } = result.run;
    const { findings, bySeverity } = result.summary;
    const points = [
      { runId: 'earlier', asOf: '2026-10-01T00:00:00.000Z', findings, bySeverity },
      { runId: id, asOf, findings, bySeverity },
    ];
    writeFileSync(join(cwd, 'history.ndjson'), points.map((point) => JSON.stringify(point)).join('\n'));
    const args = ['report', '-', '-f', 'html', '--history', 'history.ndjson'];
    for (const redact of [[], ['--redact', 'account'], both]) {
      const run = await runCli([...args, ...redact], { cwd, env, stdin: JSON.stringify(result) });
      expect(run.stdout, redact.join(' ')).toContain('The last 2 runs.');
    }
    const bare = await runCli([...args, ...both], { cwd, stdin: JSON.stringify(result) });
    expect(bare).toMatchObject({ code: 2, stdout: '' });
  });

  it.each<readonly [what: string, args: readonly string[], env: { readonly [name: string]: string }, said: RegExp]>([
    ['no key', both, {}, /--redact needs a key[\s\S]*openssl rand -hex 32/],
    ['an empty key', both, { SEALCHECK_REDACT_KEY: ' ' }, /--redact needs a key/],
    ['a short key', both, { SEALCHECK_REDACT_KEY: 'hunter2' }, /the key of --redact is too short/],
    ['a key file that is not there', [...both, '--redact-key-file', 'no.key'], env, /there is no key file no\.key/],
    ['a key file without --redact', ['--redact-key-file', 'no.key'], env, /--redact-key-file goes with --redact/],
    ['a misspelt word', ['--redact', 'acount'], env, /did you mean account\?/],
    ['another word', ['--redact', 'region'], env, /write account,name or one of them/],
  ])('with %s is 2, before anything is read, and never shows the key', async (_, args, given, said) => {
    const run = await runCli(['scan', 'no-such-account.json', ...args], { env: given });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(said);
    expect(run.stderr).not.toMatch(/hunter2|FAKE-KEY/);
  });

  it('does not redact what is redacted, nor compare with it', async () => {
    const { file, result } = await scanned();
    const cwd = temporaryFolder();
    const { stdout } = await runCli(['report', '-', '-f', 'json', ...both], { env, stdin: JSON.stringify(result) });
    const again = await runCli(['report', '-', ...both], { env, stdin: stdout });
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toMatch(/account and name of this result are pseudonyms already/);
    expect(await runCli(['report', '-'], { stdin: stdout })).toMatchObject({ code: 0, stderr: '' });
    writeFileSync(join(cwd, 'before.json'), stdout);
    const compared = await runCli(['scan', file, '--baseline', 'before.json'], { cwd });
    expect(compared).toMatchObject({ code: 2, stdout: '' });
    expect(compared.stderr).toMatch(/the baseline before\.json is redacted/);
  });
});
