import type { Difference } from './compare-models.ts';

/** A way in which moto departs from AWS, or in which two servers cannot agree. */
export interface KnownDifference {
  readonly reason: string;
  readonly covers: (difference: Difference) => boolean;
}

const secret = 'AWS::SecretsManager::Secret';
const key = 'AWS::KMS::Key';

/** Every one of them must be met, so that a row does not outlive its reason. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    reason: 'moto dates everything at the time of the call, and cannot be told another one',
    covers: ({ moto, endpoint }) => isDate(moto) && isDate(endpoint),
  },
  {
    reason: 'both invent the six characters behind the name of a secret',
    covers: ({ at, moto, endpoint }) => at.endsWith(' address') && withoutSuffix(moto) === withoutSuffix(endpoint),
  },
  {
    reason: 'moto has a caller of its own for keys that it does not know',
    covers: ({ at, moto }) => at.endsWith(' caller') && moto === '"arn:aws:sts::123456789012:user/moto"',
  },
  {
    reason: 'moto has no ssm:GetResourcePolicies',
    covers: ({ at, moto }) =>
      at.includes(' AWS::SSM::Parameter ') && at.endsWith(' statements') && moto?.includes('HTTP 500 on ssm:GetResourcePolicies') === true,
  },
  {
    reason: 'moto has no account:ListRegions',
    covers: ({ at, moto }) => /^run notes/.test(at) && (moto === undefined || moto.includes('HTTP 404 on account:ListRegions')),
  },
  {
    reason: 'moto does not say how often a key rotates',
    covers: ({ at, moto, endpoint }) => at.includes(key) && at.endsWith(' rotationPeriodDays') && isUnknown(moto) && endpoint === '365',
  },
  {
    reason: 'moto has no key behind alias/aws/ssm',
    covers: ({ at, moto, endpoint }) => at.endsWith(' /secure encryption.keyArn') && isUnknown(moto) && isKeyArn(endpoint),
  },
  {
    reason: 'moto leaves out KmsKeyId where alias/aws/secretsmanager is named, AWS answers what was named',
    covers: ({ at, moto }) => new RegExp(`${secret} of-aws-by-alias encryption\\.key(Id|Arn)$`).test(at) && moto === undefined,
  },
  {
    reason: 'moto does not tell a primary by PrimaryRegion, so its replicas are not asked for',
    covers: ({ at, moto }) => new RegExp(`us-east-1 ${secret} replicated (primaryRegion|replicas)`).test(at) && (moto ?? '[]') === '[]',
  },
  {
    reason: 'moto leaves the boundaries of users out, and does not count them',
    covers: ({ at, moto, endpoint }) =>
      (at.endsWith('AWS::IAM::User bounded boundary') && moto === undefined) ||
      (at.endsWith('AWS::IAM::ManagedPolicy Boundary boundaryCount') && moto === '1' && endpoint === '2'),
  },
];

function isDate(text: string | undefined): boolean {
  return text !== undefined && /^"\d{4}-\d\d-\d\dT[\d:.]+Z"$/.test(text);
}

function isUnknown(text: string | undefined): boolean {
  return text?.startsWith('{"$unknown"') === true;
}

function isKeyArn(text: string | undefined): boolean {
  return text !== undefined && /^"arn:aws:kms:us-east-1:\d{12}:key\/[0-9a-f-]{36}"$/.test(text);
}

function withoutSuffix(text: string | undefined): string | undefined {
  return text?.replace(/^("arn:aws:secretsmanager:.*)-[A-Za-z0-9]{6}"$/, '$1');
}
