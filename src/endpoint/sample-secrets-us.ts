import type { SecretFixture } from './account-fixture.ts';
import { fakeUuid } from './fake-id.ts';
import { allow, deny, policyDocument, readSecretAction } from './policy-document.ts';
import { sampleSecret, withAwsKey, type SampleRotation, type SampleSecret } from './sample-secret.ts';
import { agoDays, sampleAccountId, sampleKeyArn, samplePartnerAccountId } from './sample-words.ts';

const region = 'us-east-1';
const monthly: SampleRotation = { days: 30, lastDaysAgo: 6, nextDaysAgo: -24 };

type Make = (name: string, words?: Omit<SampleSecret, 'region'>, more?: Partial<SecretFixture>) => SecretFixture;

/** Secrets of the sample account in us-east-1. */
export function sampleSecretsOfUs(now: number): readonly SecretFixture[] {
  const make: Make = (name, words = {}, more = {}) => sampleSecret(name, now, { region, ...words }, more);
  return [...bySchedule(make), ...byState(make, now), ...byKey(make), ...byPolicy(make), ...special(make, now)];
}

/** What matters is how far apart two rotations may be. */
function bySchedule(make: Make): readonly SecretFixture[] {
  return [
    make('orders/prod/database', { rotation: monthly }),
    make('inventory/prod/database', {
      rotation: {
        ...{ days: 30, expression: 'rate(30 days)', duration: '3h', lastDaysAgo: 12, nextDaysAgo: -18 },
        functionName: 'SecretsManagerRDSPostgreSQLRotationMultiUser',
      },
    }),
    make('checkout/prod/session-signing-key', { rotation: { days: 1, expression: 'rate(12 hours)', lastDaysAgo: 0.3, nextDaysAgo: -0.2 } }),
    make('payments/prod/gateway-credentials', {
      rotation: { days: 31, expression: 'cron(0 8 1 * ? *)', lastDaysAgo: 10, nextDaysAgo: -21 },
    }),
    make('search/prod/index-writer', { rotation: { days: 90, lastDaysAgo: 41, nextDaysAgo: -49 } }),
    make('analytics/prod/warehouse', {
      rotation: {
        ...{ days: 92, expression: 'cron(0 0 1 1/3 ? *)', lastDaysAgo: 33, nextDaysAgo: -58 },
        functionName: 'SecretsManagerRedshiftRotationSingleUser',
      },
    }),
    make('crm/prod/sync-user', { rotation: { expression: 'cron(0 4 1 JAN,JUL ? *)', lastDaysAgo: 60, nextDaysAgo: -120 } }),
    make('hr/prod/payroll-export', { createdDaysAgo: 900, rotation: { days: 365, lastDaysAgo: 140, nextDaysAgo: -225 } }),
  ];
}

/** What matters is what has happened. */
function byState(make: Make, now: number): readonly SecretFixture[] {
  return [
    make('shipping/prod/carrier-api', { rotation: { days: 30, lastDaysAgo: 78, nextDaysAgo: 48 } }),
    make('billing/prod/ledger-database', { createdDaysAgo: 130, rotation: { days: 30, lastDaysAgo: null, nextDaysAgo: 100 } }),
    make(
      'catalog/prod/database',
      { rotation: { days: 30, lastDaysAgo: 39, nextDaysAgo: 9 } },
      { versions: pending('catalog', agoDays(now, 39), agoDays(now, 9)) },
    ),
    make(
      'notifications/prod/smtp',
      { rotation: { days: 30, lastDaysAgo: 30, nextDaysAgo: -0.5 } },
      { versions: pending('notifications', agoDays(now, 30), agoDays(now, 0.05)) },
    ),
    make('checkout/prod/payment-provider-key', { createdDaysAgo: 410 }),
    // Tagged three days ago: the newest change says nothing of the value.
    make('webhooks/prod/partner-signing', { createdDaysAgo: 290 }, { lastChangedAt: agoDays(now, 3) }),
    // Rotated by hand.
    make(
      'support/prod/chat-bot-token',
      { createdDaysAgo: 330 },
      {
        lastChangedAt: agoDays(now, 20),
        versions: {
          [fakeUuid('support new')]: { stages: ['AWSCURRENT'], createdAt: agoDays(now, 20) },
          [fakeUuid('support old')]: { stages: ['AWSPREVIOUS'], createdAt: agoDays(now, 330) },
        },
      },
    ),
    make('preview/staging/api-token', { createdDaysAgo: 4 }),
    make('marketing/prod/mailer', { rotation: { days: 30, enabled: false, lastDaysAgo: 110 } }),
    make('tools/prod/old-build-token', { readDaysAgo: 180, rotation: monthly }),
    make('tools/prod/escrow-passphrase', { createdDaysAgo: 150, readDaysAgo: null, rotation: monthly }),
  ];
}

/** What matters is the key. */
function byKey(make: Make): readonly SecretFixture[] {
  const keyed = (name: string, alias: string): SecretFixture => make(name, { rotation: monthly }, { kmsKey: sampleKeyArn(region, alias) });
  return [
    withAwsKey(make('orders/staging/database', { rotation: monthly })),
    make('inventory/staging/database', { rotation: monthly }, { kmsKey: 'alias/aws/secretsmanager' }),
    make('catalog/staging/database', { rotation: monthly }, { kmsKey: 'alias/shop/secrets' }),
    keyed('reports/prod/exporter', 'shop/reporting'),
    keyed('archive/prod/bucket-reader', 'shop/migration'),
    keyed('billing/prod/tax-service', 'shop/billing-legacy'),
    keyed('exchange/prod/partner-feed', 'shop/partner-exchange'),
    keyed('payments/prod/card-vault', 'shop/card-vault'),
  ];
}

/** What matters is who may read it. */
function byPolicy(make: Make): readonly SecretFixture[] {
  const shared = (name: string, statement: Readonly<Record<string, unknown>>): SecretFixture =>
    make(name, { rotation: monthly }, { policy: policyDocument(statement) });
  const partnerRoot = `arn:aws:iam::${samplePartnerAccountId}:root`;
  return [
    shared('status/prod/page-token', { Sid: 'StatusPage', ...allow(readSecretAction), Principal: '*' }),
    shared('integration/prod/etl-user', { Sid: 'Everybody', ...allow('secretsmanager:*'), Principal: { AWS: '*' } }),
    shared('platform/prod/internal-ca', {
      Sid: 'Organization',
      ...allow(readSecretAction, '*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example1234' } } }),
      Principal: '*',
    }),
    shared('platform/prod/audit-log-writer', {
      Sid: 'TlsOnly',
      ...deny('secretsmanager:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      Principal: '*',
    }),
    shared('orders/prod/report-reader', {
      Sid: 'OurTask',
      ...allow(readSecretAction),
      Principal: { AWS: `arn:aws:iam::${sampleAccountId}:role/service/orders-task` },
    }),
    shared('partner/prod/product-feed', { Sid: 'Partner', ...allow(readSecretAction), Principal: { AWS: partnerRoot } }),
    withAwsKey(shared('partner/prod/legacy-feed', { Sid: 'OldPartner', ...allow(readSecretAction), Principal: { AWS: '210987654321' } })),
  ];
}

/** Owned by a service or a partner, replicated, going, empty. */
function special(make: Make, now: number): readonly SecretFixture[] {
  return [
    withAwsKey(
      make(
        `rds!db-${fakeUuid('orders database')}`,
        { rotation: { days: 7, expression: 'rate(7 days)', functionName: null, lastDaysAgo: 3, nextDaysAgo: -4 } },
        { owningService: 'rds', tags: { 'aws:rds:primaryDBInstanceArn': 'arn:aws:rds:us-east-1:123456789012:db:orders' } },
      ),
    ),
    make(
      'crm/prod/salesforce-client',
      { rotation: { days: 60, functionName: null, lastDaysAgo: 14, nextDaysAgo: -46 } },
      { partnerType: 'SalesforceClientSecret' },
    ),
    make('orders/prod/database-readonly', { rotation: monthly }, { primaryRegion: region, replicas: [{ region: 'eu-west-1' }] }),
    make('warehouse/prod/ftp-upload', { createdDaysAgo: 700, readDaysAgo: 400 }, { deletedAt: agoDays(now, -12) }),
    make('loyalty/staging/api-key', { createdDaysAgo: 2, readDaysAgo: null }, { versions: {} }),
  ];
}

/** A rotation that began and has not ended. */
function pending(name: string, currentSince: number, pendingSince: number): NonNullable<SecretFixture['versions']> {
  return {
    [fakeUuid(`${name} current`)]: { stages: ['AWSCURRENT'], createdAt: currentSince },
    [fakeUuid(`${name} pending`)]: { stages: ['AWSPENDING'], createdAt: pendingSince },
  };
}
