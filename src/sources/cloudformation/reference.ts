/** A resource of the template, as `Ref` or `Fn::GetAtt` names it. A class, so that no data of a template can pass for one. */
export class Reference {
  readonly id: string;
  /** Attribute of `Fn::GetAtt`; undefined for `Ref`. */
  readonly attribute: string | undefined;

  constructor(id: string, attribute: string | undefined) {
    this.id = id;
    this.attribute = attribute;
  }

  /** As people write it, such as `Key.Arn`. */
  get text(): string {
    return this.attribute === undefined ? this.id : `${this.id}.${this.attribute}`;
  }
}

/** Types whose `Ref` is an ARN; of the others it is a name or an id. */
const refIsArn: ReadonlySet<string> = new Set([
  'AWS::SecretsManager::Secret',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::SAMLProvider',
  'AWS::SNS::Topic',
  'AWS::ECS::TaskDefinition',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
]);

/** Attributes that are the ARN of their resource. */
const arnAttributes: ReadonlySet<string> = new Set(['Arn', 'TopicArn', 'PolicyArn', 'Id']);

/** Which kind of text a reference becomes. */
export function isArn(type: string, attribute: string | undefined): boolean {
  if (attribute === undefined) return refIsArn.has(type);
  // `Id` is the ARN of a secret and something else anywhere else.
  return attribute === 'Id' ? type === 'AWS::SecretsManager::Secret' : arnAttributes.has(attribute);
}

/** The property that names a resource: what its `Ref` is, or how its ARN ends. */
export const nameProperties: ReadonlyMap<string, string> = new Map([
  ['AWS::SecretsManager::Secret', 'Name'],
  ['AWS::SSM::Parameter', 'Name'],
  ['AWS::KMS::Alias', 'AliasName'],
  ['AWS::IAM::Role', 'RoleName'],
  ['AWS::IAM::User', 'UserName'],
  ['AWS::IAM::Group', 'GroupName'],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName'],
  ['AWS::IAM::OIDCProvider', 'Url'],
  ['AWS::IAM::SAMLProvider', 'Name'],
  ['AWS::Lambda::Function', 'FunctionName'],
  ['AWS::Serverless::Function', 'FunctionName'],
  ['AWS::SNS::Topic', 'TopicName'],
  ['AWS::SQS::Queue', 'QueueName'],
  ['AWS::S3::Bucket', 'BucketName'],
  ['AWS::RDS::DBInstance', 'DBInstanceIdentifier'],
  ['AWS::RDS::DBCluster', 'DBClusterIdentifier'],
]);

/** Whether the texts that a resource type gives are chosen by people we do not know: its attributes may be anything, a wildcard too. */
export function isOpenType(type: string): boolean {
  return (
    !type.startsWith('AWS::') ||
    type === 'AWS::CloudFormation::CustomResource' ||
    type === 'AWS::CloudFormation::Stack' ||
    type === 'AWS::Serverless::Application'
  );
}
