import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { savedAccountFile } from '../support/saved-account.ts';

const plans = fileURLToPath(new URL('../fixtures/plans/', import.meta.url));
const planText = (name: string): string => readFileSync(join(plans, name), 'utf8');

interface Json {
  [key: string]: unknown;
}

interface Change {
  address: string;
  previous_address?: string;
  change: { actions: string[]; after: Json | null; after_unknown: Json };
}

/** As much of a plan as these tests write to. */
interface Plan {
  resource_changes: Change[];
  planned_values: { root_module: { resources: (Json & { address: string; values: Json })[] } };
  configuration: { root_module: { resources: (Json & { address: string })[] } };
}

type Edit = (plan: Plan) => void;
const asItIs: Edit = () => undefined;

/** Sets planned values of a block at the root, and which of them are not known yet. */
function set(address: string, values: Json, unknown: Json = {}): Edit {
  return (plan) => {
    const change = plan.resource_changes.find((one) => one.address === address);
    const planned = plan.planned_values.root_module.resources.find((one) => one.address === address);
    if (!change || !planned) throw new Error(`no ${address}`);
    Object.assign((change.change.after ??= {}), values);
    Object.assign(change.change.after_unknown, unknown);
    Object.assign(planned.values, values);
  };
}

/** A secret without rotation, under the key of AWS. */
const addSecret: Edit = (plan) => {
  const block = { mode: 'managed', type: 'aws_secretsmanager_secret', name: 'added', address: 'aws_secretsmanager_secret.added' };
  const values = { name: 'acme/prod/added', recovery_window_in_days: 30, kms_key_id: null };
  const provider = { provider_name: 'registry.terraform.io/hashicorp/aws' };
  const change = { actions: ['create'], before: null, after: values, after_unknown: { arn: true, id: true, policy: true } };
  plan.resource_changes.push({ ...block, ...provider, change });
  plan.planned_values.root_module.resources.push({ ...block, ...provider, schema_version: 0, values });
  const expressions = { name: { constant_value: values.name } };
  plan.configuration.root_module.resources.push({ ...block, provider_config_key: 'aws', expressions, schema_version: 0 });
};

const remove =
  (address: string): Edit =>
  (plan) => {
    plan.resource_changes = plan.resource_changes.filter((one) => one.address !== address);
    const { resources } = plan.planned_values.root_module;
    plan.planned_values.root_module.resources = resources.filter((one) => one.address !== address);
    const declared = plan.configuration.root_module.resources;
    plan.configuration.root_module.resources = declared.filter((one) => one.address !== address);
  };

const slowRotation = 'aws_secretsmanager_secret_rotation.slow';
const rotatesEvery = (days: number): Edit => set(slowRotation, { rotation_rules: [{ automatically_after_days: days }] });
const rotatesSometime: Edit = set(slowRotation, { rotation_rules: [{}] }, { rotation_rules: [{ automatically_after_days: true }] });

function edited(name: string, edit: Edit): string {
  const plan = JSON.parse(planText(name)) as Plan;
  edit(plan);
  return JSON.stringify(plan);
}

interface Scanned {
  readonly code: number | null;
  readonly stderr: string;
  readonly result: ScanResult;
}

async function scan(folder: string, ...args: readonly string[]): Promise<Scanned> {
  const { code, stdout, stderr } = await runCli(['scan', ...args, '-f', 'json'], { cwd: folder });
  if (stdout === '') throw new Error(`no result: ${stderr}`);
  return { code, stderr, result: JSON.parse(stdout) as ScanResult };
}

/** Scans `plan.json` of a folder against a baseline. */
async function compare(baseline: ScanResult, plan: string, ...args: readonly string[]): Promise<Scanned> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'plan.json'), plan);
  writeFileSync(join(folder, 'baseline.json'), JSON.stringify(baseline));
  return await scan(folder, 'plan.json', '--root', 'infra', '--baseline', 'baseline.json', '--fail-on-new', ...args);
}

async function baselineOf(plan: string, ...args: readonly string[]): Promise<ScanResult> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'plan.json'), plan);
  return (await scan(folder, 'plan.json', '--root', 'infra', ...args)).result;
}

const name = ({ policyId, resource }: Pick<Finding, 'policyId' | 'resource'>): string => `${policyId} ${resource.address}`;
const news = ({ result }: Scanned): readonly string[] => result.findings.filter(({ state }) => state === 'new').map(name);

function fixed({ result }: Scanned): readonly string[] | undefined {
  return result.run.baseline?.fixed.map(({ policyId, address }) => `${policyId} ${address}`);
}

/** new, persisting, fixed, not judged. */
/** New, still open (verified or not), fixed, not judged. */
function counts({ result: { run } }: Scanned): readonly (number | undefined)[] {
  return [
    run.baseline?.new,
    (run.baseline?.persisting ?? 0) + (run.baseline?.unverified ?? 0),
    run.baseline?.fixed.length,
    run.baseline?.notJudged,
  ];
}

const interval = 'secretsmanager-rotation-interval';
const slow = 'aws_secretsmanager_secret.slow';
const dependable = 'aws_secretsmanager_secret.worker[1]';

let before: ScanResult;
let open = 0;
/** Of the open ones those of severity low or worse. */
let failing = 0;
beforeEach(async () => {
  if (open > 0) return;
  const folder = join(plans, 'acme');
  before = (await scan(folder, 'first-plan.json', '--root', 'infra', '--source', folder)).result;
  open = before.findings.length;
  failing = before.findings.filter(({ severity }) => severity !== 'info').length;
});

describe('a plan against the baseline of the same plan', () => {
  it('has nothing new, passes the gate, and says why', async () => {
    const folder = temporaryFolder();
    cpSync(join(plans, 'acme'), join(folder, 'infra'), { recursive: true });
    writeFileSync(join(folder, 'baseline.json'), JSON.stringify(before));
    const args = ['infra/first-plan.json', '--root', 'infra', '--baseline', 'baseline.json'];
    const gated = await scan(folder, ...args, '--fail-on-new');
    expect(open).toBeGreaterThan(50);
    expect(counts(gated)).toEqual([0, open, 0, 0]);
    expect(gated.code).toBe(0);
    expect(gated.result.run.exitReason).toBe(
      `nothing at or above the thresholds; ${open} findings that the baseline has too (--fail-on-new)`,
    );
    expect(gated.stderr).toContain(gated.result.run.exitReason);
    expect(gated.result.findings.every(({ state }) => state === 'persisting')).toBe(true);
    expect(gated.result.run.baseline).toMatchObject({ runId: before.run.id, asOf: before.run.asOf });
    // Without --fail-on-new the baseline only informs.
    const told = await scan(folder, ...args);
    expect(counts(told)).toEqual([0, open, 0, 0]);
    expect([told.code, told.result.run.exitReason]).toEqual([1, `${failing} failures at or above low (--fail-on low)`]);
  });

  it('tells the same of a baseline with every finding in it', async () => {
    const all = await baselineOf(planText('acme/first-plan.json'), '--detail', 'all');
    expect(all.findings.some(({ status }) => status === 'pass')).toBe(true);
    const { length } = all.findings.filter(({ status }) => status === 'fail' || status === 'unknown');
    expect(counts(await compare(all, planText('acme/first-plan.json')))).toEqual([0, length, 0, 0]);
  });

  it('lines that shift and files that are renamed make nothing new, and change no id', async () => {
    const folder = temporaryFolder();
    const infra = join(folder, 'infra');
    cpSync(join(plans, 'acme'), infra, { recursive: true });
    writeFileSync(join(infra, 'secrets.tf'), `\n\n\n\n\n${readFileSync(join(infra, 'secrets.tf'), 'utf8')}`);
    renameSync(join(infra, 'iam.tf'), join(infra, 'roles.tf'));
    writeFileSync(join(folder, 'baseline.json'), JSON.stringify(before));
    const after = await scan(folder, 'infra/first-plan.json', '--root', 'infra', '--baseline', 'baseline.json', '--fail-on-new');
    expect([after.code, ...counts(after)]).toEqual([0, 0, open, 0, 0]);
    const was = new Map(before.findings.map((finding) => [finding.id, finding]));
    expect(after.result.findings.map(({ id }) => id)).toEqual(before.findings.map(({ id }) => id));
    let shifted = 0;
    for (const { id, location } of after.result.findings) {
      const old = was.get(id)?.location;
      if (old?.file === 'secrets.tf') {
        expect(location).toMatchObject({ file: 'infra/secrets.tf', startLine: old.startLine + 5 });
        shifted += 1;
      }
      if (old?.file === 'iam.tf') expect(location).toMatchObject({ file: 'infra/roles.tf', startLine: old.startLine });
    }
    expect(shifted).toBeGreaterThan(10);
  });
});

describe('what a change of the plan comes to', () => {
  const first = 'acme/first-plan.json';
  const cases: readonly {
    readonly title: string;
    readonly from?: Edit;
    readonly to: Edit;
    readonly code: number;
    readonly news?: readonly string[];
    readonly fixed?: readonly string[];
  }[] = [
    {
      title: 'an interval that is longer than allowed now',
      from: rotatesEvery(30),
      to: rotatesEvery(400),
      code: 1,
      news: [`${interval} ${slow}`],
    },
    { title: 'an interval that was too long already', to: rotatesEvery(400), code: 0 },
    { title: 'an interval that is short enough now', to: rotatesEvery(60), code: 0, fixed: [`${interval} ${slow}`] },
    {
      title: 'a bad secret more',
      to: addSecret,
      code: 1,
      news: [
        'secretsmanager-customer-managed-key aws_secretsmanager_secret.added',
        'secretsmanager-rotation-enabled aws_secretsmanager_secret.added',
      ],
    },
    {
      title: 'a bad secret less',
      from: addSecret,
      to: asItIs,
      code: 0,
      fixed: [
        'secretsmanager-customer-managed-key aws_secretsmanager_secret.added',
        'secretsmanager-rotation-enabled aws_secretsmanager_secret.added',
      ],
    },
    { title: 'a fail that was unknown', from: rotatesSometime, to: rotatesEvery(400), code: 1, news: [`${interval} ${slow}`] },
    { title: 'an unknown that was a fail', from: rotatesEvery(400), to: rotatesSometime, code: 0 },
    { title: 'an unknown that was unknown', from: rotatesSometime, to: rotatesSometime, code: 0 },
    { title: 'an unknown that passed', from: rotatesEvery(30), to: rotatesSometime, code: 3, news: [`${interval} ${slow}`] },
    { title: 'a pass that was unknown', from: rotatesSometime, to: rotatesEvery(30), code: 0, fixed: [`${interval} ${slow}`] },
    {
      title: 'a rotation that is gone',
      from: rotatesEvery(30),
      to: remove(slowRotation),
      code: 1,
      news: [`secretsmanager-rotation-enabled ${slow}`],
    },
  ];
  it.each(cases)('$title', async ({ from = asItIs, to, code, news: expected = [], fixed: closed = [] }) => {
    const baseline = await baselineOf(edited(first, from));
    const after = await compare(baseline, edited(first, to));
    expect(news(after)).toEqual(expected);
    expect(fixed(after)).toEqual(closed);
    const [, persisting, , notJudged] = counts(after);
    expect([persisting, notJudged]).toEqual([after.result.findings.length - expected.length, 0]);
    const ids = new Set(after.result.findings.map(({ id }) => id));
    expect(baseline.findings.filter(({ id }) => !ids.has(id)).map(name)).toEqual(closed);
    expect(after.code).toBe(code);
    if (code === 1) expect(after.result.run.exitReason).toMatch(new RegExp(`^${expected.length} new failures? at or above low`));
    if (code === 3) expect(after.result.run.exitReason).toMatch(/^incomplete: 1 new unknown at or above low/);
  });

  it('the text report names what is new and what is fixed', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'baseline.json'), JSON.stringify(before));
    const plan = edited(first, (json) => [rotatesEvery(60), addSecret].forEach((edit) => edit(json)));
    const args = ['scan', '-', '--source', join(plans, 'acme'), '--root', 'infra', '--baseline', 'baseline.json', '--fail-on-new'];
    const { code, stdout } = await runCli(args, { cwd: folder, stdin: plan });
    expect(code).toBe(1);
    expect(stdout).toMatch(/secretsmanager-rotation-enabled +new\n/);
    expect(stdout).toContain(`2 new · ${open - 1} persisting · 1 fixed`);
    expect(stdout).toContain(`fixed: ${interval} acme/prod/slow`);
  });
});

describe('an address that changes', () => {
  const plan = 'moves/plan.json';
  const renamed = (): string => {
    const json = JSON.parse(planText(plan).replaceAll('after_move', 'before_move')) as Plan;
    for (const change of json.resource_changes) delete change.previous_address;
    return JSON.stringify(json);
  };

  it('by a moved block keeps its findings', async () => {
    const baseline = await baselineOf(renamed());
    const old = baseline.findings.filter(({ resource }) => resource.address === 'aws_ssm_parameter.before_move');
    expect(old.length).toBeGreaterThan(0);
    const after = await compare(baseline, planText(plan));
    expect([after.code, ...counts(after)]).toEqual([0, 0, baseline.findings.length, 0, 0]);
    const now = after.result.findings.filter(({ resource }) => resource.address === 'aws_ssm_parameter.after_move');
    expect(now.map(({ previousIds }) => previousIds)).toEqual(old.map(({ id }) => [id]));
    expect(now.some(({ id }) => old.some((one) => one.id === id))).toBe(false);
  });

  it('without one is another resource', async () => {
    const baseline = await baselineOf(renamed());
    const after = await compare(
      baseline,
      edited(plan, (json) => json.resource_changes.forEach((change) => delete change.previous_address)),
    );
    expect(after.code).toBe(1);
    expect(news(after).length).toBeGreaterThan(0);
    expect(news(after).every((one) => one.endsWith(' aws_ssm_parameter.after_move'))).toBe(true);
    expect(fixed(after)).toEqual(news(after).map((one) => one.replace('after_move', 'before_move')));
  });
});

describe('what is not judged this time is not fixed', () => {
  let applied: ScanResult | undefined;
  const appliedResult = async (): Promise<ScanResult> =>
    (applied ??= await baselineOf(planText('acme/no-change.json'), '--source', join(plans, 'acme')));

  it('a policy that is not selected', async () => {
    const after = await compare(before, planText('acme/first-plan.json'), '--policy', interval, '--source', join(plans, 'acme'));
    const own = before.findings.filter(({ policyId }) => policyId === interval).length;
    expect(own).toBeGreaterThan(2);
    expect([after.code, ...counts(after)]).toEqual([0, 0, own, 0, open - own]);
  });

  it('what the plan leaves alone, with --changed-only', async () => {
    const applied = await appliedResult();
    const after = await compare(applied, planText('acme/no-change.json'), '--changed-only', '--source', join(plans, 'acme'));
    const touched = applied.findings.filter(({ resource }) => resource.change !== 'none').length;
    expect(touched).toBeGreaterThan(0);
    expect([after.code, ...counts(after)]).toEqual([0, 0, touched, 0, applied.findings.length - touched]);
  });

  it('what a targeted plan leaves out', async () => {
    const applied = await appliedResult();
    const after = await compare(applied, planText('acme/target.json'), '--source', join(plans, 'acme'));
    // The one thing that the plan changes for the better.
    expect(fixed(after)).toEqual([`${interval} ${slow}`]);
    const [, persisting = 0, , notJudged = 0] = counts(after);
    expect(persisting + notJudged).toBe(applied.findings.length - 1);
    expect(notJudged).toBeGreaterThan(50);
    expect(after.result.findings.some(({ resource }) => resource.address === dependable)).toBe(false);
  });

  it('what another root holds', async () => {
    const after = await compare(before, planText('moves/plan.json'), '--root', 'other');
    expect(fixed(after)).toEqual([]);
    expect(counts(after)).toEqual([after.result.findings.length, 0, 0, open]);
  });
});

describe('a baseline of the live account', () => {
  it('is recognised by names, and only where account and region agree', async () => {
    const finding = before.findings.find((one) => one.policyId === interval && one.resource.address === slow);
    if (!finding) throw new Error('the fixture has no such finding');
    const live = (changes: Partial<Finding['resource']>): ScanResult => {
      const { name: secret, type } = finding.resource;
      const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/prod/slow-AbCdEf';
      const resource = { type, name: secret, address: arn, account: '123456789012', region: 'eu-west-1', ...changes };
      const scope = 'aws/123456789012/eu-west-1';
      return {
        ...before,
        scopes: [{ ...before.scopes[0], id: scope, source: 'aws' } as ScanResult['scopes'][number]],
        findings: [{ ...finding, id: 'f1_00000000000000000000000000000000', scope, resource }],
      };
    };
    const plan = planText('acme/first-plan.json');
    const args = ['--policy', interval, '--source', join(plans, 'acme')];
    expect(news(await compare(live({}), plan, ...args))).not.toContain(`${interval} ${slow}`);
    for (const elsewhere of [{ account: '444455556666' }, { region: 'us-east-1' }, { name: 'acme/prod/other' }]) {
      const after = await compare(live(elsewhere), plan, ...args);
      expect(news(after)).toContain(`${interval} ${slow}`);
      expect(counts(after).slice(1)).toEqual([0, 0, 1]);
    }
    const mended = await compare(live({}), edited('acme/first-plan.json', rotatesEvery(60)), '--policy', interval);
    expect(fixed(mended)).toEqual([expect.stringMatching(/^secretsmanager-rotation-interval arn:aws:/)]);
  });
});

describe('a baseline that is none: exit 2, and how to make one', () => {
  const hint = /\n {2}make it with sealcheck scan … -f json=findings\.json/;
  const cases: readonly (readonly [title: string, text: () => string | Promise<string>, message: RegExp])[] = [
    ['a plan', () => planText('moves/plan.json'), /the baseline b\.json is not a result of sealcheck/],
    ['a saved account', async () => readFileSync(await savedAccountFile('sample'), 'utf8'), /is not a result of sealcheck/],
    ['SARIF', () => '{"version":"2.1.0","runs":[]}', /is not a result of sealcheck/],
    ['text', () => 'no JSON', /is not a result of sealcheck/],
    ['half of one', () => JSON.stringify(before).slice(0, 5000), /is not a result of sealcheck/],
    ['of a version to come', () => JSON.stringify({ ...before, schemaVersion: 2 }), /is of a schema version that .* does not read/],
    [
      'with a finding that is none',
      () => JSON.stringify({ ...before, findings: [before.findings[0], { id: 1 }] }),
      /has been changed: findings\[1\] is not one/,
    ],
  ];
  it.each(cases)('%s', async (_title, text, message) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'b.json'), await text());
    const run = await runCli(['scan', '-', '--baseline', 'b.json'], { cwd: folder, stdin: planText('moves/plan.json') });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
    expect(run.stderr).toMatch(hint);
  });

  it('a file that is not there', async () => {
    const run = await runCli(['scan', '-', '--baseline', 'no.json'], { stdin: planText('moves/plan.json') });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/there is no baseline no\.json\n/);
    expect(run.stderr).toMatch(hint);
  });

  it('--fail-on-new without a baseline', async () => {
    const run = await runCli(['scan', '-', '--fail-on-new'], { stdin: planText('moves/plan.json') });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/--fail-on-new goes with --baseline/);
  });
});
