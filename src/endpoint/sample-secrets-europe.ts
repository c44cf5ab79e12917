import type { SecretFixture } from './account-fixture.ts';
import { sampleSecret, withAwsKey, type SampleSecret } from './sample-secret.ts';
import { sampleKeyArn } from './sample-words.ts';

/** Secrets of the sample account in eu-west-1. */
export function sampleSecretsOfEurope(now: number): readonly SecretFixture[] {
  const region = 'eu-west-1';
  const monthly = { days: 30, lastDaysAgo: 9, nextDaysAgo: -21 };
  const make = (name: string, words: Omit<SampleSecret, 'region'> = {}, more: Partial<SecretFixture> = {}): SecretFixture =>
    sampleSecret(name, now, { region, ...words }, more);
  return [
    make('orders/eu/database', { rotation: { days: 60, expression: 'rate(60 days)', duration: '4h', lastDaysAgo: 20, nextDaysAgo: -40 } }),
    make('inventory/eu/database', { rotation: monthly }),
    make('newsletter/eu/mailer', { rotation: monthly }),
    make('shipping/eu/courier-api', { rotation: { days: 30, lastDaysAgo: 200, nextDaysAgo: 170 } }),
    make('support/eu/helpdesk-token', { createdDaysAgo: 310 }),
    withAwsKey(make('checkout/eu/payment-token', { rotation: monthly })),
    make('privacy/eu/export-passphrase', { rotation: monthly }, { kmsKey: sampleKeyArn(region, 'shop/archive') }),
    withAwsKey(make('orders/prod/database-readonly', { rotation: monthly }, { primaryRegion: 'us-east-1' })),
  ];
}
