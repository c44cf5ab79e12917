import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sampleAccounts, samplePartnerRole } from '../../src/endpoint/sample-account.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { fakeGitHub, uploadedSarif } from '../support/fake-github.ts';
import { releaseAction, runStep, type Step } from '../support/run-action.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { serve } from '../support/serve-account.ts';
import { smallAccount } from '../support/small-account.ts';
import { writeFiles } from '../support/write-files.ts';

const action = releaseAction();
const token = 'FAKE-TOKEN-OF-A-TEST-0123456789';
const plans = fileURLToPath(new URL('../fixtures/plans/', import.meta.url));

/** A checkout with the plan and its code below infra. */
function checkout(): string {
  const folder = temporaryFolder();
  cpSync(join(plans, 'acme'), join(folder, 'infra'), { recursive: true });
  return folder;
}

const sound = 'Resources: {P: {Type: "AWS::SSM::Parameter", Properties: {Name: /shop/page-size, Type: String, Value: "50"}}}\n';

function ofRepository(apiUrl: string, ref = 'refs/heads/main'): { readonly [name: string]: string } {
  return {
    GITHUB_API_URL: apiUrl,
    GITHUB_REPOSITORY: 'acme/infra',
    GITHUB_SHA: '0123456789012345678901234567890123456789',
    GITHUB_REF: ref,
    GITHUB_EVENT_NAME: ref.startsWith('refs/pull/') ? 'pull_request' : 'push',
  };
}

function ofAws(url: string): { readonly [name: string]: string } {
  return { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'AKIAFAKE123456789012', AWS_SECRET_ACCESS_KEY: 'FAKE', AWS_REGION: 'us-east-1' };
}

/** With an upload to a fake GitHub that takes everything. */
async function runUploading(step: Step, ref?: string) {
  const github = await fakeGitHub();
  const inputs = { 'upload-sarif': 'true', token, ...step.inputs };
  const run = await runStep(action, { ...step, inputs, env: { ...ofRepository(github.url, ref), ...step.env } });
  return { ...run, uploads: github.received.filter(({ method }) => method === 'POST') };
}

describe('a release of the action', () => {
  it('is action.yml, one file that runs, and what the licences ask for', () => {
    expect(readdirSync(action.folder).sort()).toEqual(['LICENSE', 'NOTICES.txt', 'README.md', 'action.yml', 'dist']);
    expect(readdirSync(join(action.folder, 'dist'))).toEqual(['action.mjs']);
    const notices = readFileSync(join(action.folder, 'NOTICES.txt'), 'utf8');
    for (const name of ['@aws-sdk/client-secrets-manager', 'commander', 're2js', 'yaml', '@marcbachmann/cel-js'])
      expect(notices).toContain(`${name} `);
    expect(readFileSync(join(action.folder, 'README.md'), 'utf8')).toContain('uses: sealcheck/sealcheck@');
  });
});

describe('a plan with failures', () => {
  it('ends with 1, and outputs, summary and annotations say so', async () => {
    const run = await runStep(action, { workspace: checkout(), inputs: { target: 'infra/first-plan.json' } });
    expect(run).toMatchObject({ code: 1, stderr: '' });
    const json = JSON.parse(readFileSync(run.outputs['json-file'] ?? '', 'utf8')) as ScanResult;
    expect(json.summary.findings.fail).toBeGreaterThan(50);
    expect(run.outputs).toEqual({
      outcome: 'violations',
      'exit-code': '1',
      failed: String(json.summary.findings.fail),
      unknown: String(json.summary.findings.unknown),
      new: '',
      fixed: '',
      complete: 'true',
      'json-file': run.outputs['json-file'],
      'sarif-file': run.outputs['sarif-file'],
    });
    expect(existsSync(run.outputs['sarif-file'] ?? '')).toBe(true);
    expect(run.summary).toMatch(/^# Sealcheck: \d+ failures\n/);
    expect(run.summary).not.toContain('Code scanning');
    expect(run.stdout).toContain('exit 1: ');
    expect(run.commands.length).toBe(10);
    expect(run.commands[0]).toMatch(/^::error file=infra\/\w+\.tf,line=\d+,.*title=critical/);
    expect(run.commands[9]).toMatch(/^::warning title=Sealcheck%3A violations::/);
  });

  it('says nothing where it is told not to, and passes what is below the threshold', async () => {
    const inputs = { target: 'infra/first-plan.json', 'fail-on': 'none', summary: 'false', annotations: 'false' };
    const run = await runStep(action, { workspace: checkout(), inputs });
    expect(run).toMatchObject({ code: 0, summary: '', commands: [] });
    expect(run.outputs).toMatchObject({ outcome: 'compliant', 'exit-code': '0' });
  });

  it('is compared with a baseline, writes further reports, and takes policies, config and arguments', async () => {
    const workspace = checkout();
    const first = await runStep(action, { workspace, inputs: { target: 'infra/first-plan.json', args: '--tag rotation' } });
    cpSync(first.outputs['json-file'] ?? '', join(workspace, 'before.json'));
    const inputs = {
      target: '"infra/first-plan.json"',
      baseline: 'before.json',
      'fail-on-new': 'true',
      args: '--no-builtin\n--tag rotation',
      policies: `${fileURLToPath(new URL('../../policies/secretsmanager', import.meta.url))}`,
      formats: 'junit=reports/junit.xml\ncsv=reports/findings.csv',
    };
    const run = await runStep(action, { workspace, inputs });
    expect(run.stdout).toContain('that the baseline has too (--fail-on-new)');
    expect(run.outputs).toMatchObject({ outcome: 'compliant', new: '0', fixed: '0' });
    expect(readdirSync(join(workspace, 'reports')).sort()).toEqual(['findings.csv', 'junit.xml']);
  });
});

describe('an account that does not say all of its resources', () => {
  it('is listed and uploaded as a whole, and not complete', async () => {
    const { url } = await serve([smallAccount(Date.now())], [{ operation: 'secretsmanager:GetResourcePolicy', kind: 'deny' }]);
    const { uploads, ...run } = await runUploading({ inputs: { aws: 'true' }, env: ofAws(url) });
    expect([run.code, uploads.length]).toEqual([3, 1]);
    expect(run.outputs).toMatchObject({ outcome: 'incomplete', complete: 'false' });
    expect(run.outputs['unknown']).not.toBe('0');
  });
});

describe('runs that are kept', () => {
  it('are compared with the one before, and what cannot be read any more is uploaded as it was', async () => {
    const now = Date.now();
    const legacy = { name: 'orders/legacy', createdAt: now - 20 * 86_400_000, lastAccessedAt: now - 86_400_000 };
    const workspace = temporaryFolder();
    const inputs = { aws: 'true', 'state-dir': 'state', 'fail-on-new': 'true' };
    const whole = await serve([smallAccount(now, [legacy])]);
    const first = await runUploading({ workspace, inputs, env: ofAws(whole.url) });
    expect([first.code, first.outputs['new'], first.outputs['fixed']]).toEqual([1, '2', '0']);
    const second = await runUploading({ workspace, inputs, env: ofAws(whole.url) });
    expect([second.code, second.outputs['new'], second.outputs['fixed']]).toEqual([0, '0', '0']);
    const denied = await serve([smallAccount(now, [legacy])], [{ operation: 'secretsmanager:ListSecrets', kind: 'deny' }]);
    const third = await runUploading({ workspace, inputs, env: ofAws(denied.url) });
    expect([third.code, third.outputs['complete'], third.outputs['fixed']]).toEqual([3, 'false', '0']);
    const results = third.uploads.flatMap((one) => uploadedSarif(one).runs.flatMap((run) => run.results));
    expect(results).toHaveLength(2);
    const gone = await serve([smallAccount(now)]);
    const fourth = await runUploading({ workspace, inputs, env: ofAws(gone.url) });
    expect([fourth.code, fourth.outputs['new'], fourth.outputs['fixed']]).toEqual([0, '0', '2']);
  });
});

describe('an upload', () => {
  it('goes to the repository with commit and ref, under our categories, and the token is seen by nobody', async () => {
    const { uploads, ...run } = await runUploading({ workspace: checkout(), inputs: { target: 'infra/first-plan.json' } });
    expect(run.code).toBe(1);
    expect(uploads).toHaveLength(1);
    const [upload] = uploads;
    expect(upload).toMatchObject({ path: '/repos/acme/infra/code-scanning/sarifs', authorization: `Bearer ${token}` });
    expect(upload?.body).toMatchObject({
      commit_sha: '0123456789012345678901234567890123456789',
      ref: 'refs/heads/main',
      checkout_uri: new URL(`file://${run.workspace}`).href,
      tool_name: 'sealcheck',
    });
    if (upload === undefined) throw new Error('none');
    const { runs } = uploadedSarif(upload);
    expect(runs.map(({ automationDetails }) => automationDetails.id)).toEqual(['sealcheck/terraform/infra/']);
    expect(runs[0]?.results.length).toBeGreaterThan(50);
    expect(run.summary).toContain('\nCode scanning: uploaded, 1 category.\n');
    // The line with which the runner is told to hide it, which it swallows, is the only one.
    expect(run.stdout.split('\n').filter((line) => line.includes(token))).toEqual([`::add-mask::${token}`]);
    expect(`${run.stderr}${run.summary}${JSON.stringify(run.outputs)}`).not.toContain(token);
  });

  it('of a clean template has no results, which closes what was open', async () => {
    const { uploads, ...run } = await runUploading({ workspace: writeFiles({ 'app.yaml': sound }), inputs: { target: 'app.yaml' } });
    expect(run.outputs).toMatchObject({ outcome: 'compliant', failed: '0', unknown: '0', complete: 'true' });
    expect(run.code).toBe(0);
    expect(uploads.map((one) => uploadedSarif(one).runs.map(({ results }) => results))).toEqual([[[]]]);
  });

  it('is not made of a live account of which something could not be listed', async () => {
    const { url } = await serve([smallAccount(Date.now())], [{ operation: 'ssm:DescribeParameters', kind: 'deny' }]);
    const { uploads, ...run } = await runUploading({ inputs: { aws: 'true' }, env: ofAws(url) });
    expect(run.code).toBe(3);
    expect(run.outputs).toMatchObject({ outcome: 'incomplete', 'exit-code': '3', complete: 'false' });
    expect(uploads).toEqual([]);
    expect(run.summary).toContain('Code scanning: not uploaded: nothing was read as a whole');
    expect(run.commands.filter((command) => command.includes('could not read everything'))).toHaveLength(1);
  });

  it('holds the whole accounts alone, and says that there were others', async () => {
    const account = samplePartnerRole.arn.split(':')[4] ?? '';
    const { url } = await serve(sampleAccounts(Date.now()), [{ operation: 'ssm:DescribeParameters', kind: 'deny', account }]);
    const args = `--with-caller --role-arn ${samplePartnerRole.arn} --external-id ${samplePartnerRole.externalId}`;
    const { uploads, ...run } = await runUploading({ inputs: { aws: 'true', args }, env: ofAws(url) });
    expect(run.outputs).toMatchObject({ complete: 'false' });
    const categories = uploads.flatMap((one) => uploadedSarif(one).runs.map(({ automationDetails }) => automationDetails.id));
    expect(categories).toHaveLength(1);
    expect(categories[0]).not.toContain(account);
    expect(run.summary).toMatch(/Code scanning: uploaded, 1 category\. What could not be read as a whole is left out or as it was/);
  });

  it('is one for each account with --sarif-split', async () => {
    const { url } = await serve(sampleAccounts(Date.now()));
    const args = `--sarif-split account --with-caller --role-arn '${samplePartnerRole.arn}' --external-id ${samplePartnerRole.externalId}`;
    const { uploads, ...run } = await runUploading({ inputs: { aws: 'true', args }, env: ofAws(url) });
    expect(uploads.map((one) => uploadedSarif(one).runs.length)).toEqual([1, 1]);
    expect(run.outputs['sarif-file']?.split('\n')).toHaveLength(2);
  });

  it('is not made of a scan that was cancelled, which ends with 130', async () => {
    const { url, calls } = await serve(sampleAccounts(Date.now()), [{ operation: 'secretsmanager:GetResourcePolicy', kind: 'hang' }]);
    const cancelWhen = (): boolean => calls()['secretsmanager:GetResourcePolicy'] !== undefined;
    const { uploads, ...run } = await runUploading({ inputs: { aws: 'true' }, env: ofAws(url), cancelWhen });
    expect([run.code, uploads.length]).toEqual([130, 0]);
    expect(run.outputs).toMatchObject({ outcome: 'interrupted', complete: 'false' });
    expect(run.summary).toContain('not uploaded: the scan was interrupted');
  });

  it('of a part of a plan goes to a pull request, never to a branch', async () => {
    const step = { workspace: checkout(), inputs: { target: 'infra/target.json' } };
    const branch = await runUploading(step);
    expect([branch.uploads.length, branch.outputs['complete']]).toEqual([0, 'false']);
    expect(branch.summary).toContain('closes the alerts of the rest on a branch');
    const pull = await runUploading(step, 'refs/pull/7/merge');
    expect(pull.uploads.map(({ body }) => body?.['ref'])).toEqual(['refs/pull/7/merge']);
  });

  it.each([
    ['pull_request_target', { pull_request: {} }],
    ['workflow_run', { workflow_run: { event: 'pull_request' } }],
    ['issue_comment', { issue: { pull_request: { url: 'x' } } }],
  ])('on behalf of a pull request under %s does not replace the alerts of the branch', async (name, event) => {
    const folder = writeFiles({ 'event.json': JSON.stringify(event), 'app.yaml': sound });
    const env = { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: join(folder, 'event.json') };
    const { uploads, summary } = await runUploading({ workspace: folder, inputs: { target: 'app.yaml' }, env });
    expect(uploads).toEqual([]);
    expect(summary).toContain(`Code scanning: not uploaded: ${name} runs for a branch`);
  });

  it('after a workflow of a push, and on a comment of an issue, is made', async () => {
    for (const [name, event] of Object.entries({ workflow_run: { workflow_run: { event: 'push' } }, issue_comment: { issue: {} } })) {
      const folder = writeFiles({ 'event.json': JSON.stringify(event), 'app.yaml': sound });
      const env = { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: join(folder, 'event.json') };
      expect((await runUploading({ workspace: folder, inputs: { target: 'app.yaml' }, env })).uploads).toHaveLength(1);
    }
  });

  it('that a fork may not make fails the step with 4 and the remedy, and the verdict stays to be seen', async () => {
    const github = await fakeGitHub(() => ({ status: 403, body: { message: `Resource not accessible by integration, ${token}` } }));
    const workspace = checkout();
    const event = writeFiles({ 'event.json': JSON.stringify({ pull_request: { head: { repo: { full_name: 'mallory/infra' } } } }) });
    const run = await runStep(action, {
      workspace,
      inputs: { target: 'infra/first-plan.json', 'upload-sarif': 'true', token },
      env: { ...ofRepository(github.url, 'refs/pull/7/merge'), GITHUB_EVENT_PATH: join(event, 'event.json') },
    });
    expect(run.code).toBe(4);
    expect(github.received).toHaveLength(1);
    expect(run.outputs).toMatchObject({ outcome: 'violations', 'exit-code': '1' });
    const said = run.commands.at(-1) ?? '';
    expect(said).toMatch(
      /^::error title=Sealcheck%3A the upload failed::GitHub refused the file: 403 Resource not accessible by integration, \*\*\*%0A/,
    );
    expect(said).toContain('a pull request from a fork may not upload');
    expect(said).toMatch(/The scan came to exit 1: \d+ failures at or above low/);
    expect(run.stdout.split(token)).toHaveLength(2);
    expect(run.summary).toContain('Code scanning: the upload failed');
  });
});

describe('what cannot be judged', () => {
  it.each([
    ['a broken plan', { target: 'plan.json' }, 2, /exit 2::.*plan\.json/],
    ['a target that is not there', { target: 'nothing.json' }, 2, /nothing\.json/],
    ['a target that looks like a flag', { target: '--exit-zero' }, 2, /--exit-zero/],
    ['no target', {}, 2, /nothing to scan/],
    ['a threshold that is none', { target: 'app.yaml', 'fail-on': 'hihg' }, 2, /--fail-on/],
    ['arguments with an open quote', { target: 'app.yaml', args: '--tag "a' }, 2, /the input args has a quote that is not closed/],
    ['a switch that is neither on nor off', { target: 'app.yaml', summary: 'yes' }, 2, /the input summary is true or false/],
    ['a format without a file', { target: 'app.yaml', formats: 'junit' }, 2, /names no file/],
    ['arguments that make no result', { target: 'app.yaml', args: '--print-config' }, 2, /the input args made the scan write no result/],
    ['an account that cannot be entered', { aws: 'true' }, 4, /cannot enter the account/],
  ])('%s: no pass, and the reason', async (_name, inputs, code, says) => {
    const { url } = await serve([smallAccount(Date.now())], [{ operation: '*', kind: 'expired' }]);
    const workspace = writeFiles({ 'plan.json': '{"format_version": "1.2", "resource_changes": [', 'app.yaml': sound });
    const { uploads, ...run } = await runUploading({ workspace, inputs, env: ofAws(url) });
    expect([run.code, uploads]).toEqual([code, []]);
    expect(run.outputs).toEqual({ outcome: '', 'exit-code': String(code), complete: 'false' });
    expect(run.summary).toContain(`Nothing was judged: exit ${code}.`);
    const errors = run.commands.filter((command) => command.startsWith('::error'));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(says);
  });
});

describe('a runner whose files cannot be written', () => {
  it.each([
    ['outputs', { GITHUB_OUTPUT: '/nonexistent/output' }, /cannot write the file of GITHUB_OUTPUT: ENOENT/],
    ['summary', { GITHUB_STEP_SUMMARY: '/nonexistent/summary' }, /cannot write the file of GITHUB_STEP_SUMMARY: ENOENT/],
    ['temporary folder', { RUNNER_TEMP: '/nonexistent' }, /cannot make a folder in \/nonexistent: ENOENT/],
  ])('%s: 4 and one error, not the 1 of a crash, which means violations', async (_name, env, says) => {
    const workspace = writeFiles({ 'app.yaml': sound });
    const run = await runStep(action, { workspace, inputs: { target: 'app.yaml', annotations: 'false' }, env });
    expect(run).toMatchObject({ code: 4, stderr: '' });
    expect(run.commands).toEqual([expect.stringMatching(says)]);
  });
});

describe('hostile names', () => {
  it('reach the log, the summary and the outputs as text, never as commands', async () => {
    const name = '::error::x%0A##[group]y\n::set-output name=outcome::compliant';
    const json = JSON.stringify({ Resources: { S: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: name } } } });
    const workspace = writeFiles({ 'app.json': json });
    const run = await runStep(action, { workspace, inputs: { target: 'app.json' } });
    expect(run.code).toBe(1);
    expect(run.outputs).toMatchObject({ outcome: 'violations', 'exit-code': '1' });
    for (const command of run.commands) expect(command).toMatch(/^::(error|warning|notice) (file|title)=/);
    expect(run.commands.join('\n')).not.toContain('##[');
    expect(run.summary).not.toContain('\n::');
  });
});
