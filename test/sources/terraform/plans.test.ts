import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/model/errors.ts';
import { acme, judgePlan, plans, readPlanFile } from './judge-plan.ts';

type Json = { [key: string]: unknown };

const first = (): Json => readPlanFile('acme/first-plan.json') as Json;

async function errorOf(json: unknown): Promise<UserError> {
  const error: unknown = await judgePlan(json).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw new Error(`no mistake of the user: ${String(error)}`);
  return error;
}

describe('plans that cannot be judged', () => {
  it.each([
    ['of a format to come', { ...first(), format_version: '2.0' }, 'input-unsupported', /format_version.*1\.x, not 2\.0/],
    ['without a format', { ...first(), format_version: undefined }, 'input-invalid', /format_version: it is missing/],
    ['with a format that is no text', { ...first(), format_version: 1 }, 'input-invalid', /format_version: it is missing/],
    ['that failed', { ...first(), errored: true }, 'input-unsupported', /failed/],
    ['without any change', { ...first(), resource_changes: undefined, prior_state: undefined }, 'input-unsupported', /without resources/],
    ['with an empty list of changes', { ...first(), resource_changes: [] }, 'input-unsupported', /without resources/],
    ['whose changes are no list', { ...first(), resource_changes: { a: 1 } }, 'input-invalid', /resource_changes: it is not a list/],
    ['with a change that is none', { ...first(), resource_changes: [7] }, 'input-invalid', /resource_changes\[0\]/],
    [
      'with a change without actions',
      { ...first(), resource_changes: [{ address: 'a.b', mode: 'managed', type: 'a', name: 'b', change: {} }] },
      'input-invalid',
      /resource_changes\[0\]\.change\.actions/,
    ],
    ['that are a list', [], 'input-invalid', /not an object/],
  ] as const)('%s', async (_title, json, code, message) => {
    const error = await errorOf(json);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.hint).toBeDefined();
  });
});

describe('the kinds of plans', () => {
  it('a destroy plan has nothing to judge, and says so', async () => {
    const { scope, notes, findings } = await judgePlan(readPlanFile('acme/destroy.json'));
    expect([scope.resources, findings]).toEqual([[], []]);
    expect(notes).toEqual([expect.stringContaining('destroys everything')]);
  });

  it('a refresh-only plan is judged as it is', async () => {
    const { scope, notes } = await judgePlan(readPlanFile('acme/refresh-only.json'));
    expect(scope.resources.length).toBeGreaterThan(40);
    expect(new Set(scope.resources.map(({ change }) => change))).toEqual(new Set(['none']));
    expect(notes).toEqual([expect.stringContaining('only refreshes'), expect.stringContaining('check.db_rotation')]);
  });

  it('in a targeted plan absence proves nothing', async () => {
    const { scope, findings, notes } = await judgePlan(readPlanFile('acme/target.json'), { sourceDir: acme });
    expect(notes).toEqual([expect.stringContaining('not complete')]);
    expect(scope.resources.map(({ address }) => address)).toContain('aws_secretsmanager_secret.slow');
    // What was not targeted is context, and not judged.
    expect(scope.resources.map(({ address }) => address)).not.toContain('aws_secretsmanager_secret.db');
    const open = findings.filter(({ status }) => status === 'unknown');
    expect(open.map(({ policyId }) => policyId)).toContain('iam-no-secret-read-on-all');
    expect(open.every((one) => one.status === 'unknown' && one.unknown.every(({ reason }) => reason === 'partial-input'))).toBe(true);
  });

  it('a secret without a rotation is unknown in a targeted plan, and a fail in a whole one', async () => {
    const json = first();
    const statusIn = async (plan: unknown): Promise<string | undefined> =>
      (await judgePlan(plan)).findings.find(
        ({ policyId, resource }) =>
          policyId === 'secretsmanager-rotation-enabled' && resource.address === 'aws_secretsmanager_secret.legacy',
      )?.status;
    expect(await statusIn(json)).toBe('fail');
    expect(await statusIn({ ...json, complete: false })).toBe('unknown');
    const deferred = [{ reason: 'resource_config_unknown', resource_change: { address: 'aws_secretsmanager_secret_rotation.x' } }];
    expect(await statusIn({ ...json, deferred_changes: deferred })).toBe('unknown');
  });

  it('deferred changes are a gap', async () => {
    const deferred = [{ reason: 'resource_config_unknown', resource_change: { address: 'aws_secretsmanager_secret.x' } }];
    const { scope } = await judgePlan({ ...first(), deferred_changes: deferred });
    expect(scope.status).toBe('partial');
    expect(scope.gaps).toMatchObject([{ reason: 'partial-input', count: 1 }]);
  });

  it('what is deleted or forgotten is not judged', async () => {
    const second = await judgePlan(readPlanFile('acme/second-plan.json'));
    expect(second.scope.resources.map(({ address }) => address)).not.toContain('aws_secretsmanager_secret.doomed[0]');
    const moves = await judgePlan(readPlanFile('moves/plan.json'));
    expect(moves.scope.resources.map(({ address }) => address)).not.toContain('aws_secretsmanager_secret.forgotten');
  });

  it('says what each resource goes through', async () => {
    const { scope } = await judgePlan(readPlanFile('acme/second-plan.json'));
    const changeOf = (address: string): string | undefined => scope.resources.find((one) => one.address === address)?.change;
    expect(changeOf('aws_secretsmanager_secret.renamed')).toBe('replace');
    expect(changeOf('aws_secretsmanager_secret.legacy')).toBe('none');
    // Its rotation changes, so it does.
    expect(changeOf('aws_secretsmanager_secret.slow')).toBe('update');
  });

  it('knows the address that a moved resource had', async () => {
    const { scope } = await judgePlan(readPlanFile('moves/plan.json'));
    expect(scope.resources.find(({ address }) => address === 'aws_ssm_parameter.after_move')?.previousAddresses).toEqual([
      'aws_ssm_parameter.before_move',
    ]);
  });

  it('gives the same verdicts after apply as before, where the plan could tell', async () => {
    const before = await judgePlan(first(), { sourceDir: acme });
    const after = await judgePlan(readPlanFile('acme/no-change.json'), { sourceDir: acme });
    const key = ({ policyId, resource, itemKey }: (typeof before.findings)[number]): string =>
      [policyId, resource.address, itemKey].join(' ');
    const statuses = new Map(after.findings.map((finding) => [key(finding), finding.status]));
    const changed = before.findings.filter((finding) => {
      const now = statuses.get(key(finding));
      return finding.status !== 'unknown' && now !== undefined && now !== finding.status;
    });
    expect(changed.map(key)).toEqual([]);
  });
});

describe('identity', () => {
  it('of what fails stays when the plan is applied, and so does its place', async () => {
    const places = async (name: string): Promise<readonly string[]> =>
      (await judgePlan(readPlanFile(name), { sourceDir: acme })).findings
        .filter(({ status, policyId }) => status === 'fail' && /wildcard|rotation|no-public/.test(policyId))
        .map(({ id, policyId, location }) => `${id} ${policyId} ${location?.file ?? ''}:${location?.startLine ?? 0}`)
        .sort();
    const [before, after] = [await places('acme/first-plan.json'), await places('acme/no-change.json')];
    expect(before.length).toBeGreaterThan(15);
    expect(after).toEqual(before);
  });
});

describe('positions', () => {
  it('lead to the argument, or to the header of its block when it is not written', async () => {
    const { findings } = await judgePlan(first(), { sourceDir: acme });
    const place = (policyId: string, address: string): string | undefined => {
      const location = findings.find(
        (one) => one.status === 'fail' && one.policyId === policyId && one.resource.address === address,
      )?.location;
      return location && `${location.file.slice(plans.length + 1)}:${location.startLine}:${location.startColumn} ${location.address ?? ''}`;
    };
    expect(place('secretsmanager-rotation-interval', 'aws_secretsmanager_secret.slow')).toBe(
      'acme/secrets.tf:95:5 aws_secretsmanager_secret_rotation.slow',
    );
    expect(place('secretsmanager-customer-managed-key', 'aws_secretsmanager_secret.slow')).toBe(
      'acme/secrets.tf:83:3 aws_secretsmanager_secret.slow',
    );
    expect(place('secretsmanager-customer-managed-key', 'aws_secretsmanager_secret.legacy')).toBe(
      'acme/secrets.tf:64:1 aws_secretsmanager_secret.legacy',
    );
    expect(place('secretsmanager-rotation-interval', 'aws_secretsmanager_secret.dyn["lazy"]')).toBe(
      'acme/secrets.tf:210:7 aws_secretsmanager_secret_rotation.dyn["lazy"]',
    );
    expect(place('secretsmanager-rotation-interval', 'module.tenant["beta.co/eu"].aws_secretsmanager_secret.this')).toBe(
      'acme/modules/secret/main.tf:26:5 module.tenant["beta.co/eu"].aws_secretsmanager_secret_rotation.this[0]',
    );
  });
});

it('the function of a rotation is known where the plan has it, with its permission', async () => {
  const { scope } = await judgePlan(readPlanFile('acme/first-plan.json'), { sourceDir: acme });
  const rotations = scope.resources.flatMap(({ type, attributes }) =>
    type === 'AWS::SecretsManager::Secret' ? [attributes['rotation'] as { readonly [name: string]: unknown }] : [],
  );
  expect(rotations).toContainEqual(expect.objectContaining({ functionExists: true, functionInvocable: true }));
});
