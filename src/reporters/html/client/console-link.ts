import type { Row } from './rows.ts';

const hosts: { readonly [partition: string]: string } = {
  aws: 'console.aws.amazon.com',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-cn': 'console.amazonaws.cn',
};

/** Where the AWS console shows a live resource; undefined for what it has no address for, and for code. */
export function consoleLink({
  type,
  name,
  address,
  region,
  scope,
}: Pick<Row, 'type' | 'name' | 'address' | 'region' | 'scope'>): string | undefined {
  if (scope.source !== 'aws') return undefined;
  const host = hosts[/^arn:([\w-]+):/.exec(address)?.[1] ?? ''];
  if (host === undefined || !/^[a-z0-9-]+$/.test(region)) return undefined;
  const path = pathOf(type, encodeURIComponent(name), encodeURIComponent(address));
  if (path === undefined) return undefined;
  const [before = '', after] = path.split('#');
  const separator = before.includes('?') ? '&' : '?';
  const withRegion = region === 'global' ? before : `${before}${separator}region=${region}`;
  return `https://${region === 'global' ? '' : `${region}.`}${host}/${withRegion}${after === undefined ? '' : `#${after}`}`;
}

function pathOf(type: string, name: string, address: string): string | undefined {
  switch (type) {
    case 'AWS::SecretsManager::Secret':
      return `secretsmanager/secret?name=${name}`;
    case 'AWS::SSM::Parameter':
      return `systems-manager/parameters/${name}/description`;
    case 'AWS::KMS::Key':
      return `kms/home#/kms/keys/${name}`;
    case 'AWS::IAM::Role':
      return `iam/home#/roles/details/${name}`;
    case 'AWS::IAM::User':
      return `iam/home#/users/details/${name}`;
    case 'AWS::IAM::Group':
      return `iam/home#/groups/details/${name}`;
    case 'AWS::IAM::ManagedPolicy':
      return `iam/home#/policies/details/${address}`;
    case 'AWS::Lambda::Function':
      return `lambda/home#/functions/${name}`;
    case 'AWS::RDS::DBInstance':
      return `rds/home#database:id=${name};is-cluster=false`;
    case 'AWS::RDS::DBCluster':
      return `rds/home#database:id=${name};is-cluster=true`;
    default:
      return undefined;
  }
}
