import type { Finding } from '../../src/model/finding.ts';
import { hostileNames } from './hostile-names.ts';
import { codeFinding, liveFinding } from './sample-finding.ts';

const noEvidence = { evidence: [] } as const;
const denied = {
  path: 'encryption.manager',
  reason: 'access-denied',
  detail: 'AccessDeniedException on kms:DescribeKey',
  action: 'kms:DescribeKey',
} as const;
const waiver = {
  id: 'legacy-batch',
  reason: 'The batch job moves in spring',
  owner: 'team-payments',
  expires: '2027-03-31',
  ticket: 'SEC-118',
};
const interval = 'secretsmanager-rotation-interval';
export const sampleFindings: readonly Finding[] = [
  liveFinding(
    'secretsmanager-no-public-access',
    { name: 'prod/db/password' },
    {
      status: 'fail',
      itemKey: 'AllowAll',
      message: 'prod/db/password lets everyone in by its statement AllowAll',
      evidence: [{ path: 'statements', state: 'value', value: [{ sid: 'AllowAll' }], api: 'secretsmanager:GetResourcePolicy' }],
    },
  ),
  liveFinding(
    'secretsmanager-no-public-access',
    { name: 'infra/ci-token', account: '210987654321', region: 'eu-west-1' },
    {
      status: 'unknown',
      message: 'not verified: statements: AccessDeniedException on secretsmanager:GetResourcePolicy',
      unknown: [
        {
          path: 'statements',
          reason: 'access-denied',
          detail: 'AccessDeniedException on secretsmanager:GetResourcePolicy',
          action: 'secretsmanager:GetResourcePolicy',
        },
      ],
      evidence: [{ path: 'statements', state: 'unknown' }],
    },
  ),
  liveFinding(
    'iam-no-secret-read-on-all',
    { type: 'AWS::IAM::Role', name: 'batch-runner-with-a-name-that-goes-on-and-on-for-sixty-four-chars', region: 'global' },
    {
      status: 'fail',
      itemKey: 'arn:aws:iam::aws:policy/SecretsManagerReadWrite',
      message:
        'batch-runner-with-a-name-that-goes-on-and-on-for-sixty-four-chars may read every secret by arn:aws:iam::aws:policy/SecretsManagerReadWrite',
      ...noEvidence,
    },
  ),
  liveFinding(
    interval,
    { name: 'prod/db/password' },
    {
      status: 'fail',
      message: 'prod/db/password may go 180 days without a rotation; the limit is 90',
      evidence: [{ path: 'rotation.schedule.intervalDays', state: 'value', value: 180, api: 'secretsmanager:ListSecrets' }],
    },
  ),
  ...Object.values(hostileNames).map((name) =>
    liveFinding(
      interval,
      { name },
      { status: 'fail', message: `${name} may go 365 days without a rotation; the limit is 90`, ...noEvidence },
    ),
  ),
  liveFinding(interval, { name: 'prod/mail/api-key' }, { status: 'pass' }),
  liveFinding(interval, { name: 'prod/replica' }, { status: 'not_applicable', reason: 'judged at its primary' }),
  liveFinding(
    interval,
    { name: 'legacy/batch' },
    { status: 'waived', message: 'legacy/batch may go 365 days without a rotation; the limit is 90', ...noEvidence, waiver },
  ),
  codeFinding(interval, 'aws_secretsmanager_secret.db["a"]', 'infra/secrets.tf', 5, {
    status: 'fail',
    message: 'aws_secretsmanager_secret.db["a"] may go 120 days without a rotation; the limit is 90',
    ...noEvidence,
  }),
  codeFinding(interval, 'aws_secretsmanager_secret.db["b"]', 'infra/secrets.tf', 5, {
    status: 'unknown',
    message: 'not verified: rotation.schedule.intervalDays: known after apply',
    unknown: [{ path: 'rotation.schedule.intervalDays', reason: 'known-after-apply', detail: 'known after apply' }],
    ...noEvidence,
  }),
  codeFinding(interval, 'module.mail.aws_secretsmanager_secret.smtp', undefined, 0, {
    status: 'fail',
    message: 'module.mail.aws_secretsmanager_secret.smtp may go 120 days without a rotation; the limit is 90',
    ...noEvidence,
  }),
  liveFinding(
    'ssm-parameter-secret-is-secure-string',
    { type: 'AWS::SSM::Parameter', name: '/prod/db//password' },
    { status: 'fail', message: '/prod/db//password is a String, and its name says it holds a password', ...noEvidence },
  ),
  liveFinding(
    'kms-key-rotates',
    { type: 'AWS::KMS::Key', name: '1234abcd-12ab-34cd-56ef-1234567890ab' },
    { status: 'fail', message: '1234abcd-12ab-34cd-56ef-1234567890ab does not rotate', ...noEvidence },
  ),
  liveFinding(
    'secretsmanager-customer-managed-key',
    { name: 'prod/db/password' },
    {
      status: 'unknown',
      message: `not verified: encryption.manager: ${denied.detail}`,
      unknown: [denied],
      evidence: [{ path: 'encryption.manager', state: 'unknown' }],
    },
  ),
  liveFinding(
    'secretsmanager-customer-managed-key',
    { name: 'vendor/blob' },
    { status: 'waived', message: `not verified: encryption.manager: ${denied.detail}`, unknown: [denied], ...noEvidence, waiver },
  ),
  liveFinding(
    'ssm-parameter-database-credential-rotates',
    { type: 'AWS::SSM::Parameter', name: '/prod/db//password' },
    { status: 'fail', message: '/prod/db//password holds a database credential', ...noEvidence },
  ),
];
