import type { AccountFixture, SecretFixture } from '../../src/endpoint/account-fixture.ts';

const day = 86_400_000;
const account = '123456789012';
const key = '11111111-1111-4111-8111-111111111111';

/** A secret that every policy of the built-in pack passes, or finds nothing to say about. */
function soundSecret(name: string, now: number): SecretFixture {
  return {
    name,
    kmsKey: `arn:aws:kms:us-east-1:${account}:key/${key}`,
    createdAt: now - 60 * day,
    lastAccessedAt: now - day,
    rotation: {
      days: 30,
      functionArn: `arn:aws:lambda:us-east-1:${account}:function:rotate`,
      lastRotatedAt: now - 10 * day,
      nextRotationAt: now + 20 * day,
    },
  };
}

/** An account without a fault, or with the further secrets; so small that a scan is a handful of calls. */
export function smallAccount(now: number, more: readonly SecretFixture[] = []): AccountFixture {
  return {
    id: account,
    regions: {
      'us-east-1': {
        secrets: [soundSecret('orders/database', now), ...more],
        keys: [{ id: key, aliases: ['orders'], rotation: { periodDays: 365 } }],
        parameters: [{ name: '/orders/page-size', value: '50', lastModifiedAt: now - 10 * day }],
        trails: [{ name: 'everything', multiRegion: true }],
        rules: [
          {
            name: 'secrets-changed',
            pattern: { source: ['aws.secretsmanager'] },
            targets: [`arn:aws:sns:us-east-1:${account}:security`],
          },
        ],
      },
      'eu-west-1': {},
    },
    iam: { roles: [{ name: 'reader', inline: { list: grant('secretsmanager:ListSecrets') } }] },
  };
}

function grant(action: string): Readonly<Record<string, unknown>> {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] };
}
