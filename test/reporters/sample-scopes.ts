import type { ScopeResult } from '../../src/model/scan-result.ts';

/** Two accounts, one with a gap and a failed region, and a root of infrastructure code. */
export const sampleScopes: readonly ScopeResult[] = [
  {
    id: 'aws/123456789012/global',
    source: 'aws',
    partition: 'aws',
    account: '123456789012',
    region: 'global',
    caller: 'arn:aws:iam::123456789012:role/Audit',
    status: 'complete',
    resources: { 'AWS::IAM::Role': 5, 'AWS::IAM::User': 1 },
    gaps: [],
  },
  {
    id: 'aws/123456789012/us-east-1',
    source: 'aws',
    partition: 'aws',
    account: '123456789012',
    region: 'us-east-1',
    status: 'complete',
    resources: { 'AWS::SecretsManager::Secret': 14, 'AWS::SSM::Parameter': 9, 'AWS::KMS::Key': 3 },
    gaps: [],
  },
  {
    id: 'aws/210987654321/eu-west-1',
    source: 'aws',
    partition: 'aws',
    account: '210987654321',
    region: 'eu-west-1',
    status: 'partial',
    resources: { 'AWS::SecretsManager::Secret': 2 },
    gaps: [
      {
        operation: 'ssm:DescribeParameters',
        action: 'ssm:DescribeParameters',
        types: ['AWS::SSM::Parameter'],
        reason: 'access-denied',
        count: 1,
        hint: 'Grant ssm:DescribeParameters to the caller; `sealcheck permissions` prints the whole policy.',
        detail: 'AccessDeniedException on ssm:DescribeParameters',
      },
    ],
  },
  {
    id: 'aws/210987654321/us-west-2',
    source: 'aws',
    account: '210987654321',
    region: 'us-west-2',
    status: 'failed',
    resources: {},
    gaps: [
      {
        operation: 'secretsmanager:ListSecrets',
        action: 'secretsmanager:ListSecrets',
        types: ['AWS::SecretsManager::Secret'],
        reason: 'timeout',
        count: 3,
        hint: 'Check the network and any proxy in between, and run again.',
      },
    ],
  },
  {
    id: 'terraform/infra',
    source: 'terraform',
    root: 'infra',
    status: 'complete',
    resources: { 'AWS::SecretsManager::Secret': 3 },
    gaps: [],
  },
];
