/**
 * Every AWS operation that the live source calls, with the calls a second that one account and region may make of
 * it. Below the published quota, where there is one, so that the account's own workloads keep their share;
 * Secrets Manager serves 50 policy calls a second and that cannot be raised
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html). For Parameter Store's
 * DescribeParameters, IAM, CodeBuild and ECS nothing is published. Lambda serves 15 calls a second of its control plane in all
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
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
  'lambda:GetFunctionConfiguration': 5,
  'lambda:GetPolicy': 10,
  'ssm:DescribeParameters': 5,
  'ssm:ListTagsForResource': 20,
  'ssm:GetParameters': 30,
  'ssm:GetResourcePolicies': 10,
  'kms:ListKeys': 50,
  'kms:ListAliases': 50,
  'kms:DescribeKey': 100,
  'kms:GetKeyRotationStatus': 50,
  'kms:GetKeyPolicy': 50,
  'kms:ListResourceTags': 50,
  'iam:GetAccountAuthorizationDetails': 5,
  'iam:ListPolicyTags': 10,
  'cloudtrail:DescribeTrails': 5,
  'cloudtrail:GetTrailStatus': 5,
  'cloudtrail:GetEventSelectors': 5,
  'events:ListRules': 10,
  'events:ListTargetsByRule': 10,
  'cloudwatch:DescribeAlarms': 5,
  'codebuild:ListProjects': 5,
  'codebuild:BatchGetProjects': 5,
  'ecs:ListTaskDefinitionFamilies': 10,
  'ecs:DescribeTaskDefinition': 15,
  'ec2:DescribeInstances': 10,
  'ec2:DescribeInstanceAttribute': 10,
  'ec2:DescribeLaunchTemplates': 10,
  'ec2:DescribeLaunchTemplateVersions': 10,
  'lambda:ListFunctions': 5,
  'lambda:ListTags': 5,
  'rds:DescribeDBInstances': 5,
  'rds:DescribeDBClusters': 5,
  'redshift:DescribeClusters': 5,
} as const;

/** `service:Operation`, which is also the IAM action that allows it. */
export type Operation = keyof typeof operationRates;

export type Service =
  | 'sts'
  | 'account'
  | 'secretsmanager'
  | 'ssm'
  | 'kms'
  | 'iam'
  | 'cloudtrail'
  | 'events'
  | 'cloudwatch'
  | 'codebuild'
  | 'ecs'
  | 'ec2'
  | 'lambda'
  | 'rds'
  | 'redshift';

export function serviceOf(operation: Operation): Service {
  return operation.slice(0, operation.indexOf(':')) as Service;
}
