import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { writeFiles } from '../support/write-files.ts';

const workflows = '.github/workflows';

describe('sealcheck init', () => {
  it('writes the files, which others may read, and says what is left to do', async () => {
    const cwd = temporaryFolder();
    const run = await runCli(['init', 'github'], { cwd });
    expect([run.code, run.stdout]).toEqual([0, '']);
    expect(run.stderr).toMatch(/^wrote .github\/workflows\/sealcheck-plan\.yml\n[\s\S]*\nWhat is left to do:\n {2}- pin the actions/);
    expect(statSync(join(cwd, workflows, 'sealcheck-plan.yml')).mode & 0o777).toBe(0o644);
  });

  it('writes what is chosen', async () => {
    const cwd = temporaryFolder();
    expect((await runCli(['init', 'github', '--workflow', 'scheduled,plan', '--dir', 'sub'], { cwd })).code).toBe(0);
    expect(readdirSync(join(cwd, 'sub', workflows)).sort()).toEqual(['sealcheck-plan.yml', 'sealcheck-scheduled.yml']);
  });

  it('prints and writes nothing with --dry-run', async () => {
    const cwd = temporaryFolder();
    const run = await runCli(['init', 'gitlab', '--target', 'template.yaml', '--dry-run'], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^==> \.gitlab\/sealcheck\.gitlab-ci\.yml <==\n# Written by sealcheck/);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('leaves what is the same as it is', async () => {
    const cwd = temporaryFolder();
    await runCli(['init', 'github', '--workflow', 'plan'], { cwd });
    const again = await runCli(['init', 'github', '--workflow', 'plan,scheduled'], { cwd });
    expect(again.code).toBe(0);
    expect(again.stderr).toMatch(/^as it was: .*sealcheck-plan\.yml\nwrote .*sealcheck-scheduled\.yml\n/);
  });

  it('refuses to overwrite what differs, names it, and writes nothing at all', async () => {
    const mine = `${workflows}/sealcheck-plan.yml`;
    const cwd = writeFiles({ [mine]: 'name: mine\n' });
    const refused = await runCli(['init', 'github'], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^error: .github\/workflows\/sealcheck-plan\.yml is there and differs\n {2}--force overwrites/);
    expect(readdirSync(join(cwd, workflows))).toEqual(['sealcheck-plan.yml']);
    expect(readFileSync(join(cwd, mine), 'utf8')).toBe('name: mine\n');
    expect((await runCli(['init', 'github', '--force'], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, mine), 'utf8')).toMatch(/^# Written by sealcheck init github/);
  });

  it('fails with 4 where it cannot write, and leaves nothing half-written', async () => {
    const cwd = writeFiles({ '.github': 'a file\n' });
    const run = await runCli(['init', 'github'], { cwd });
    expect(run.code).toBe(4);
    expect(readdirSync(cwd)).toEqual(['.github']);
  });

  it('prints what belongs into a configuration of pre-commit that is there', async () => {
    const cwd = writeFiles({ '.pre-commit-config.yaml': 'repos: []\n' });
    const run = await runCli(['init', 'pre-commit', '--target', 'template.yaml'], { cwd });
    expect(run.code).toBe(2);
    expect(run.stdout).toMatch(/^ {2}- repo: local\n {4}hooks:\n/);
    expect(run.stderr).toMatch(/is there\n {2}add what is printed above/);
    expect(readFileSync(join(cwd, '.pre-commit-config.yaml'), 'utf8')).toBe('repos: []\n');
    expect((await runCli(['init', 'pre-commit', '--target', 'template.yaml', '--force'], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, '.pre-commit-config.yaml'), 'utf8')).toContain('- id: sealcheck\n');
  });

  it.each([
    ['github', ['--branch', "main'; id; '"], /--branch/],
    ['github', ['--branch', '-x'], /--branch/],
    ['github', ['--terraform', 'a b'], /--terraform/],
    ['github', ['--terraform', 'a\nb: c'], /--terraform/],
    ['github', ['--template', '${{ github.token }}'], /--template/],
    ['github', ['--role-arn', 'arn:aws:iam::1:role/x'], /--role-arn/],
    ['github', ['--region', 'us-east-1; id'], /--region/],
    ['github', ['--state', 's3://b/$(id)'], /--state/],
    ['github', ['--workflow', 'plna'], /did you mean plan/],
    ['gitlab', ['--target', '$(id)'], /--target/],
    ['gitlab', ['--target', '--exit-zero'], /--target/],
    ['gitlab', [], /nothing to judge/],
    ['pre-commit', ['--target', 'a"b'], /--target/],
    ['pre-commit', [], /nothing to judge/],
    ['gihtub', [], /github/],
  ])('%s %j is a mistake: 2, and nothing is written', async (kit, args, says) => {
    const cwd = temporaryFolder();
    const run = await runCli(['init', kit, ...args], { cwd });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(says);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('follows no folder that is a file', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'a'));
    writeFileSync(join(cwd, 'a/b'), '');
    expect((await runCli(['init', 'github', '--dir', 'a/b'], { cwd })).code).toBe(4);
    expect(existsSync(join(cwd, 'a/b/.github'))).toBe(false);
  });
});
