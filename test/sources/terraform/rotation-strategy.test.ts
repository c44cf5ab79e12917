import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/model/unknown.ts';
import { judgePlan } from './judge-plan.ts';

const policy = 'secretsmanager-rotation-uses-alternating-users';

interface PlannedBlock {
  readonly values?: object;
  /** What apply will tell, by argument, with the address that it comes from. */
  readonly references?: { readonly [argument: string]: readonly string[] };
  readonly unknown?: object;
}

function planOf(blocks: { readonly [address: string]: PlannedBlock }): unknown {
  const parts = Object.entries(blocks).map(([address, { values = {}, references = {}, unknown }]) => {
    const [type = '', name = ''] = address.split('.');
    const open = unknown ?? Object.fromEntries(Object.keys(references).map((key) => [key, true]));
    const head = { address, mode: 'managed', type, name };
    return {
      planned: { ...head, provider_name: 'registry.terraform.io/hashicorp/aws', values },
      change: { ...head, change: { actions: ['create'], before: null, after: values, after_unknown: { arn: true, id: true, ...open } } },
      config: {
        ...head,
        expressions: {
          ...Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { constant_value: value as unknown }])),
          ...Object.fromEntries(Object.entries(references).map(([key, names]) => [key, { references: names }])),
        },
      },
    };
  });
  return {
    format_version: '1.2',
    terraform_version: '1.9.0',
    planned_values: { root_module: { resources: parts.map(({ planned }) => planned) } },
    resource_changes: parts.map(({ change }) => change),
    configuration: { root_module: { resources: parts.map(({ config }) => config) } },
  };
}

const secret = { 'aws_secretsmanager_secret.s': { values: { name: 'orders/app' } } };
const rotation = (functionArn: PlannedBlock): { readonly [address: string]: PlannedBlock } => ({
  'aws_secretsmanager_secret_rotation.s': {
    values: { ...functionArn.values },
    references: { secret_id: ['aws_secretsmanager_secret.s.id', 'aws_secretsmanager_secret.s'], ...functionArn.references },
  },
});
const toFunction = rotation({ references: { rotation_lambda_arn: ['aws_lambda_function.f.arn', 'aws_lambda_function.f'] } });
const stack = 'aws_serverlessapplicationrepository_cloudformation_stack.x';
const toStack = rotation({ references: { rotation_lambda_arn: [`${stack}.outputs["RotationLambdaARN"]`, `${stack}.outputs`, stack] } });
const lambda = (values: object): { readonly [address: string]: PlannedBlock } => ({ 'aws_lambda_function.f': { values } });
const applications = 'arn:aws:serverlessrepo:us-east-1:297356227824:applications';

async function attributesOf(
  blocks: { readonly [address: string]: PlannedBlock },
  address: string,
): Promise<{ readonly [name: string]: unknown }> {
  const { scope } = await judgePlan(planOf(blocks));
  return scope.resources.find((resource) => resource.address === address)?.attributes as { readonly [name: string]: unknown };
}

describe('the strategy of a rotation', () => {
  it.each<[string, { readonly [address: string]: PlannedBlock }, unknown]>([
    [
      'a function by its name',
      { ...toFunction, ...lambda({ function_name: 'SecretsManagerRDSMySQLRotationMultiUser' }) },
      'alternating-users',
    ],
    [
      'a function by its description',
      { ...toFunction, ...lambda({ function_name: 'f', description: 'Postgres, single user' }) },
      'single-user',
    ],
    [
      'a function by its tags',
      {
        ...toFunction,
        ...lambda({
          function_name: 'f',
          tags: { 'serverlessrepo:applicationId': `${applications}/SecretsManagerRedshiftRotationSingleUser` },
        }),
      },
      'single-user',
    ],
    ['a function of which nothing says it', { ...toFunction, ...lambda({ function_name: 'rotate' }) }, undefined],
    [
      'a function with a description that comes later',
      { ...toFunction, 'aws_lambda_function.f': { values: { function_name: 'rotate' }, references: { description: ['var.x'] } } },
      expect.any(Unknown),
    ],
    [
      'the ARN of a function',
      rotation({ values: { rotation_lambda_arn: 'arn:aws:lambda:us-east-1:111122223333:function:orders-mysql-multi-user' } }),
      'alternating-users',
    ],
    [
      'the ARN of a function of any name',
      rotation({ values: { rotation_lambda_arn: 'arn:aws:lambda:us-east-1:111122223333:function:f' } }),
      expect.any(Unknown),
    ],
    [
      'an application of AWS',
      { ...toStack, [stack]: { values: { name: 'x', application_id: `${applications}/SecretsManagerRDSMySQLRotationSingleUser` } } },
      'single-user',
    ],
    [
      'an application of one’s own',
      { ...toStack, [stack]: { values: { name: 'x', application_id: `${applications}/mine` } } },
      expect.any(Unknown),
    ],
    ['managed rotation', rotation({}), undefined],
  ])('%s', async (_name, blocks, expected) => {
    const found = (await attributesOf({ ...secret, ...blocks }, 'aws_secretsmanager_secret.s'))['rotation'] as {
      readonly strategy?: unknown;
    };
    expect(found).toMatchObject({ enabled: true });
    expect(found.strategy).toEqual(expected);
    expect('strategy' in found).toBe(expected !== undefined);
  });

  it('is judged', async () => {
    const verdicts = async (name: string): Promise<readonly string[]> => {
      const { findings } = await judgePlan(planOf({ ...secret, ...toFunction, ...lambda({ function_name: name }) }));
      return findings.flatMap(({ policyId, status }) => (policyId === policy ? [status] : []));
    };
    expect(await verdicts('mysql-single-user')).toEqual(['fail']);
    expect(await verdicts('mysql-multi-user')).toEqual(['pass']);
    expect(await verdicts('rotate')).toEqual(['not_applicable']);
  });
});

describe('the secret of a superuser', () => {
  const owner = 'aws_secretsmanager_secret.owner';
  it.each<[string, string, { readonly [address: string]: PlannedBlock }, boolean]>([
    ['by its name', owner, { [owner]: { values: { name: 'orders/admin' } } }, true],
    [
      'by that of its block',
      'aws_secretsmanager_secret.master',
      { 'aws_secretsmanager_secret.master': { values: { name: 'orders/x' } } },
      true,
    ],
    ['by neither', owner, { [owner]: { values: { name: 'orders/owner' } } }, false],
  ])('%s', async (_name, address, blocks, expected) => {
    expect((await attributesOf(blocks, address))['superuser']).toBe(expected);
  });

  it.each(['superuserSecretArn', 'masterSecretArn'])('by the %s of an application', async (parameter) => {
    const blocks = {
      [owner]: { values: { name: 'orders/owner' } },
      ...secret,
      [stack]: {
        values: { name: 'x', parameters: {} },
        references: { parameters: [`${owner}.arn`, owner, 'aws_subnet.a.id', 'aws_subnet.a'] },
        unknown: { parameters: { [parameter]: true } },
      },
    };
    expect((await attributesOf(blocks, owner))['superuser']).toBe(true);
    expect((await attributesOf(blocks, 'aws_secretsmanager_secret.s'))['superuser']).toBe(false);
  });
});
