import type { KeyFixture } from './account-fixture.ts';
import { allow, policyDocument } from './policy-document.ts';
import { agoDays, sampleAccountId, sampleKeyId, type SampleRegion } from './sample-words.ts';

/** Keys of the sample account in us-east-1. */
export function sampleKeysOfUs(now: number): readonly KeyFixture[] {
  return [
    key('us-east-1', 'shop/secrets', now, { description: 'Secrets of production', rotation: yearly(now) }),
    key('us-east-1', 'shop/parameters', now, { description: 'Encrypted parameters', rotation: yearly(now) }),
    key('us-east-1', 'shop/billing-legacy', now, { description: 'Made before rotation was the rule', createdAt: agoDays(now, 1900) }),
    key('us-east-1', 'shop/reporting', now, { description: 'Disabled in a clean-up', state: 'Disabled', rotation: yearly(now) }),
    key('us-east-1', 'shop/migration', now, {
      description: 'Left over from the data-centre move',
      state: 'PendingDeletion',
      deletionAt: agoDays(now, -9),
      rotation: yearly(now),
    }),
    key('us-east-1', 'shop/partner-exchange', now, {
      description: 'Anyone may decrypt with it',
      rotation: yearly(now),
      policy: policyDocument(
        { Sid: 'Owner', ...allow('kms:*'), Principal: { AWS: `arn:aws:iam::${sampleAccountId}:root` } },
        { Sid: 'Partners', ...allow(['kms:Decrypt', 'kms:DescribeKey']), Principal: '*' },
      ),
    }),
    key('us-east-1', 'shop/card-vault', now, {
      description: 'Key material imported from the HSM',
      origin: 'EXTERNAL',
      validTo: agoDays(now, -200),
    }),
    key('us-east-1', 'shop/token-signing', now, { description: 'Signs session tokens', spec: 'RSA_2048', usage: 'SIGN_VERIFY' }),
  ];
}

/** Keys of the sample account in eu-west-1. */
export function sampleKeysOfEurope(now: number): readonly KeyFixture[] {
  return [
    key('eu-west-1', 'shop/secrets', now, {
      description: 'Secrets of production',
      rotation: { periodDays: 180, nextRotationAt: agoDays(now, -70) },
    }),
    key('eu-west-1', 'shop/parameters', now, { description: 'Encrypted parameters', rotation: yearly(now) }),
    key('eu-west-1', 'shop/archive', now, { description: 'Exports kept for ten years' }),
    key('eu-west-1', 'shop/webhook-hmac', now, { description: 'Signs webhooks', spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' }),
  ];
}

function key(region: SampleRegion, alias: string, now: number, more: Omit<KeyFixture, 'id' | 'aliases'>): KeyFixture {
  return { id: sampleKeyId(region, alias), aliases: [alias], createdAt: agoDays(now, 500), ...more };
}

function yearly(now: number): NonNullable<KeyFixture['rotation']> {
  return { periodDays: 365, nextRotationAt: agoDays(now, -230) };
}
