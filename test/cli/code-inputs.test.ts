import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { runCli, temporaryFolder, type CliRun } from '../support/run-cli.ts';
import { savedAccount } from '../support/saved-account.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const fixture = (name: string): string => readFileSync(join(fixtures, name), 'utf8');
const moves = fixture('plans/moves/plan.json');

type Content = string | Buffer | { readonly copyOf: string };

/** A folder with these files and copies of fixtures. */
function folderOf(files: { readonly [name: string]: Content }): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    if (typeof content === 'string' || Buffer.isBuffer(content)) writeFileSync(path, content);
    else cpSync(join(fixtures, content.copyOf), path, { recursive: true });
  }
  return folder;
}

const resultOf = ({ stdout, stderr }: CliRun): ScanResult => {
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as ScanResult;
};

const places = ({ findings }: ScanResult): readonly (string | undefined)[] =>
  [...new Set(findings.map(({ location }) => location?.file))].sort();

/** A plan with some of its top level changed. */
const planWith = (changes: object): string => JSON.stringify({ ...(JSON.parse(moves) as object), ...changes });

describe('what is told by its content', () => {
  const cases: readonly {
    readonly title: string;
    readonly files: { readonly [name: string]: Content };
    readonly args: readonly string[];
    readonly stdin?: string;
    readonly scopes: readonly string[];
    readonly places: readonly (string | undefined)[];
  }[] = [
    {
      title: 'a plan beside its code',
      files: { infra: { copyOf: 'plans/moves' } },
      args: ['infra/plan.json'],
      scopes: ['terraform/infra'],
      places: ['infra/main.tf'],
    },
    {
      title: 'a plan that is called x.txt',
      files: { 'infra/x.txt': moves },
      args: ['infra/x.txt'],
      scopes: ['terraform/infra'],
      places: [undefined],
    },
    {
      title: 'a plan without an ending, with a byte order mark',
      files: { plan: `\uFEFF${moves}` },
      args: ['plan'],
      scopes: ['terraform/.'],
      places: [undefined],
    },
    {
      title: 'a plan with --source',
      files: { 'out/plan.json': moves, code: { copyOf: 'plans/moves' } },
      args: ['out/plan.json', '--source', 'code'],
      scopes: ['terraform/code'],
      places: ['code/main.tf'],
    },
    { title: 'a plan from standard input', files: {}, args: ['-'], stdin: moves, scopes: ['terraform/.'], places: [undefined] },
    {
      title: 'a plan from standard input, with --source and --root',
      files: { code: { copyOf: 'plans/moves' } },
      args: ['-', '--source', 'code', '--root', 'live'],
      stdin: moves,
      scopes: ['terraform/live'],
      places: ['code/main.tf'],
    },
    {
      title: 'a plan from standard input, in the folder of its code',
      files: { 'main.tf': { copyOf: 'plans/moves/main.tf' } },
      args: ['-'],
      stdin: moves,
      scopes: ['terraform/.'],
      places: ['main.tf'],
    },
    {
      title: 'a template in YAML, called plan.json',
      files: { 'plan.json': { copyOf: 'cloudformation/orders.yaml' } },
      args: ['plan.json'],
      scopes: ['cloudformation/plan.json'],
      places: ['plan.json'],
    },
    {
      title: 'a template in JSON, called a.yaml',
      files: { 'a.yaml': { copyOf: 'cloudformation/cdk.out/Vault.template.json' } },
      args: ['a.yaml'],
      scopes: ['cloudformation/a.yaml'],
      places: ['a.yaml'],
    },
    {
      title: 'a template from standard input',
      files: {},
      args: ['-'],
      stdin: fixture('cloudformation/orders.yaml'),
      scopes: ['cloudformation/-'],
      places: ['standard input'],
    },
    {
      title: 'SAM',
      files: { 'sam.yaml': { copyOf: 'cloudformation/sam.yaml' } },
      args: ['sam.yaml'],
      scopes: ['cloudformation/sam.yaml'],
      places: ['sam.yaml'],
    },
    {
      title: 'a CDK assembly, with stages and nested stacks, under another name',
      files: { 'build/out': { copyOf: 'cloudformation/cdk.out' } },
      args: ['build/out'],
      scopes: [
        'cloudformation/Prod-Data',
        'cloudformation/Prod-Data/InnerNestedStackInnerNestedStackResource745E041B',
        'cloudformation/Vault',
      ],
      places: [
        'build/out/Vault.template.json',
        'build/out/assembly-Prod/ProdData90A795AA.template.json',
        'build/out/assembly-Prod/ProdDataInnerED59ABB6.nested.template.json',
      ],
    },
    {
      title: 'a plan and a template',
      files: { 'infra/plan.json': moves, 'sam.yaml': { copyOf: 'cloudformation/sam.yaml' } },
      args: ['infra/plan.json', 'sam.yaml'],
      scopes: ['terraform/infra', 'cloudformation/sam.yaml'],
      places: ['sam.yaml', undefined],
    },
  ];
  it.each(cases)('$title', async ({ files, args, stdin, scopes, places: expected }) => {
    const folder = folderOf(files);
    const run = await runCli(['scan', ...args, '-f', 'json'], { cwd: folder, ...(stdin === undefined ? {} : { stdin }) });
    const result = resultOf(run);
    expect(run.code).toBe(1);
    expect(result.scopes.map(({ id }) => id)).toEqual(scopes);
    expect(places(result)).toEqual(expected);
    // Code is shown by what is wrong with it.
    expect(result.run.detail).toBe('failing');
    expect(result.findings.every(({ status }) => status === 'fail' || status === 'unknown')).toBe(true);
    expect(result.summary.findings.pass).toBeGreaterThan(0);
  });

  it('the same plan from a path and from standard input has the same findings', async () => {
    const folder = folderOf({ infra: { copyOf: 'plans/moves' } });
    const [path, stdin] = await Promise.all([
      runCli(['scan', 'infra/plan.json', '-f', 'json'], { cwd: folder }),
      runCli(['scan', '-', '--source', 'infra', '-f', 'json'], { cwd: folder, stdin: moves }),
    ]);
    expect(resultOf(stdin).findings).toEqual(resultOf(path).findings);
  });

  it('with a saved account every finding is shown, unless asked otherwise', async () => {
    const folder = folderOf({ 'plan.json': moves, 'called.tf': await savedAccount('sample') });
    const all = resultOf(await runCli(['scan', 'plan.json', 'called.tf', '-f', 'json'], { cwd: folder }));
    expect(all.scopes.map(({ source }) => source)).toEqual(expect.arrayContaining(['aws', 'terraform']));
    expect(all.run.detail).toBe('all');
    expect(all.findings.filter(({ scope, status }) => scope.startsWith('terraform/') && status === 'pass').length).toBeGreaterThan(0);
    const failing = resultOf(await runCli(['scan', 'plan.json', 'called.tf', '-f', 'json', '--detail', 'failing'], { cwd: folder }));
    expect(failing.findings).toEqual(all.findings.filter(({ status }) => status === 'fail' || status === 'unknown'));
    expect(failing.run.plan).toEqual(all.run.plan);
    expect(failing.summary).toEqual(all.summary);
    const code = resultOf(await runCli(['scan', 'plan.json', '-f', 'json', '--detail', 'all'], { cwd: folder }));
    expect(code.findings.some(({ status }) => status === 'pass')).toBe(true);
  });

  it('parameters of a template decide what is open without them', async () => {
    const folder = folderOf({
      'orders.yaml': { copyOf: 'cloudformation/orders.yaml' },
      'p.json': '[{ "ParameterKey": "Env", "ParameterValue": "prod" }, { "ParameterKey": "KeyArn", "ParameterValue": "alias/mine" }]',
    });
    const without = resultOf(await runCli(['scan', 'orders.yaml', '-f', 'json'], { cwd: folder }));
    const given = resultOf(await runCli(['scan', 'orders.yaml', '-f', 'json', '--parameters', 'p.json'], { cwd: folder }));
    expect(given.summary.findings.unknown).toBeLessThan(without.summary.findings.unknown);
    const literal = (result: ScanResult): string | undefined =>
      result.findings.find(({ resource }) => resource.address === 'Literal')?.resource.name;
    expect([literal(without), literal(given)]).toEqual(['Literal', 'prod/literal']);
  });

  it('the account and region of code are those that are named', async () => {
    const folder = folderOf({ 'sam.yaml': { copyOf: 'cloudformation/sam.yaml' } });
    const args = ['scan', 'sam.yaml', '-f', 'json', '--account', '111122223333', '--region', 'eu-west-1'];
    const { findings } = resultOf(await runCli(args, { cwd: folder }));
    const secret = findings.find(({ resource }) => resource.address === 'Token');
    expect(secret?.resource).toMatchObject({ account: '111122223333', region: 'eu-west-1' });
  });
});

describe('a mistake ends the run with 2, and names what helps', () => {
  const makePlan = 'terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json';
  const cases: readonly {
    readonly title: string;
    readonly files?: { readonly [name: string]: Content };
    readonly args?: readonly string[];
    readonly says: readonly (string | RegExp)[];
  }[] = [
    {
      title: 'a folder of .tf files',
      files: { 'in/main.tf': 'resource "aws_kms_key" "k" {}\n' },
      says: ['in is a folder of Terraform files, not a plan', makePlan],
    },
    { title: 'a folder of OpenTofu files', files: { 'in/main.tofu': '' }, says: ['in is a folder of Terraform files', makePlan] },
    { title: 'a folder of other files', files: { 'in/plan.json': moves }, says: ['in is a folder\n', 'cdk.out'] },
    {
      title: 'a folder with a manifest that is no assembly',
      files: { 'in/manifest.json': '{"name":"an app of the web"}' },
      says: [/in\b/],
    },
    {
      title: 'a binary plan',
      files: { in: Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 8, 0, 0xff, 0xfe]) },
      says: ['in is a binary plan', 'terraform show -json plan.bin > plan.json'],
    },
    {
      title: 'a binary plan that is called plan.json',
      files: { 'plan.json': Buffer.from('PK\u0003\u0004{"resource_changes":[]}') },
      args: ['plan.json'],
      says: ['plan.json is a binary plan', 'terraform show -json'],
    },
    {
      title: 'a plan in UTF-16, little end first',
      files: { in: Buffer.from(`\uFEFF${moves}`, 'utf16le') },
      says: ['in is a text in UTF-16', 'PowerShell', 'Out-File -Encoding utf8'],
    },
    {
      title: 'a plan in UTF-16, big end first',
      files: { in: Buffer.from(`\uFEFF${moves}`, 'utf16le').swap16() },
      says: ['in is a text in UTF-16', 'Out-File -Encoding utf8'],
    },
    { title: 'an empty file', files: { in: '' }, says: ['in is empty', makePlan] },
    { title: 'a file of blanks', files: { in: ' \n\t\n' }, says: ['in is empty', makePlan] },
    {
      title: 'a state of Terraform',
      files: { in: '{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"a","outputs":{},"resources":[]}' },
      says: ['in is a Terraform state, not a plan', makePlan],
    },
    {
      title: 'a state as terraform show -json writes it',
      files: { in: '{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}' },
      says: ['in is a Terraform state, not a plan', makePlan],
    },
    {
      title: 'a result',
      files: { in: '{"schemaVersion":1,"run":{},"scopes":[],"findings":[]}' },
      says: ['in is a result of sealcheck, not an input', '--baseline'],
    },
    { title: 'SARIF', files: { in: '{"version":"2.1.0","runs":[]}' }, says: ['in is a SARIF log'] },
    {
      title: 'JSON of another kind',
      files: { in: '{"name":"a","dependencies":{}}' },
      says: ['in is JSON, but no input that sealcheck knows'],
    },
    { title: 'prose', files: { in: 'Dear reader,\nthis is no plan.\n' }, says: ['in is neither JSON nor a template', makePlan, 'cdk.out'] },
    {
      title: 'a Terraform file',
      files: { in: '# keys\nresource "aws_kms_key" "k" {\n}\n' },
      says: ['in is a Terraform file, not a plan', makePlan],
    },
    {
      title: 'a Terraform file of locals',
      files: { in: 'locals {\n  a = 1\n}\n' },
      says: ['in is a Terraform file, not a plan', makePlan],
    },
    {
      title: 'a Terraform file in JSON',
      files: { in: '{"resource":{"aws_kms_key":{"k":{}}}}' },
      says: ['in is a Terraform file, not a plan', makePlan],
    },
    { title: 'half a plan', files: { in: moves.slice(0, 3000) }, says: [/^error: in\b/] },
    {
      title: 'a plan that failed',
      files: { in: planWith({ errored: true }) },
      says: ['in is a plan that failed', 'mend the errors that terraform plan shows', makePlan],
    },
    {
      title: 'a plan of a format to come',
      files: { in: planWith({ format_version: '2.0' }) },
      says: ['reads plans of format 1.x, not 2.0'],
    },
    { title: 'a file that is not there', args: ['no.json'], says: ['there is no no.json'] },
    {
      title: '--source without .tf files',
      files: { in: moves, 'other/readme.md': '' },
      args: ['in', '--source', 'other'],
      says: ['there are no .tf files in other', '--source names the folder that the plan was made in'],
    },
    { title: 'an --account that is none', files: { in: moves }, args: ['in', '--account', '12'], says: ['it has twelve digits'] },
    {
      title: 'the same plan twice',
      files: { in: moves },
      args: ['in', 'in'],
      says: ['in is given twice'],
    },
    {
      title: 'two plans of one folder',
      files: { 'infra/a.json': moves, 'infra/b.json': moves },
      args: ['infra/a.json', 'infra/b.json'],
      says: ['two of the inputs hold the scope terraform/infra', 'each with its --root'],
    },
    {
      title: '--changed-only with nothing but a template',
      files: { in: { copyOf: 'cloudformation/sam.yaml' } },
      args: ['in', '--changed-only'],
      says: ['--changed-only goes with a plan'],
    },
    {
      title: 'parameters that are not there',
      files: { in: { copyOf: 'cloudformation/orders.yaml' } },
      args: ['in', '--parameters', 'no.json'],
      says: ['cannot read the parameters in no.json: ENOENT'],
    },
    {
      title: 'parameters in broken JSON',
      files: { in: { copyOf: 'cloudformation/orders.yaml' }, 'p.json': '{\n  "Env": "prod",\n  "KeyArn": "x\n}\n' },
      args: ['in', '--parameters', 'p.json'],
      says: [/p\.json:3:\d+/],
    },
    {
      title: 'parameters with an entry without its key',
      files: {
        in: { copyOf: 'cloudformation/orders.yaml' },
        'p.json': '[\n  { "ParameterKey": "Env", "ParameterValue": "prod" },\n  { "Key": "canary-9" }\n]\n',
      },
      args: ['in', '--parameters', 'p.json'],
      says: [/p\.json:3:3\b.*this entry has no ParameterKey/],
    },
    {
      title: 'parameters whose value is a map',
      files: { in: { copyOf: 'cloudformation/orders.yaml' }, 'p.yaml': 'Env: prod\nKeyArn:\n  canary-9: x\n' },
      args: ['in', '--parameters', 'p.yaml'],
      says: [/p\.yaml:\d+:\d+\b.*the value of a parameter is a text/],
    },
  ];
  it.each(cases)('$title', async ({ files = {}, args = ['in'], says }) => {
    const run = await runCli(['scan', ...args], { cwd: folderOf(files) });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^(\S+:\d+:\d+: )?error: /);
    for (const text of says) {
      if (typeof text === 'string') expect(run.stderr.replaceAll(/\n {2}/g, '\n')).toContain(text);
      else expect(run.stderr).toMatch(text);
    }
    expect(run.stderr).not.toMatch(/canary|\n\s+at /);
  });
});

describe('plans that are not like others', () => {
  it('one that destroys everything: 0, a note and a warning, and nothing is judged', async () => {
    const folder = folderOf({ 'plan.json': { copyOf: 'plans/acme/destroy.json' } });
    const run = await runCli(['scan', 'plan.json', '-f', 'json'], { cwd: folder });
    const { run: facts, summary, findings } = resultOf(run);
    expect(run.code).toBe(0);
    expect([summary.resources, findings]).toEqual([0, []]);
    expect(facts.notes).toEqual(['plan.json destroys everything in it: there is nothing to judge']);
    expect(run.stderr).toContain('warning: there was no resource to judge');
  });

  const changing: readonly (readonly [name: string, of: string])[] = [
    ['where nothing was asked to change', 'no-change'],
    ['with a second phase', 'second-plan'],
  ];
  it.each(changing)('--changed-only, %s: what changes is judged, and the rest is counted', async (_title, of) => {
    const folder = folderOf({ 'plan.json': { copyOf: `plans/acme/${of}.json` } });
    const [all, changed] = await Promise.all([
      runCli(['scan', 'plan.json', '-f', 'json'], { cwd: folder }),
      runCli(['scan', 'plan.json', '-f', 'json', '--changed-only'], { cwd: folder }),
    ]);
    const [whole, part] = [resultOf(all), resultOf(changed)];
    const left = whole.summary.resources - part.summary.resources;
    expect(part.summary.resources).toBeGreaterThan(0);
    expect(left).toBeGreaterThan(20);
    expect(part.run.notes).toContain(`${left} resources that the plan does not change were not judged (--changed-only)`);
    expect(whole.run.notes.join()).not.toContain('--changed-only');
    expect(part.findings.map(({ id }) => id)).toEqual(
      whole.findings.filter(({ resource }) => resource.change !== 'none').map(({ id }) => id),
    );
    expect(new Set(whole.findings.map(({ resource }) => resource.change))).toContain('none');
  });

  it('--changed-only beside a template leaves the template as it is', async () => {
    const folder = folderOf({ 'plan.json': { copyOf: 'plans/acme/no-change.json' }, 'sam.yaml': { copyOf: 'cloudformation/sam.yaml' } });
    const result = resultOf(await runCli(['scan', 'plan.json', 'sam.yaml', '-f', 'json', '--changed-only'], { cwd: folder }));
    const alone = resultOf(await runCli(['scan', 'sam.yaml', '-f', 'json'], { cwd: folder }));
    expect(result.findings.filter(({ scope }) => scope.startsWith('cloudformation/'))).toEqual(alone.findings);
  });
});

/** Notes what is asked for, imported or required. */
const recorder = `
import Module, { register } from 'node:module';
import { appendFileSync } from 'node:fs';
const file = process.env.LOADED_FILE;
const load = Module._load;
Module._load = function (name, ...rest) {
  appendFileSync(file, name + '\\n');
  return load.call(this, name, ...rest);
};
register('data:text/javascript,' + encodeURIComponent(
  'import { appendFileSync } from "node:fs"; export async function resolve(name, context, next) { appendFileSync('
  + JSON.stringify(file) + ', name + "\\\\n"); return next(name, context); }'));
`;

describe('what judging code loads', () => {
  const cases: readonly (readonly [title: string, path: string, args: readonly string[], unused: readonly string[]])[] = [
    ['a plan', 'plans/acme/first-plan.json', ['--source', join(fixtures, 'plans/acme'), '-f', 'sarif'], ['yaml']],
    ['a plan with a baseline', 'plans/moves/plan.json', ['--baseline', 'baseline.json', '--fail-on-new'], ['yaml']],
    ['a template in JSON', 'cloudformation/cdk.out/Vault.template.json', [], []],
    ['a template in YAML', 'cloudformation/orders.yaml', [], []],
  ];
  it.each(cases)('%s: no AWS client, and for a plan no YAML', async (_title, path, args, unused) => {
    const baseline = JSON.stringify({ schemaVersion: 1, run: { id: 'a', asOf: '2026-01-01T00:00:00.000Z' }, scopes: [], findings: [] });
    const folder = folderOf({ 'recorder.mjs': recorder, 'loaded.txt': '', 'baseline.json': baseline });
    const loaded = join(folder, 'loaded.txt');
    const run = await runCli(['scan', join(fixtures, path), ...args], {
      cwd: folder,
      nodeOptions: ['--import', pathToFileURL(join(folder, 'recorder.mjs')).href],
      env: { LOADED_FILE: loaded },
    });
    expect(run.code).toBe(1);
    const names = readFileSync(loaded, 'utf8').trim().split('\n');
    expect(names.some((name) => name.endsWith('/main.js'))).toBe(true);
    expect(names.filter((name) => /@aws-sdk|@smithy/.test(name))).toEqual([]);
    expect(names.filter((name) => unused.includes(name))).toEqual([]);
  });
});
