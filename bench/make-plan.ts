/**
 * A plan as `terraform show -json` writes it, about 1.6 KB a resource. A unit is one service: half of its resources are of types
 * that no policy judges, as in real plans. One unit in twenty does everything wrong, the others nothing.
 *
 * @param size resources; `faulty: every` makes all units wrong, the worst case
 */
export function makePlan(size: number, faulty: 'few' | 'every' = 'few'): string {
  const changes: unknown[] = [];
  const planned: unknown[] = [];
  const configured: unknown[] = [];
  const add = (type: string, name: string, values: Values, unknown: Values, expressions: Values): void => {
    const address = `${type}.${name}`;
    const head = { address, mode: 'managed', type, name, provider_name: 'registry.terraform.io/hashicorp/aws' };
    const change = {
      actions: ['create'],
      before: null,
      after: values,
      after_unknown: unknown,
      before_sensitive: false,
      after_sensitive: {},
    };
    changes.push({ ...head, change });
    planned.push({ ...head, schema_version: 0, values, sensitive_values: {} });
    configured.push({ address, mode: 'managed', type, name, provider_config_key: 'aws', expressions, schema_version: 0 });
  };
  add(
    'aws_kms_key',
    'shared',
    {
      ...tagged,
      description: 'shared',
      enable_key_rotation: true,
      is_enabled: true,
      customer_master_key_spec: 'SYMMETRIC_DEFAULT',
      key_usage: 'ENCRYPT_DECRYPT',
    },
    { arn: true, id: true, key_id: true, policy: true, tags_all: {} },
    { enable_key_rotation: { constant_value: true } },
  );
  for (let unit = 0; changes.length < size; unit += 1) addUnit(unit, faulty === 'every' || unit % 20 === 0, add);
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    variables: {},
    planned_values: { root_module: { resources: planned } },
    resource_changes: changes,
    prior_state: {
      format_version: '1.0',
      values: {
        root_module: {
          resources: [
            {
              address: 'data.aws_caller_identity.current',
              mode: 'data',
              type: 'aws_caller_identity',
              name: 'current',
              values: { account_id: '123456789012' },
            },
          ],
        },
      },
    },
    configuration: {
      provider_config: { aws: { name: 'aws', expressions: { region: { constant_value: 'eu-west-1' } } } },
      root_module: { resources: configured },
    },
    timestamp: '2026-11-25T00:00:00Z',
    applyable: true,
    complete: true,
    errored: false,
  });
}

type Values = { readonly [name: string]: unknown };
type Add = (type: string, name: string, values: Values, unknown: Values, expressions: Values) => void;

const tags = { team: 'orders', env: 'prod', 'cost-center': '4711' };
const tagged = { tags, tags_all: { ...tags, Project: 'bench', ManagedBy: 'terraform' } };
const filler = 'A line of settings, as long as they are in real plans, where most of a resource is of no interest to anybody. '.repeat(6);

function addUnit(unit: number, wrong: boolean, add: Add): void {
  const name = `u${unit}`;
  const refer = (...references: readonly string[]): Values => ({
    references: references.flatMap((path) => [path, path.replace(/\.\w+$/, '')]),
  });
  add(
    'aws_s3_bucket',
    name,
    { ...tagged, bucket: `bench-${name}`, force_destroy: false, note: filler },
    { arn: true, id: true, region: true, tags_all: {} },
    { bucket: { constant_value: `bench-${name}` } },
  );
  add(
    'aws_security_group',
    name,
    { ...tagged, name: `sg-${name}`, description: filler, egress: [], ingress: [] },
    { arn: true, id: true, owner_id: true, tags_all: {} },
    { name: { constant_value: `sg-${name}` } },
  );
  add(
    'aws_cloudwatch_log_group',
    name,
    { ...tagged, name: `/bench/${name}`, retention_in_days: 30, note: filler },
    { arn: true, id: true, tags_all: {} },
    { name: { constant_value: `/bench/${name}` } },
  );
  add(
    'aws_sqs_queue',
    name,
    { ...tagged, name: `queue-${name}`, policy_note: filler },
    { arn: true, id: true, url: true, tags_all: {} },
    { name: { constant_value: `queue-${name}` } },
  );
  add(
    'aws_lambda_function',
    name,
    {
      ...tagged,
      function_name: `fn-${name}`,
      runtime: 'nodejs22.x',
      environment: [{ variables: wrong ? { API_PASSWORD: `obviously-fake-${unit}` } : { TABLE: `t-${name}`, LOG_LEVEL: 'info' } }],
      note: filler,
    },
    { arn: true, id: true, role: true, environment: [{ variables: {} }], tags_all: {} },
    {
      function_name: { constant_value: `fn-${name}` },
      role: refer(`aws_iam_role.${name}.arn`),
      environment: [{ variables: { constant_value: {} } }],
    },
  );
  add(
    'aws_iam_role',
    name,
    { ...tagged, name: `role-${name}`, path: '/', assume_role_policy: trust, permissions_boundary: null, note: filler },
    { arn: true, id: true, inline_policy: true, managed_policy_arns: true, unique_id: true, tags_all: {} },
    { name: { constant_value: `role-${name}` }, assume_role_policy: {} },
  );
  const resource = wrong ? '*' : `arn:aws:secretsmanager:eu-west-1:123456789012:secret:bench/${name}-*`;
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Read', Effect: 'Allow', Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: resource },
    ],
  });
  add(
    'aws_iam_role_policy',
    name,
    { name: `read-${name}`, policy },
    { id: true, role: true },
    { name: { constant_value: `read-${name}` }, role: refer(`aws_iam_role.${name}.id`), policy: {} },
  );
  add(
    'aws_secretsmanager_secret',
    name,
    {
      ...tagged,
      name: `bench/${name}`,
      recovery_window_in_days: 30,
      ...(wrong ? { kms_key_id: null } : {}),
      force_overwrite_replica_secret: false,
    },
    { arn: true, id: true, policy: true, replica: true, ...(wrong ? {} : { kms_key_id: true }), tags_all: {} },
    { name: { constant_value: `bench/${name}` }, ...(wrong ? {} : { kms_key_id: refer('aws_kms_key.shared.arn') }) },
  );
  add(
    'aws_secretsmanager_secret_rotation',
    name,
    {
      rotate_immediately: false,
      rotation_rules: [{ automatically_after_days: wrong ? 365 : 30, duration: null, schedule_expression: null }],
    },
    { id: true, rotation_enabled: true, secret_id: true, rotation_lambda_arn: true, rotation_rules: [{}] },
    {
      secret_id: refer(`aws_secretsmanager_secret.${name}.id`),
      rotation_lambda_arn: refer(`aws_lambda_function.${name}.arn`),
      rotation_rules: [{ automatically_after_days: { constant_value: 30 } }],
    },
  );
  add(
    'aws_ssm_parameter',
    name,
    { ...tagged, name: `/bench/${name}/${wrong ? 'password' : 'endpoint'}`, type: 'String', value: `value-${unit}`, tier: 'Standard' },
    { arn: true, id: true, key_id: true, data_type: true, version: true, tags_all: {} },
    { name: { constant_value: `/bench/${name}` }, type: { constant_value: 'String' }, value: { constant_value: `value-${unit}` } },
  );
}

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }],
});
