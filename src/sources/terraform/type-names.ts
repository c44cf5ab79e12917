/** What a Terraform resource type is in AWS, for those that others name by their ARN. */
export interface NamedType {
  /** CloudFormation type name. */
  readonly name: string;
  /** The argument that holds what people call it. */
  readonly nameAttribute: string;
  /** Whether its `id` is its ARN. */
  readonly idIsArn?: true;
}

const types: ReadonlyMap<string, NamedType> = new Map<string, NamedType>([
  ['aws_secretsmanager_secret', { name: 'AWS::SecretsManager::Secret', nameAttribute: 'name', idIsArn: true }],
  ['aws_ssm_parameter', { name: 'AWS::SSM::Parameter', nameAttribute: 'name' }],
  ['aws_kms_key', { name: 'AWS::KMS::Key', nameAttribute: 'id' }],
  ['aws_kms_external_key', { name: 'AWS::KMS::Key', nameAttribute: 'id' }],
  ['aws_kms_replica_key', { name: 'AWS::KMS::ReplicaKey', nameAttribute: 'id' }],
  ['aws_kms_alias', { name: 'AWS::KMS::Alias', nameAttribute: 'name' }],
  ['aws_iam_role', { name: 'AWS::IAM::Role', nameAttribute: 'name' }],
  ['aws_iam_user', { name: 'AWS::IAM::User', nameAttribute: 'name' }],
  ['aws_iam_group', { name: 'AWS::IAM::Group', nameAttribute: 'name' }],
  ['aws_iam_policy', { name: 'AWS::IAM::ManagedPolicy', nameAttribute: 'name', idIsArn: true }],
  ['aws_iam_openid_connect_provider', { name: 'AWS::IAM::OIDCProvider', nameAttribute: 'url', idIsArn: true }],
  ['aws_iam_saml_provider', { name: 'AWS::IAM::SAMLProvider', nameAttribute: 'name', idIsArn: true }],
  ['aws_lambda_function', { name: 'AWS::Lambda::Function', nameAttribute: 'function_name' }],
  ['aws_sns_topic', { name: 'AWS::SNS::Topic', nameAttribute: 'name', idIsArn: true }],
  ['aws_sqs_queue', { name: 'AWS::SQS::Queue', nameAttribute: 'name' }],
]);

export function typeOfBlock(type: string): NamedType | undefined {
  return types.get(type);
}
