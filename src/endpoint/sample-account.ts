import type { AccountFixture } from './account-fixture.ts';
import { policyDocument, allow } from './policy-document.ts';
import { sampleAuditOfEurope, sampleAuditOfPartner, sampleAuditOfUs } from './sample-audit.ts';
import { sampleIam } from './sample-iam.ts';
import { sampleKeysOfEurope, sampleKeysOfUs } from './sample-keys.ts';
import { sampleParametersOfEurope, sampleParametersOfUs } from './sample-parameters.ts';
import { sampleSecretsOfEurope } from './sample-secrets-europe.ts';
import { sampleSecretsOfUs } from './sample-secrets-us.ts';
import { sampleWorkloadsOfUs } from './sample-workloads.ts';
import { agoDays, sampleAccountId, samplePartnerAccountId } from './sample-words.ts';

/** The role of the second account, and what AssumeRole must bring for it. */
export const samplePartnerRole = {
  arn: `arn:aws:iam::${samplePartnerAccountId}:role/sealcheck-audit`,
  externalId: 'EXAMPLE-EXTERNAL-ID',
} as const;

/**
 * A web shop in two regions, with good and bad resources for each live policy, and a small second account that is reached by
 * AssumeRole. All dates are relative to `now` (epoch milliseconds), so that the findings stay the same as time goes by.
 */
export function sampleAccounts(now: number): readonly AccountFixture[] {
  return [shopAccount(now), partnerAccount(now)];
}

function shopAccount(now: number): AccountFixture {
  return {
    id: sampleAccountId,
    caller: 'user/security-auditor',
    regions: {
      'us-east-1': {
        secrets: sampleSecretsOfUs(now),
        parameters: sampleParametersOfUs(now),
        keys: sampleKeysOfUs(now),
        ...sampleAuditOfUs,
        ...sampleWorkloadsOfUs,
      },
      'eu-west-1': {
        secrets: sampleSecretsOfEurope(now),
        parameters: sampleParametersOfEurope(now),
        keys: sampleKeysOfEurope(now),
        ...sampleAuditOfEurope,
      },
    },
    iam: sampleIam(now),
  };
}

function partnerAccount(now: number): AccountFixture {
  return {
    id: samplePartnerAccountId,
    regions: {
      'us-east-1': {
        secrets: [
          { name: 'feed/prod/ingest-token', createdAt: agoDays(now, 260), lastAccessedAt: agoDays(now, 2), tags: { team: 'feeds' } },
          {
            name: 'feed/prod/database',
            createdAt: agoDays(now, 260),
            lastAccessedAt: agoDays(now, 1),
            rotation: {
              days: 30,
              functionArn: `arn:aws:lambda:us-east-1:${samplePartnerAccountId}:function:rotate-database`,
              lastRotatedAt: agoDays(now, 8),
              nextRotationAt: agoDays(now, -22),
            },
          },
        ],
        parameters: [
          { name: '/feed/prod/batch-size', value: '500', lastModifiedAt: agoDays(now, 40) },
          { name: '/feed/prod/webhook-secret', value: 'FAKE-webhook-secret-EXAMPLE', lastModifiedAt: agoDays(now, 200) },
        ],
        ...sampleAuditOfPartner,
      },
      'eu-west-1': {},
    },
    iam: {
      roles: [
        {
          name: 'sealcheck-audit',
          externalId: samplePartnerRole.externalId,
          inline: { metadata: policyDocument(allow(['secretsmanager:ListSecrets', 'ssm:DescribeParameters', 'kms:DescribeKey'])) },
          createdAt: agoDays(now, 90),
        },
      ],
    },
  };
}
