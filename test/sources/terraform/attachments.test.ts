import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgePlan, plans, readPlanFile } from './judge-plan.ts';

interface Change {
  readonly address: string;
  readonly change: { after: { [name: string]: unknown }; after_unknown: { [name: string]: unknown } };
}

it('a policy attached to a user whose name is known after apply is judged there with the code, and unknown without', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sealcheck-attachments-'));
  try {
    cpSync(`${plans}/cases`, folder, { recursive: true });
    const json = readPlanFile('cases/plan.json') as { readonly resource_changes: readonly Change[] };
    for (const { address, change } of json.resource_changes) {
      if (address === 'aws_iam_user.ci') {
        delete change.after['name'];
        change.after_unknown['name'] = true;
      }
      if (address === 'aws_iam_policy_attachment.shared') {
        change.after['users'] = [null];
        change.after_unknown['users'] = [true];
      }
    }
    const statuses = async (options: object): Promise<readonly string[]> =>
      (await judgePlan(json, options)).findings
        .filter(({ policyId, resource }) => policyId === 'iam-no-secret-read-on-all' && resource.address === 'aws_iam_user.ci')
        .map(({ status }) => status);
    expect(await statuses({ sourceDir: folder })).toEqual(['fail']);
    expect(await statuses({})).toEqual(['unknown']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('functions of one name in two regions, of which one lets Secrets Manager in', () => {
  const regions = ['us-east-1', 'eu-west-1'];

  /** A plan with a secret, its rotation and its function in each region, and a permission in the second. */
  function planOf(functionName: unknown): unknown {
    const block = (type: string, index: number, after: object, unknown: object, expressions: object): readonly [object, object] => {
      const provider_config_key = index === 0 ? 'aws' : 'aws.there';
      const name = `r${index}`;
      const described = { address: `${type}.${name}`, mode: 'managed', type, name, provider_name: 'registry.terraform.io/hashicorp/aws' };
      return [
        {
          ...described,
          change: { actions: ['create'], before: null, after, after_unknown: unknown, after_sensitive: {}, before_sensitive: false },
        },
        { ...described, provider_config_key, expressions, schema_version: 0 },
      ];
    };
    const blocks = [
      ...regions.flatMap((_region, index) => [
        block('aws_secretsmanager_secret', index, { name: 'db' }, { arn: true, id: true }, { name: { constant_value: 'db' } }),
        block(
          'aws_lambda_function',
          index,
          { function_name: 'rotate' },
          { arn: true, id: true },
          { function_name: { constant_value: 'rotate' } },
        ),
        block(
          'aws_secretsmanager_secret_rotation',
          index,
          { rotation_rules: [{ automatically_after_days: 30 }] },
          { secret_id: true, rotation_lambda_arn: true },
          {
            secret_id: { references: [`aws_secretsmanager_secret.r${index}.id`, `aws_secretsmanager_secret.r${index}`] },
            rotation_lambda_arn: { references: [`aws_lambda_function.r${index}.arn`, `aws_lambda_function.r${index}`] },
          },
        ),
      ]),
      block(
        'aws_lambda_permission',
        1,
        { function_name: 'rotate', action: 'lambda:InvokeFunction', principal: 'secretsmanager.amazonaws.com' },
        {},
        { function_name: functionName },
      ),
    ];
    const providers = regions.map((region, index) => ({
      ...{ name: 'aws', full_name: 'registry.terraform.io/hashicorp/aws', expressions: { region: { constant_value: region } } },
      ...(index === 0 ? {} : { alias: 'there' }),
    }));
    return {
      format_version: '1.2',
      terraform_version: '1.9.0',
      complete: true,
      resource_changes: blocks.map(([change]) => change),
      configuration: {
        provider_config: { aws: providers[0], 'aws.there': providers[1] },
        root_module: { resources: blocks.map(([, configuration]) => configuration) },
      },
    };
  }

  it.each([
    ['by a reference', { references: ['aws_lambda_function.r1.function_name', 'aws_lambda_function.r1'] }, ['fail', 'pass']],
    ['by the name alone', { constant_value: 'rotate' }, ['unknown', 'unknown']],
  ])('which one is told %s', async (_how, functionName, expected) => {
    const { findings } = await judgePlan(planOf(functionName));
    const verdicts = regions.map((_region, index) =>
      findings.find(
        ({ policyId, resource }) =>
          policyId === 'secretsmanager-rotation-function-exists' && resource.address === `aws_secretsmanager_secret.r${index}`,
      ),
    );
    expect(verdicts.map((finding) => finding?.status)).toEqual(expected);
  });
});
