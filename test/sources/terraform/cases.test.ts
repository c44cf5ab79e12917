import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/model/finding.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { Unknown } from '../../../src/model/unknown.ts';
import { judgePlan, plans, readPlanFile, type JudgedPlan } from './judge-plan.ts';

const folder = `${plans}/cases`;
let alone: JudgedPlan;
let withCode: JudgedPlan;

beforeAll(async () => {
  const json = readPlanFile('cases/plan.json');
  alone = await judgePlan(json);
  withCode = await judgePlan(json, { sourceDir: folder });
});

function resource({ scope }: JudgedPlan, address: string): Resource {
  const found = scope.resources.find((one) => one.address === address);
  if (!found) throw new Error(`no ${address}`);
  return found;
}

/** The value at a path; an Unknown as its reason and detail. */
function at(judged: JudgedPlan, address: string, path: string): unknown {
  let value: unknown = resource(judged, address).attributes;
  for (const key of path.split('.'))
    value = value instanceof Unknown ? value : (value as { readonly [key: string]: unknown } | undefined)?.[key];
  return value instanceof Unknown ? `${value.reason}: ${value.detail}` : value;
}

function verdicts({ findings }: JudgedPlan, policyId: string, address: string): readonly Finding['status'][] {
  return findings.filter((one) => one.policyId === policyId && one.resource.address === address).map(({ status }) => status);
}

const elsewhere = 'unresolved-reference: it comes from local.key, which a plan does not show';
const variable = 'unresolved-reference: the key comes from var.key_arn, and is not in this input';

// The plan marks key_id as known after apply whether it is left out or refers to a resource.
describe('the key of a parameter', () => {
  it.each([
    ['left out', 'omitted', 'aws', 'aws'],
    ['that refers to a key of the plan', 'referred', 'customer', 'customer'],
    ['that refers to a local value', 'by_local', elsewhere, 'customer'],
    ['that comes from a variable', 'by_variable', variable, variable],
    ['that names the AWS managed key', 'of_aws', 'aws', 'aws'],
    ['that names an alias made elsewhere', 'by_foreign_alias', 'customer', 'customer'],
  ])('%s', (_title, name, planAlone, planAndCode) => {
    expect(at(alone, `aws_ssm_parameter.${name}`, 'encryption.manager')).toBe(planAlone);
    expect(at(withCode, `aws_ssm_parameter.${name}`, 'encryption.manager')).toBe(planAndCode);
  });

  it('is found through a module', () => {
    expect(at(alone, 'module.own_keyed.aws_secretsmanager_secret.this', 'encryption.manager')).toBe('customer');
    expect(at(alone, 'module.own_keyed.aws_secretsmanager_secret.this', 'encryption.keyRotationEnabled')).toBe(true);
    expect(at(alone, 'module.keyed.aws_secretsmanager_secret.this', 'encryption.manager')).toBe(variable);
  });
});

describe('keys', () => {
  it.each([
    ['one that rotates', 'aws_kms_key.own', true],
    ['a signing key, which cannot', 'aws_kms_key.signing', undefined],
    ['an imported one, which cannot', 'aws_kms_external_key.imported', undefined],
    ['a replica, as its primary', 'aws_kms_replica_key.replica', true],
  ])('%s', (_title, address, expected) => {
    expect(at(alone, address, 'rotationEnabled')).toBe(expected);
  });

  it('know what they protect', () => {
    const names = (judged: JudgedPlan): unknown =>
      (resource(judged, 'aws_kms_key.own').attributes['protects'] as readonly { readonly name: unknown }[]).map(({ name }) => name);
    expect(names(withCode)).toEqual(expect.arrayContaining(['cases/rotated', 'cases/not-rotated', '/cases/referred', '/cases/by-local']));
    expect(names(alone)).not.toContain('/cases/by-local');
    expect(names(withCode)).not.toContain('/cases/omitted');
  });

  it('without a policy of their own let their account in and nobody else', () => {
    expect(verdicts(alone, 'kms-key-policy-not-public', 'aws_kms_key.own')).toEqual(['pass']);
  });
});

describe('a rotation whose secret only the code tells', () => {
  it('may be of any secret without the code', () => {
    for (const name of ['rotated', 'not_rotated', 'partner']) {
      expect(verdicts(alone, 'secretsmanager-rotation-enabled', `aws_secretsmanager_secret.${name}`)).toEqual(['unknown']);
    }
  });

  it('is of its secret with the code', () => {
    expect(verdicts(withCode, 'secretsmanager-rotation-enabled', 'aws_secretsmanager_secret.rotated')).toEqual(['pass']);
    expect(at(withCode, 'aws_secretsmanager_secret.rotated', 'rotation.schedule.intervalDays')).toBe(31);
    expect(verdicts(withCode, 'secretsmanager-rotation-enabled', 'aws_secretsmanager_secret.not_rotated')).toEqual(['fail']);
  });

  it('that is missing ends its message with where it was sought', () => {
    const found = withCode.findings.find(
      ({ policyId, resource: { address } }) =>
        policyId === 'secretsmanager-rotation-enabled' && address === 'aws_secretsmanager_secret.not_rotated',
    );
    expect(found).toMatchObject({
      status: 'fail',
      message: expect.stringMatching(/none in this plan; one made elsewhere cannot be seen, waive it or set/) as string,
    });
  });
});

describe('a block whose owner is outside the plan', () => {
  it.each([
    ['a resource policy', 'aws_secretsmanager_secret_policy.elsewhere', 'secretsmanager-no-public-access', 'fail'],
    ['a value', 'aws_secretsmanager_secret_version.elsewhere', 'secretsmanager-no-value-in-source', 'fail'],
    ['an inline policy', 'aws_iam_role_policy.elsewhere', 'iam-no-secretsmanager-wildcard', 'fail'],
  ])('%s is judged in its place', (_title, address, policyId, status) => {
    expect(verdicts(withCode, policyId, address)).toEqual([status]);
  });

  it('leaves to the owner what only that can tell, and never passes it', () => {
    const others = withCode.findings.filter(
      ({ resource: { address }, status }) => address === 'aws_secretsmanager_secret_policy.elsewhere' && status !== 'fail',
    );
    expect(others.length).toBeGreaterThan(3);
    expect([...new Set(others.map(({ status }) => status))]).toEqual(['not_applicable']);
  });

  it('is called by its address', () => {
    const found = withCode.findings.find(
      ({ status, resource: { address } }) => status === 'fail' && address === 'aws_secretsmanager_secret_policy.elsewhere',
    );
    expect(found).toMatchObject({ message: expect.stringContaining('aws_secretsmanager_secret_policy.elsewhere') as string });
  });
});

describe('where a value comes from', () => {
  it.each([
    ['the default of a variable', 'rotated', 'literal'],
    ['a variable given from outside', 'not_rotated', 'variable'],
    ['a literal beside a reference', 'partner', 'literal'],
  ])('%s', (_title, name, origin) => {
    const values = resource(withCode, `aws_secretsmanager_secret.${name}`).attributes['values'] as readonly { readonly origin: unknown }[];
    expect(values.map((value) => value.origin)).toEqual([origin]);
  });

  it.each([
    ['a cluster that manages it', 'aws_rds_cluster.managed', { origin: 'managed', managed: true }],
    ['a member of a cluster', 'aws_rds_cluster_instance.managed', { origin: 'none', managed: false }],
    ['a read replica', 'aws_db_instance.replica', { origin: 'inherited', managed: false }],
    ['a literal', 'aws_docdb_cluster.literal', { origin: 'literal', managed: false }],
    ['a variable given from outside', 'aws_redshift_cluster.given', { origin: 'variable', managed: false }],
  ])('the master password of %s', (_title, address, expected) => {
    expect(resource(alone, address).attributes['masterPassword']).toMatchObject(expected);
  });
});

describe('IAM', () => {
  it('judges a policy that is only a boundary as none', () => {
    expect(verdicts(alone, 'iam-no-secretsmanager-wildcard', 'aws_iam_policy.boundary')).toEqual(['not_applicable']);
    expect(at(alone, 'aws_iam_policy.boundary', 'boundaryOnly')).toBe(true);
  });

  it('follows aws_iam_policy_attachment to users and groups', () => {
    for (const address of ['aws_iam_user.ci', 'aws_iam_group.ops', 'aws_iam_policy.shared']) {
      expect(verdicts(alone, 'iam-no-secret-read-on-all', address)).toEqual(['fail']);
    }
  });

  it('knows the groups of a user', () => {
    expect(at(alone, 'aws_iam_user.ci', 'groups')).toEqual(['cases-ops']);
  });

  it('puts together a document that takes over the statements of others', () => {
    const { statements } = resource(withCode, 'aws_iam_role.bounded').attributes as {
      readonly statements: readonly { readonly policyName?: string; readonly actions: unknown; readonly resources: unknown }[];
    };
    expect(statements.filter(({ policyName }) => policyName === 'merged').map(({ actions, resources }) => [actions, resources])).toEqual([
      [['s3:GetObject'], ['arn:aws:s3:::cases/*']],
      [
        ['secretsmanager:GetSecretValue'],
        [expect.stringMatching(/^arn:aws:secretsmanager:eu-west-1:.*:secret:cases\/rotated-\$\{aws_secretsmanager_secret\.rotated\}$/)],
      ],
    ]);
  });

  it('knows common AWS managed policies and says so of the others', () => {
    const unknown = withCode.findings.filter(
      ({ policyId, status, resource: { address } }) =>
        policyId === 'iam-no-secretsmanager-wildcard' && address === 'aws_iam_role.bounded' && status === 'unknown',
    );
    expect(unknown.some((one) => one.status === 'unknown' && one.message.includes('AWSPanoramaFullAccess'))).toBe(true);
    expect(unknown.some((one) => one.status === 'unknown' && one.message.includes('AWSLambdaBasicExecutionRole'))).toBe(false);
  });
});

describe('environments', () => {
  it('that merge a local are unknown without the code and judged by name with it', () => {
    expect(verdicts(alone, 'lambda-no-plaintext-secret', 'aws_lambda_function.merged')).toEqual(['unknown']);
    const found = withCode.findings.filter(
      ({ policyId, status, resource: { address } }) =>
        policyId === 'lambda-no-plaintext-secret' && address === 'aws_lambda_function.merged' && status === 'fail',
    );
    expect(found.map(({ itemKey }) => itemKey)).toEqual(['SMTP_PASSWORD']);
    expect(found[0]?.location).toMatchObject({ file: `${folder}/workloads.tf`, address: 'aws_lambda_function.merged' });
  });

  it('that pass on an ARN are fine', () => {
    expect(verdicts(withCode, 'lambda-no-plaintext-secret', 'aws_lambda_function.good')).toEqual(['pass']);
  });

  it.each([
    ['aws_instance.scripted', 'fail'],
    ['aws_launch_template.scripted', 'fail'],
    ['aws_launch_template.harmless', 'pass'],
  ])('user data of %s: %s', (address, status) => {
    expect(verdicts(alone, 'ec2-user-data-no-plaintext-secret', address)).toEqual([status]);
  });
});

describe('account and region', () => {
  it('come from the provider of each block', () => {
    expect(resource(alone, 'aws_secretsmanager_secret.rotated').region).toBe('eu-west-1');
    expect(resource(alone, 'aws_secretsmanager_secret.partner').region).toBe('eu-central-1');
  });

  it('that the plan does not say leave a grant to another account unknown', () => {
    expect(verdicts(alone, 'secretsmanager-cross-account-access-trusted', 'aws_secretsmanager_secret.partner')).toEqual(['unknown']);
  });

  it('that the user says decide it', async () => {
    const judged = await judgePlan(readPlanFile('cases/plan.json'), { account: '123456789012' });
    expect(verdicts(judged, 'secretsmanager-cross-account-access-trusted', 'aws_secretsmanager_secret.partner')).toEqual(['fail']);
  });
});
