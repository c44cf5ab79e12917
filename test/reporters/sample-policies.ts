import type { Status } from '../../src/model/finding.ts';
import type { PolicyResult } from '../../src/model/scan-result.ts';
import type { Severity } from '../../src/model/severity.ts';

const noCounts: { readonly [status in Status]: number } = { pass: 0, fail: 0, unknown: 0, waived: 0, not_applicable: 0 };

function policy(id: string, title: string, severity: Severity, more: Partial<PolicyResult> = {}): PolicyResult {
  return {
    id,
    aliases: [],
    title,
    severity,
    description: `${title}. A credential that leaked stays useful as long as this does not hold.`,
    resources: ['AWS::SecretsManager::Secret'],
    sources: ['aws', 'terraform', 'cloudformation'],
    tags: ['rotation'],
    controls: [{ framework: 'aws-fsbp', id: 'SecretsManager.4' }],
    equivalents: [],
    params: {},
    remediation: { text: 'Set it right.' },
    counts: noCounts,
    ...more,
  };
}

export const samplePolicies: readonly PolicyResult[] = [
  policy('iam-no-secret-read-on-all', 'Nobody may read every secret', 'high', {
    resources: ['AWS::IAM::Role', 'AWS::IAM::User'],
    tags: ['least-privilege', 'cwe-732'],
  }),
  policy('kms-key-rotates', 'Customer managed keys rotate', 'medium', { resources: ['AWS::KMS::Key'] }),
  policy('secretsmanager-customer-managed-key', 'Secrets are encrypted with a customer managed key', 'medium'),
  policy('secretsmanager-no-public-access', 'No secret is open to everyone', 'critical', {
    aliases: ['secretsmanager-not-public'],
    equivalents: ['CKV2_AWS_57'],
    remediation: {
      text: 'Remove the statement.',
      url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html',
      cli: 'aws secretsmanager delete-resource-policy --secret-id {{ resource.name }}',
      terraform: '# ```\nresource "aws_secretsmanager_secret_policy" "x" {}\n',
      cloudformation: 'Type: AWS::SecretsManager::ResourcePolicy',
    },
  }),
  policy('secretsmanager-rotation-interval', 'Secrets rotate at least every 90 days', 'high', {
    params: { maxDays: 90, ignoreNames: ['^sandbox/'] },
    remediation: {
      text: 'Shorten the rotation schedule.',
      url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html',
    },
  }),
  policy('ssm-parameter-secret-is-secure-string', 'Parameters that hold a secret are SecureStrings', 'high', {
    resources: ['AWS::SSM::Parameter'],
  }),
  policy('ssm-parameter-database-credential-rotates', 'Database credentials live where they can rotate', 'low', {
    resources: ['AWS::SSM::Parameter'],
    deprecated: 'use secretsmanager-rotation-interval',
  }),
];
