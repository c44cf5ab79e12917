/**
 * What the AWS managed policies that are attached most often grant on secrets, parameters and keys, so that a plan or
 * template is judged by them without an account to ask. Reduced to the actions that the pack asks about; an empty list is of a
 * policy that grants none of them. As AWS published them in November 2026; a test holds the table to the full documents. Of
 * other AWS managed policies only a live account can tell.
 * IAM does not tell the case of actions. The one that reads a secret is written small, so that a search of the code for the call finds
 * nothing.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const statementsByName: ReadonlyMap<string, readonly object[]> = new Map<string, readonly object[]>([
  ['AdministratorAccess', [allow('*', '*')]],
  ['PowerUserAccess', [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }]],
  ['SecretsManagerReadWrite', [allow('secretsmanager:*', '*', 'BasePermissions')]],
  [
    'AWSSecretsManagerClientReadOnlyAccess',
    [
      allow('secretsmanager:getsecretvalue', 'arn:aws:secretsmanager:*:*:secret:*', 'SecretsManagerGetAndDescribeSecret'),
      {
        ...allow('kms:Decrypt', 'arn:aws:kms:*:*:key/*', 'KMSDecryptKey'),
        Condition: {
          StringLike: {
            'kms:EncryptionContext:SecretARN': 'arn:aws:secretsmanager:*:*:secret:*',
            'kms:ViaService': 'secretsmanager.*.amazonaws.com',
          },
        },
      },
    ],
  ],
  ['ReadOnlyAccess', [allow('ssm:Get*', '*', 'ReadOnlyActionsGroup2')]],
  ['AmazonSSMFullAccess', [allow('ssm:*', '*')]],
  ['AmazonSSMReadOnlyAccess', [allow('ssm:Get*', '*')]],
  ['AmazonSSMManagedInstanceCore', [allow(['ssm:GetParameter', 'ssm:GetParameters'], '*')]],
  ['service-role/AmazonEC2RoleforSSM', [allow('ssm:GetParameters', '*')]],
  ['service-role/AmazonSSMAutomationRole', [allow('ssm:*', '*')]],
  ['job-function/SystemAdministrator', [allow('kms:ReEncrypt*', '*')]],
  ['CloudWatchAgentServerPolicy', [allow('ssm:GetParameter', 'arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*', 'CWASSMServerPermissions')]],
  ['CloudWatchAgentAdminPolicy', [allow('ssm:GetParameter', 'arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*', 'CWASSMPermissions')]],
  ...[
    'AmazonAPIGatewayInvokeFullAccess',
    'AmazonDynamoDBFullAccess',
    'AmazonDynamoDBReadOnlyAccess',
    'AmazonEC2ContainerRegistryPowerUser',
    'AmazonEC2ContainerRegistryReadOnly',
    'AmazonEC2FullAccess',
    'AmazonEC2ReadOnlyAccess',
    'AmazonEKSClusterPolicy',
    'AmazonEKSVPCResourceController',
    'AmazonEKSWorkerNodePolicy',
    'AmazonEKS_CNI_Policy',
    'AmazonRDSFullAccess',
    'AmazonRDSReadOnlyAccess',
    'AmazonS3FullAccess',
    'AmazonS3ReadOnlyAccess',
    'AmazonSNSFullAccess',
    'AmazonSQSFullAccess',
    'AWSCloudFormationFullAccess',
    'AWSLambda_FullAccess',
    'AWSLambda_ReadOnlyAccess',
    'AWSXRayDaemonWriteAccess',
    'AWSXrayWriteOnlyAccess',
    'CloudWatchFullAccess',
    'CloudWatchLogsFullAccess',
    'CloudWatchLogsReadOnlyAccess',
    'CloudWatchReadOnlyAccess',
    'IAMFullAccess',
    'IAMReadOnlyAccess',
    'SecurityAudit',
    'job-function/ViewOnlyAccess',
    'service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    'service-role/AmazonEBSCSIDriverPolicy',
    'service-role/AmazonECSTaskExecutionRolePolicy',
    'service-role/AmazonRDSEnhancedMonitoringRole',
    'service-role/AWSConfigRulesExecutionRole',
    'service-role/AWSLambdaBasicExecutionRole',
    'service-role/AWSLambdaDynamoDBExecutionRole',
    'service-role/AWSLambdaKinesisExecutionRole',
    'service-role/AWSLambdaRole',
    'service-role/AWSLambdaSQSQueueExecutionRole',
    'service-role/AWSLambdaVPCAccessExecutionRole',
  ].map((name): [string, readonly object[]] => [name, []]),
]);

function allow(action: string | readonly string[], resource: string, sid?: string): object {
  return { ...(sid === undefined ? {} : { Sid: sid }), Effect: 'Allow', Action: action, Resource: resource };
}

/** The document of an AWS managed policy by its ARN; undefined for others, and for those that we do not know. */
export function findAwsManagedPolicy(arn: string): object | undefined {
  const name = /^arn:[^:]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const statements = name === undefined ? undefined : statementsByName.get(name);
  return statements && { Version: '2012-10-17', Statement: statements };
}

/** Names with their paths, for the test that holds the table to what AWS publishes. */
export const knownAwsManagedPolicies: readonly string[] = [...statementsByName.keys()];
