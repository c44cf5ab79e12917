import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AccountFixture, SecretFixture } from '../../src/endpoint/account-fixture.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { writeSnapshot } from '../../src/sources/snapshot/snapshot.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { scanEndpoint, scanTime } from '../support/scan-endpoint.ts';

const acme = fileURLToPath(new URL('../fixtures/plans/acme/', import.meta.url));
const day = 86_400_000;
const interval = 'secretsmanager-rotation-interval';
const enabled = 'secretsmanager-rotation-enabled';

interface Where {
  readonly account?: string;
  readonly region?: string;
}

const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:rotate';
const rotating = (name: string, days: number): SecretFixture => ({
  name,
  createdAt: scanTime - 60 * day,
  lastAccessedAt: scanTime - day,
  rotation: { days, functionArn, lastRotatedAt: scanTime - 10 * day, nextRotationAt: scanTime + days * day },
});
const still = (name: string): SecretFixture => ({ name, createdAt: scanTime - 60 * day, lastAccessedAt: scanTime - day });

/** What `sealcheck collect` saves of an account with these secrets. */
async function saved(secrets: readonly SecretFixture[], { account = '123456789012', region = 'eu-west-1' }: Where = {}): Promise<string> {
  const fixture: AccountFixture = { id: account, regions: { [region]: { secrets } } };
  const { collection } = await scanEndpoint({ accounts: [fixture], options: { regions: [region], roleArns: [], withCaller: false } });
  return writeSnapshot(collection, scanTime, '0.0.0');
}

interface Plan {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: { readonly after: Record<string, unknown>; readonly after_unknown: Record<string, unknown> };
  }[];
}

/** The second plan of acme, where the interval of `acme/prod/slow` goes from 365 to 60 days, and after an edit of its text. */
function planText(edit: (plan: Plan) => void = () => undefined): string {
  const plan = JSON.parse(readFileSync(join(acme, 'second-plan.json'), 'utf8')) as Plan;
  edit(plan);
  return JSON.stringify(plan);
}

/** A folder with the plan beside its code, and the account. */
function write(account: string, plan: string): string {
  const folder = temporaryFolder();
  cpSync(acme, join(folder, 'infra'), { recursive: true });
  writeFileSync(join(folder, 'infra', 'plan.json'), plan);
  // As if the interval of `acme/prod/db` came from a data source: what is written out, the code would tell.
  const code = join(folder, 'infra', 'secrets.tf');
  const text = readFileSync(code, 'utf8');
  writeFileSync(code, text.replace(/(automatically_after_days = )30(\n +duration)/, '$1data.external.days.result.value$2'));
  writeFileSync(join(folder, 'account.json'), account);
  return folder;
}

async function joined(account: string, plan: string, ...args: readonly string[]): Promise<ScanResult> {
  const folder = write(account, plan);
  const run = await runCli(['scan', 'infra/plan.json', 'account.json', '-f', 'json', ...args], { cwd: folder });
  if (run.stdout === '') throw new Error(run.stderr);
  return JSON.parse(run.stdout) as ScanResult;
}

const isLive = ({ scope }: Finding): boolean => scope.startsWith('aws/');
const isOpen = ({ status }: Finding): boolean => status === 'fail' || status === 'unknown';
const line = (file: string, text: string, after: string): number => {
  const lines = readFileSync(join(acme, file), 'utf8').split('\n');
  return lines.findIndex((one, index) => one.includes(text) && index > lines.findIndex((before) => before.includes(after))) + 1;
};

/** What becomes of the open live findings: `policy secret: effect`. */
const effects = ({ findings }: ScanResult): readonly string[] =>
  findings
    .filter((one) => isLive(one) && isOpen(one))
    .map(({ policyId, resource, plan }) => `${policyId} ${resource.name}: ${plan ?? 'elsewhere'}`);

/** The interval of `acme/prod/db` is known only after apply. */
const unknownInterval = (plan: Plan): void => {
  const rotation = plan.resource_changes.find(({ address }) => address === 'aws_secretsmanager_secret_rotation.db');
  if (!rotation) throw new Error('the fixture has no such rotation');
  rotation.change.after['rotation_rules'] = [{}];
  rotation.change.after_unknown['rotation_rules'] = [{ automatically_after_days: true }];
};

describe('a plan and a saved account in one run', () => {
  const secrets = [
    rotating('acme/prod/slow', 365),
    rotating('acme/prod/db', 400),
    still('acme-legacy-api-key'),
    still('billing/made-by-hand'),
  ];
  it('live findings name the line to edit, and what the plan makes of them', async () => {
    const result = await joined(await saved(secrets), planText(unknownInterval), '--policy', interval, '--policy', enabled);
    expect(effects(result)).toEqual([
      `${enabled} acme-legacy-api-key: left`,
      `${enabled} billing/made-by-hand: elsewhere`,
      `${interval} acme/prod/db: undecided`,
      `${interval} acme/prod/slow: fixed`,
    ]);
    expect(result.run.plan).toEqual({ fixed: 1, left: 1, undecided: 1, elsewhere: 1 });
    const live = new Map(result.findings.filter((one) => isLive(one) && isOpen(one)).map((one) => [one.resource.name, one]));
    expect(live.get('acme/prod/slow')?.location).toMatchObject({
      file: 'infra/secrets.tf',
      address: 'aws_secretsmanager_secret_rotation.slow',
    });
    expect(live.get('acme-legacy-api-key')?.location).toMatchObject({
      file: 'infra/secrets.tf',
      startLine: line('secrets.tf', '"aws_secretsmanager_secret" "legacy"', ''),
      address: 'aws_secretsmanager_secret.legacy',
    });
    expect(live.get('acme/prod/db')?.location).toMatchObject({ address: 'aws_secretsmanager_secret_rotation.db' });
    expect(live.get('billing/made-by-hand')?.location).toBeUndefined();
    for (const { resource } of live.values()) expect(resource.address).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:/);
  });

  it('where the deciding attribute is written, that is the place', async () => {
    const result = await joined(
      await saved([rotating('acme/prod/dyn/lazy', 300), still('acme/prod/slow')]),
      planText(),
      ...['--policy', interval, '--policy', 'secretsmanager-customer-managed-key'],
    );
    expect(effects(result)).toContain('secretsmanager-customer-managed-key acme/prod/slow: left');
    const place = result.findings.find((one) => isLive(one) && one.resource.name === 'acme/prod/slow' && isOpen(one))?.location;
    expect(place).toMatchObject({
      file: 'infra/secrets.tf',
      startLine: line('secrets.tf', 'kms_key_id', '"aws_secretsmanager_secret" "slow"'),
    });
    // The same as the plan's own finding has.
    const own = result.findings.find((one) => !isLive(one) && one.resource.name === 'acme/prod/slow' && isOpen(one))?.location;
    expect(place).toEqual(own);
  });

  it('with every policy the counts add up to the open live findings, and ids are those of the account alone', async () => {
    const account = await saved(secrets);
    const result = await joined(account, planText());
    const live = result.findings.filter((one) => isLive(one) && isOpen(one));
    const { fixed = 0, left = 0, undecided = 0, elsewhere = 0 } = result.run.plan ?? {};
    expect(live.length).toBeGreaterThan(4);
    expect(fixed + left + undecided + elsewhere).toBe(live.length);
    expect(live.filter(({ plan }) => plan === undefined)).toHaveLength(elsewhere);
    for (const [effect, count] of Object.entries({ fixed, left, undecided })) {
      expect(live.filter(({ plan }) => plan === effect)).toHaveLength(count);
    }
    expect(result.findings.some((one) => !isLive(one) && one.plan !== undefined)).toBe(false);
    const alone = await runCli(['scan', '-', '-f', 'json'], { stdin: account });
    const { findings, run } = JSON.parse(alone.stdout) as ScanResult;
    expect(run.plan).toBeUndefined();
    expect(live.map(({ id }) => id)).toEqual(findings.filter(isOpen).map(({ id }) => id));
  });

  it('the text report says it', async () => {
    const folder = write(await saved(secrets), planText(unknownInterval));
    const args = ['scan', 'infra/plan.json', 'account.json', '--policy', interval, '--policy', enabled];
    const { stdout, code } = await runCli(args, { cwd: folder });
    expect(code).toBe(1);
    expect(stdout).toContain('of the live findings this code fixes 1, leaves 1, cannot decide 1; 1 is not in it');
    expect(stdout).toContain(`declared at infra/secrets.tf:${line('secrets.tf', '"aws_secretsmanager_secret" "legacy"', '')}`);
    expect(stdout).toMatch(/secretsmanager-rotation-interval +\(this plan fixes it\)/);
    expect(stdout).toMatch(/secretsmanager-rotation-enabled +\(this plan leaves it\)/);
  });
});

describe('what is not the same does not join', () => {
  const cases: readonly (readonly [title: string, secret: SecretFixture, where: Where])[] = [
    ['another region', rotating('acme/prod/slow', 365), { region: 'us-east-1' }],
    ['another account', rotating('acme/prod/slow', 365), { account: '111122223333' }],
    ['another name', rotating('acme/prod/slow-2', 365), {}],
    ['the name in other letters', rotating('acme/prod/SLOW', 365), {}],
  ];
  it.each(cases)('%s', async (_title, secret, where) => {
    const result = await joined(await saved([secret], where), planText(), '--policy', interval);
    expect(effects(result)).toEqual([`${interval} ${secret.name}: elsewhere`]);
    expect(result.run.plan).toEqual({ fixed: 0, left: 0, undecided: 0, elsewhere: 1 });
    expect(result.findings.find(isLive)?.location).toBeUndefined();
  });

  it('a secret whose name is not known, even if the account has one called like its address', async () => {
    const first = readFileSync(join(acme, 'first-plan.json'), 'utf8');
    const address = 'aws_secretsmanager_secret.prefixed';
    const result = await joined(await saved([still(address)]), first, '--policy', enabled);
    expect(result.findings.some((one) => !isLive(one) && one.resource.address === address && one.status === 'fail')).toBe(true);
    expect(effects(result)).toEqual([`${enabled} ${address}: elsewhere`]);
  });

  it('two plans, both with secrets whose names are not known', async () => {
    const folder = temporaryFolder();
    for (const name of ['a', 'b']) {
      cpSync(join(acme, 'first-plan.json'), join(folder, name, 'plan.json'));
    }
    const baseline = await runCli(['scan', 'a/plan.json', '-f', 'json', '--policy', enabled], { cwd: folder });
    writeFileSync(join(folder, 'baseline.json'), baseline.stdout);
    const run = await runCli(['scan', 'b/plan.json', '-f', 'json', '--policy', enabled, '--baseline', 'baseline.json'], { cwd: folder });
    const { findings, run: facts } = JSON.parse(run.stdout) as ScanResult;
    // Roots that are not the same, of the same source: nothing is taken for something else.
    expect(findings.every(({ state }) => state === 'new')).toBe(true);
    expect(facts.baseline).toMatchObject({ persisting: 0, fixed: [], notJudged: findings.length });
  });
});
