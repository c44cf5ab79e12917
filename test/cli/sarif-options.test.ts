import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SarifLog } from '../../src/reporters/sarif-log.ts';
import { checkGithubProfile } from '../reporters/github-sarif.ts';
import { checkGitlabProfile } from '../reporters/gitlab-sarif.ts';
import { resultOf } from '../reporters/sample-result.ts';
import { liveScope } from '../reporters/sarif-cases.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { savedAccountFile } from '../support/saved-account.ts';

const many = JSON.stringify(
  resultOf([], { scopes: Array.from({ length: 22 }, (_, index) => liveScope(String(100_000_000_000 + index), 'us-east-1')) }),
);

describe('--sarif-profile gitlab', () => {
  it('is what GitLab takes of a scan, and the default what GitHub takes', async () => {
    const cwd = temporaryFolder();
    const file = await savedAccountFile('sample');
    const log = async (...args: readonly string[]): Promise<unknown> =>
      JSON.parse((await runCli(['scan', file, '-f', 'sarif', ...args], { cwd })).stdout);
    expect(checkGitlabProfile(await log('--sarif-profile', 'gitlab'))).toEqual([]);
    expect(checkGithubProfile(await log())).toEqual([]);
    expect(await log('--sarif-profile', 'github')).toEqual(await log());
  });
});

describe('more than 20 accounts', () => {
  it('do not go into one file: the other reports are written, and the exit code is 2', async () => {
    const cwd = temporaryFolder();
    const run = await runCli(['report', '-', '-f', 'sarif=a.sarif', '-f', 'json=a.json'], { cwd, stdin: many });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/SARIF of 22 accounts and roots of code: a file holds at most 20.*\n.*--sarif-split account/);
    expect(readdirSync(cwd)).toEqual(['a.json']);
  });

  it.each([
    ['before the ending', 'out/a.sarif', 'out', /^a\.1000000000\d\d\.sarif$/],
    ['where the name says', 'out/{account}/a.sarif', 'out', /^1000000000\d\d$/],
  ])('are one file each with --sarif-split account: %s', async (_, path, folder, names) => {
    const cwd = temporaryFolder();
    const run = await runCli(['report', '-', '-f', `sarif=${path}`, '--sarif-split', 'account'], { cwd, stdin: many });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const files = readdirSync(join(cwd, folder));
    expect(files).toHaveLength(22);
    for (const file of files) expect(file).toMatch(names);
    const one = readFileSync(join(cwd, path.includes('{') ? 'out/100000000000/a.sarif' : 'out/a.100000000000.sarif'), 'utf8');
    expect((JSON.parse(one) as SarifLog).runs.map(({ automationDetails }) => automationDetails.id)).toEqual([
      'sealcheck/live/100000000000/',
    ]);
  });

  it.each([
    ['to standard output', ['-f', 'sarif', '--sarif-split', 'account'], /--sarif-split makes several files/],
    ['without SARIF', ['--sarif-split', 'account'], /--sarif-split goes with -f sarif=FILE/],
    ['with {account} alone', ['-f', 'sarif={account}.sarif'], /goes with --sarif-split account/],
  ])('split %s is 2', async (_, args, said) => {
    const run = await runCli(['report', '-', ...args], { stdin: many });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(said);
  });
});

describe('a narrower choice of policies', () => {
  it('warns of the alerts that an upload closes, in a report of the saved result too', async () => {
    const cwd = temporaryFolder();
    const file = await savedAccountFile('sample');
    const narrow = await runCli(
      ['scan', file, '--policy', 'secretsmanager-rotation-interval', '-f', 'sarif=a.sarif', '-f', 'json=a.json'],
      { cwd },
    );
    const warning = /warning: sarif: account \d{12} was judged by 1 of \d+ policies: an upload closes the alerts of all others/;
    expect(narrow.stderr).toMatch(warning);
    expect((await runCli(['report', 'a.json', '-f', 'sarif=b.sarif'], { cwd })).stderr).toMatch(warning);
    expect((await runCli(['scan', file, '-f', 'sarif=a.sarif'], { cwd })).stderr).not.toMatch(/policies: an upload/);
  });
});
