import type { ParameterFixture } from './account-fixture.ts';
import { policyDocument } from './policy-document.ts';
import { agoDays, sampleKeyArn, sampleSecretArn, type SampleRegion } from './sample-words.ts';

const readableByEveryone = policyDocument({
  Effect: 'Allow',
  Principal: '*',
  Action: ['ssm:GetParameter', 'ssm:GetParameters'],
  Resource: '*',
});

/** Parameters of the sample account in us-east-1. */
export function sampleParametersOfUs(now: number): readonly ParameterFixture[] {
  return [...plainConfiguration(now), ...plaintextSecrets(now), ...encrypted(now)];
}

/** Parameters of the sample account in eu-west-1. */
export function sampleParametersOfEurope(now: number): readonly ParameterFixture[] {
  return [
    plain('/orders/eu/base-url', 'https://orders.eu.example.com', now),
    plain('/orders/eu/page-size', '50', now),
    plain('/newsletter/eu/sender', 'news@example.com', now),
    plain('/shipping/eu/database/password', 'FAKE-password-EXAMPLE', now, 420),
    secure('eu-west-1', '/orders/eu/cookie-secret', now, 12),
    secure('eu-west-1', '/newsletter/eu/api-key', now, 30),
    withAwsKey(secure('eu-west-1', '/support/eu/legacy-token', now, 80)),
  ];
}

/** Some of the names only look like secrets. */
function plainConfiguration(now: number): readonly ParameterFixture[] {
  const list = { type: 'StringList' } as const;
  return [
    plain('/orders/prod/base-url', 'https://orders.example.com', now),
    plain('/orders/prod/page-size', '100', now),
    plain('/orders/prod/currencies', 'USD,EUR,GBP', now, 10, list),
    plain('/inventory/prod/warehouse-codes', 'IAD,DUB', now, 10, list),
    plain('/search/prod/replicas', '3', now),
    plain('/platform/prod/log-level', 'info', now),
    plain('/platform/prod/feature/new-checkout', 'true', now),
    plain('/identity/prod/password-policy/min-length', '14', now),
    plain('/identity/prod/token-ttl-seconds', '900', now),
    plain('/identity/prod/secret-rotation-days', '30', now),
    plain('/identity/prod/public-key-id', 'EXAMPLE-key-1', now),
    plain('/orders/prod/database-secret-arn', sampleSecretArn('us-east-1', 'orders/prod/database-EXAMPL'), now),
    plain('/kiosk/prod/keyboard-layout', 'us', now),
    plain('/platform/prod/base-image', 'ami-0example', now, 10, { dataType: 'aws:ec2:image' }),
    plain('/partner/prod/price-list', '2026-07', now, 10, { tier: 'Advanced' }),
    plain('/partner/prod/terms-version', '12', now, 10, { tier: 'Advanced', sharedBy: [readableByEveryone] }),
    plain('LEGACY_MAINTENANCE_WINDOW', 'sun:03:00-sun:04:00', now, 800),
  ];
}

function plaintextSecrets(now: number): readonly ParameterFixture[] {
  return [
    plain('/orders/prod/database/password', 'FAKE-password-EXAMPLE', now, 500),
    plain('/checkout/prod/api_key', 'FAKE-api-key-EXAMPLE', now, 120),
    plain('/identity/prod/jwt/signing-secret', 'FAKE-signing-secret-EXAMPLE', now, 60),
    plain('/platform/prod/github-token', `ghp_${'FAKE'.repeat(9)}`, now, 210),
    plain('/support/prod/admin-passwords', 'FAKE-one-EXAMPLE,FAKE-two-EXAMPLE', now, 640, { type: 'StringList' }),
    // Only the value gives these away.
    plain('/reports/prod/upstream', 'postgres://reporter:FAKE-pass-EXAMPLE@db.example.com:5432/reports', now, 90),
    plain('/partner/prod/blob', examplePrivateKey(), now, 300),
  ];
}

function encrypted(now: number): readonly ParameterFixture[] {
  const region = 'us-east-1';
  return [
    secure(region, '/orders/prod/cookie-secret', now, 12),
    secure(region, '/checkout/prod/fraud-api-key', now, 25),
    secure(region, '/search/prod/admin-token', now, 44),
    secure(region, '/payments/prod/webhook-secret', now, 70),
    secure(region, '/inventory/prod/database/password', now, 15),
    withAwsKey(secure(region, '/crm/prod/legacy-token', now, 33)),
    withAwsKey(secure(region, '/hr/prod/pin', now, 21)),
    { ...secure(region, '/tools/prod/deploy-token', now, 30), kmsKey: 'alias/shop/parameters' },
    { ...secure(region, '/reports/prod/export-password', now, 30), kmsKey: sampleKeyArn(region, 'shop/reporting') },
    { ...secure(region, '/archive/prod/restore-password', now, 30), kmsKey: sampleKeyArn(region, 'shop/migration') },
    secure(region, '/warehouse/prod/scanner-token', now, 430),
    {
      ...secure(region, '/partner/prod/temporary-access', now, 5),
      tier: 'Advanced',
      policies: [{ type: 'Expiration', attributes: { Timestamp: new Date(agoDays(now, -20)).toISOString() } }],
    },
    secure(region, '/partner/prod/temporary-login', now, 5),
    {
      ...secure(region, '/partner/prod/exchange-password', now, 5),
      tier: 'Advanced',
      policies: [{ type: 'NoChangeNotification', attributes: { After: '30', Unit: 'Days' } }],
    },
  ];
}

function plain(name: string, value: string, now: number, changedDaysAgo = 10, more: Partial<ParameterFixture> = {}): ParameterFixture {
  return { name, value, lastModifiedAt: agoDays(now, changedDaysAgo), tags: { team: name.split('/')[1] ?? 'platform' }, ...more };
}

/** Its value is made up by the endpoint. */
function secure(region: SampleRegion, name: string, now: number, changedDaysAgo: number): ParameterFixture {
  return { ...plain(name, 'FAKE-EXAMPLE', now, changedDaysAgo), type: 'SecureString', kmsKey: sampleKeyArn(region, 'shop/parameters') };
}

function withAwsKey(parameter: ParameterFixture): ParameterFixture {
  const { kmsKey: _named, ...rest } = parameter;
  return rest;
}

/** The shape of a private key, and no key. */
function examplePrivateKey(): string {
  const body = Array.from({ length: 4 }, () => 'FAKEEXAMPLE0'.repeat(5)).join('\n');
  return ['-----BEGIN RSA', 'PRIVATE KEY-----\n'].join(' ') + body + ['\n-----END RSA', 'PRIVATE KEY-----'].join(' ');
}
