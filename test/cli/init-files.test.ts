import { Ajv } from 'ajv';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { cliPath, runCli, temporaryFolder } from '../support/run-cli.ts';
import { writeFiles } from '../support/write-files.ts';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: { readonly [name: string]: unknown };
}

interface Job {
  readonly permissions?: { readonly [scope: string]: string };
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: { readonly [event: string]: unknown };
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: { readonly [name: string]: Job };
}

interface GitLabJob {
  readonly script: readonly string[];
  readonly variables: { readonly [name: string]: string };
}

/** Also of what YAML 1.1 would read otherwise, the strictest schema that they have; formats are for editors. */
function validator(file: string): (data: unknown) => string {
  const schema = JSON.parse(readFileSync(new URL(`../fixtures/third-party/${file}`, import.meta.url), 'utf8')) as object;
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const validate = ajv.compile(schema);
  return (data) => (validate(data) ? '' : ajv.errorsText(validate.errors));
}

const action = parse(readFileSync('action.yml', 'utf8')) as { readonly inputs: object; readonly outputs: object };
const role = 'arn:aws:iam::123456789012:role/audit';

async function init(kit: string, ...args: readonly string[]): Promise<string> {
  const folder = temporaryFolder();
  const run = await runCli(['init', kit, '--dir', folder, ...args]);
  expect([run.code, run.stdout]).toEqual([0, '']);
  return folder;
}

const variants: { readonly [name: string]: readonly string[] } = {
  'without flags': [],
  'with everything said': [
    ...['--role-arn', role, '--plan-role-arn', role, '--region', 'eu-west-1,us-east-1'],
    ...['--state', 's3://acme-audit/sealcheck', '--branch', 'release/2026', '--terraform', 'live/prod/'],
  ],
  'of templates': ['--template', 'app/template.yaml', '--template', 'cdk.out'],
};

describe.each(Object.entries(variants))('workflows of GitHub %s', (variant, args) => {
  const validate = validator('schemastore/github-workflow.json');
  let made: Promise<{ readonly [name: string]: { readonly text: string; readonly workflow: Workflow } }> | undefined;
  const workflows = () =>
    (made ??= init('github', ...args).then((folder) => {
      const names = readdirSync(join(folder, '.github/workflows')).sort();
      const texts = names.map((name) => [name, readFileSync(join(folder, '.github/workflows', name), 'utf8')] as const);
      return Object.fromEntries(texts.map(([name, text]) => [name, { text, workflow: parse(text) as Workflow }] as const));
    }));
  const steps = async () =>
    Object.entries(await workflows()).flatMap(([name, { workflow }]) =>
      Object.values(workflow.jobs).flatMap((job) => job.steps.map((step) => ({ name, job, step }))),
    );

  it('are the three, and GitHub takes them', async () => {
    const all = await workflows();
    expect(Object.keys(all)).toEqual(['sealcheck-code-scanning.yml', 'sealcheck-plan.yml', 'sealcheck-scheduled.yml']);
    expect(Object.values(all).map(({ workflow }) => validate(workflow))).toEqual(['', '', '']);
  });

  it('give no permission but to the job that needs it, and end', async () => {
    const granted = Object.fromEntries(
      Object.entries(await workflows()).map(([name, { workflow }]) => {
        expect(workflow.permissions).toEqual({});
        expect(workflow.concurrency).toBeDefined();
        const jobs = Object.values(workflow.jobs);
        for (const job of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0);
        return [name, jobs.map(({ permissions }) => permissions)];
      }),
    );
    const token = variant === 'of templates' ? {} : { 'id-token': 'write' };
    expect(granted).toEqual({
      'sealcheck-plan.yml': [{ contents: 'read', actions: 'read', ...token }],
      'sealcheck-code-scanning.yml': [{ contents: 'read', 'security-events': 'write', ...token }],
      'sealcheck-scheduled.yml': [{ contents: 'read', 'security-events': 'write', 'id-token': 'write' }],
    });
  });

  it('put nothing that an event brings into a script, and run for no event that has secrets and the code of others', async () => {
    for (const { step } of await steps()) expect(step.run ?? '').not.toContain('${{');
    for (const { workflow } of Object.values(await workflows())) {
      for (const event of Object.keys(workflow.on)) expect(['pull_request', 'push', 'schedule', 'workflow_dispatch']).toContain(event);
    }
  });

  it('name a version of each action, and leave no token in the checkout', async () => {
    const uses = (await steps()).flatMap(({ step }) => (step.uses === undefined ? [] : [step]));
    for (const { uses: name } of uses) expect(name).toMatch(/^[\w-]+\/[\w-]+@v\d+(\.\d+\.\d+)?$/);
    const checkouts = uses.filter(({ uses: name }) => name?.startsWith('actions/checkout@'));
    expect(checkouts).toHaveLength(3);
    for (const checkout of checkouts) expect(checkout.with).toEqual({ 'persist-credentials': false });
  });

  it('use inputs and outputs that action.yml has', async () => {
    const ours = (await steps()).filter(({ step }) => step.uses?.startsWith('sealcheck/sealcheck@'));
    expect(ours).toHaveLength(3);
    for (const { step } of ours) for (const input of Object.keys(step.with ?? {})) expect(Object.keys(action.inputs)).toContain(input);
    for (const { text } of Object.values(await workflows())) {
      for (const [, output] of text.matchAll(/steps\.sealcheck\.outputs\.([\w-]+)/g)) expect(Object.keys(action.outputs)).toContain(output);
    }
  });

  it('compare a pull request with what a push has stored, and with nothing else', async () => {
    const { 'sealcheck-plan.yml': plan, 'sealcheck-code-scanning.yml': scanning } = await workflows();
    const script = Object.values(plan?.workflow.jobs ?? {})[0]?.steps.find(({ run }) => run?.includes('gh run download'))?.run ?? '';
    expect(script).toContain('--event push');
    expect(script.trimStart()).toMatch(/^rm -rf \.sealcheck-baseline/);
    const stored = Object.values(scanning?.workflow.jobs ?? {})[0]?.steps.find(({ uses }) => uses?.includes('upload-artifact'));
    expect(script).toContain(`--name ${String(stored?.with?.['name'])} `);
    // The plan itself holds values.
    for (const { step } of await steps()) expect(JSON.stringify(step.with?.['path'] ?? '')).not.toContain('plan');
  });
});

describe('the step that gets the baseline', () => {
  /** Stands for gh: `list` answers so, and `download` gives any artifact, as gh does where the id of the run is empty. */
  async function baselineWith(listed: string): Promise<boolean> {
    const folder = await init('github', '--template', 'a.yaml', '--workflow', 'plan');
    const { jobs } = parse(readFileSync(join(folder, '.github/workflows/sealcheck-plan.yml'), 'utf8')) as Workflow;
    const script = jobs['judge']?.steps.find(({ run }) => run?.includes('gh run download'))?.run ?? '';
    const fake = `gh() { if [ "$2" = list ]; then printf '%s\\n' '${listed}'; else mkdir -p .sealcheck-baseline; echo '{}' > .sealcheck-baseline/findings.json; fi; }\n`;
    const env = { PATH: process.env['PATH'], GITHUB_REPOSITORY: 'acme/infra' };
    await new Promise<void>((resolve) => {
      execFile('bash', ['-e', '-c', fake + script], { cwd: folder, env }, () => resolve());
    });
    return existsSync(join(folder, '.sealcheck-baseline/findings.json'));
  }

  it('takes that of a run', async () => expect(await baselineWith('123')).toBe(true));
  it('takes none where no push has a run, rather than one that a pull request has stored', async () =>
    expect(await baselineWith('')).toBe(false));
});

it.each([
  ['schemastore/github-workflow.json', { on: 'push', jobs: { a: { 'runs-on': 'x', step: [] } } }],
  ['schemastore/github-action.json', { name: 'a', runs: { using: 'node24' } }],
  ['gitlab-ci/ci.json', { a: { script: 'x', artifacts: { reports: { sarf: 'x' } } } }],
])('%s refuses what is wrong', (file, wrong) => expect(validator(file)(wrong)).not.toBe(''));

describe('action.yml', () => {
  it('is what GitHub takes', () => expect(validator('schemastore/github-action.json')(action)).toBe(''));
});

describe('jobs of GitLab', () => {
  const validate = validator('gitlab-ci/ci.json');
  const jobsOf = async (...args: readonly string[]) => {
    const folder = await init('gitlab', ...args);
    return parse(readFileSync(join(folder, '.gitlab/sealcheck.gitlab-ci.yml'), 'utf8')) as { readonly [name: string]: GitLabJob };
  };

  it.each([
    ['of templates', ['--target', 'template.yaml', '--target', 'cdk.out']],
    ['of a live account', ['--role-arn', role, '--region', 'all']],
  ])('%s are what GitLab takes', async (_name, args) => {
    const jobs = await jobsOf(...args);
    expect(validate(jobs)).toBe('');
    expect(Object.keys(jobs)).toEqual(['sealcheck-scan', 'sealcheck-gate']);
  });

  it('of the component are what GitLab takes', () => {
    const [, jobs] = parseAllDocuments(readFileSync('templates/sealcheck/template.yml', 'utf8')).map(
      (document) => document.toJS() as object,
    );
    expect(validate(jobs)).toBe('');
  });

  it('run: the scan ends with 0 and leaves its reports, the gate fails', async () => {
    const jobs = await jobsOf('--target', 'template.yaml', '--fail-on', 'medium');
    const template = 'Resources: {S: {Type: "AWS::SecretsManager::Secret", Properties: {Name: shop/db}}}\n';
    const cwd = writeFiles({ 'template.yaml': template });
    const run = (job: GitLabJob | undefined) =>
      new Promise<{ readonly code: number; readonly out: string }>((resolve) => {
        // In place of what npm would install.
        const [install, ...script] = job?.script ?? [];
        expect(install).toMatch(/^npm install --global --ignore-scripts .*sealcheck@\d+\.\d+\.\d+$/);
        const command = script.join('\n').replace(/^sealcheck /gm, `"${process.execPath}" "${cliPath}" `);
        const env = { PATH: process.env['PATH'], ...job?.variables };
        execFile('sh', ['-ec', command], { cwd, env }, (error, out) => resolve({ code: (error?.code as number | undefined) ?? 0, out }));
      });
    const scanned = await run(jobs['sealcheck-scan']);
    expect(scanned.code).toBe(0);
    expect(readdirSync(join(cwd, 'sealcheck')).sort()).toEqual([
      'findings.json',
      'gl-code-quality-report.json',
      'junit.xml',
      'sealcheck.sarif',
    ]);
    const gated = await run(jobs['sealcheck-gate']);
    expect(gated.code).toBe(1);
    expect(gated.out).toMatch(/^exit 1: 2 failures at or above medium/);
  });
});

it('nothing is run by npx, which takes what a pull request has in node_modules', async () => {
  const folders = await Promise.all([init('github'), init('gitlab', '--target', 'a.yaml')]);
  const texts = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yml'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  expect(texts).toHaveLength(4);
  for (const text of [...texts, readFileSync('templates/sealcheck/template.yml', 'utf8')]) expect(text).not.toMatch(/^[^#]*\bnpx\b/m);
});

describe('the hook of pre-commit', () => {
  it('judges the templates that it names', async () => {
    const folder = await init('pre-commit', '--target', 'template.yaml', '--target', 'other.yaml');
    const config = parse(readFileSync(join(folder, '.pre-commit-config.yaml'), 'utf8')) as {
      readonly repos: readonly { readonly hooks: readonly { readonly [key: string]: unknown }[] }[];
    };
    const hook = config.repos[0]?.hooks[0] ?? {};
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
    expect(hook).toMatchObject({ language: 'node', pass_filenames: false, additional_dependencies: [`sealcheck@${version}`] });
    const template = 'Resources: {S: {Type: "AWS::SecretsManager::Secret", Properties: {Name: shop/db}}}\n';
    for (const name of ['template.yaml', 'other.yaml']) writeFileSync(join(folder, name), template);
    const [command, ...words] = [...String(hook['entry']).split(' '), ...(hook['args'] as readonly string[])];
    expect(command).toBe('sealcheck');
    const run = await runCli(words, { cwd: folder });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('other.yaml');
    const files = new RegExp(String(hook['files']));
    const names = ['a.yml', 'b/c.yaml', 'd.json', 'app.template', 'e.md', 'yaml'];
    expect(names.filter((name) => files.test(name))).toEqual(names.slice(0, 4));
  });
});
