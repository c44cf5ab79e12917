/**
 * Every AWS operation that the live source calls, with the calls a second that one account and region may make of
 * it. Below the published quota, where there is one, so that the account's own workloads keep their share;
 * Secrets Manager serves 50 policy calls a second and that cannot be raised
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html). For Parameter Store's
 * DescribeParameters and IAM nothing is published.
 *
 * The IAM action of each has the name of the operation.
 */
export const operationRates = {
  'sts:GetCallerIdentity': 10,
  'sts:AssumeRole': 10,
  'account:ListRegions': 5,
  'secretsmanager:ListSecrets': 50,
  'secretsmanager:DescribeSecret': 100,
  'secretsmanager:GetResourcePolicy': 45,
  'secretsmanager:ListSecretVersionIds': 40,
  'ssm:DescribeParameters': 5,
  'ssm:ListTagsForResource': 20,
  'ssm:GetParameters': 30,
  'kms:ListKeys': 50,
  'kms:ListAliases': 50,
  'kms:DescribeKey': 100,
  'kms:GetKeyRotationStatus': 50,
  'kms:GetKeyPolicy': 50,
  'iam:GetAccountAuthorizationDetails': 5,
  'iam:ListPolicyTags': 10,
} as const;

/** `service:Operation`, which is also the IAM action that allows it. */
export type Operation = keyof typeof operationRates;

export type Service = 'sts' | 'account' | 'secretsmanager' | 'ssm' | 'kms' | 'iam';

export function serviceOf(operation: Operation): Service {
  return operation.slice(0, operation.indexOf(':')) as Service;
}
