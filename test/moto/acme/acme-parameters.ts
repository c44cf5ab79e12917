import type { ParameterFixture, ParameterPolicyFixture } from '../../../src/endpoint/account-fixture.ts';
import { policyDocument } from '../../../src/endpoint/policy-document.ts';
import type { PolicyDocument } from '../../../src/endpoint/policy-document-text.ts';
import { aged, clean, fails, flawless, type Described, type Verdict } from './planted.ts';
import { ago, europe, home, keyArn, parameterArn, secretArn, vendorId } from './words.ts';

const secureString = 'ssm-parameter-secret-is-secure-string';
const customerKey = 'ssm-parameter-customer-managed-key';
const expiry = 'ssm-parameter-expires';
const database = 'ssm-parameter-database-credential-rotates';

/** Configuration, well kept secrets, and the ways in which secrets are badly kept. */
export function acmeParameters(now: number): readonly Described<ParameterFixture>[] {
  const parameter = (name: string, fixture: Partial<ParameterFixture>, ...verdicts: readonly Verdict[]): Described<ParameterFixture> => {
    const region = /^\/(eu|app\/eu|prod\/eu)\//.test(name) ? europe : home;
    return {
      region,
      verdicts,
      fixture: { name, value: '1', description: 'acme', tags: { team: 'web' }, lastModifiedAt: ago(now, 10), ...fixture },
    };
  };
  const encrypted = (region: string): Partial<ParameterFixture> => ({
    type: 'SecureString',
    value: 'FAKE',
    kmsKey: keyArn(region, 'params'),
  });
  const plainly = (name: string, ...verdicts: readonly Verdict[]): Described<ParameterFixture> =>
    parameter(name, { value: 'FAKE' }, fails(secureString, 'a String under a name that says secret'), ...verdicts);
  const expires = (days: number): ParameterPolicyFixture => ({
    type: 'Expiration',
    attributes: { Timestamp: new Date(ago(now, -days)).toISOString() },
  });
  return [
    ...range(14).map((i) => parameter(`/app/web/config-${i}`, { value: String(i) }, flawless('configuration'))),
    ...range(6).map((i) => parameter(`/app/eu/config-${i}`, { value: String(i) }, flawless('configuration'))),
    ...range(6).map((i) => parameter(`/prod/web/secret-${i}`, encrypted(home), flawless('SecureString with a key of our own'))),
    ...range(4).map((i) => parameter(`/prod/eu/secret-${i}`, encrypted(europe), flawless('SecureString with a key of our own'))),

    plainly('/prod/db/password', fails(database, 'password of a database')),
    plainly('/eu/db/password', fails(database, 'password of a database')),
    plainly('/prod/api_key'),
    plainly('/prod/jwt/signing-secret'),
    plainly('/prod/smtp/PASSWD'),
    parameter('/prod/github-token', { value: `ghp_${'F'.repeat(36)}` }, fails(secureString, 'name and value say secret')),
    parameter('/prod/admin-passwords', { type: 'StringList', value: 'FAKE,FAKE' }, fails(secureString, 'a StringList is not encrypted')),
    parameter(
      '/app/web/upstream',
      { value: 'postgres://svc:Fake-Pass-1@db.internal:5432/app' },
      fails(secureString, 'credentials in a URL, under a harmless name'),
    ),
    parameter(
      '/app/web/blob',
      { value: '-----BEGIN RSA PRIVATE KEY-----\nMIIFAKE\n-----END RSA PRIVATE KEY-----' },
      fails(secureString, 'a private key, under a harmless name'),
    ),
    ...['/app/password_policy/min_length', '/app/token_ttl_seconds', '/app/secret_name', '/app/keyboard_layout', '/app/db_secret_arn'].map(
      (name) =>
        parameter(name, { value: name.endsWith('arn') ? secretArn('prod/web/good-0') : '14' }, flawless('only looks like a secret')),
    ),

    ...['/prod/legacy/token', '/prod/legacy/pin', '/eu/legacy/token'].map((name) =>
      parameter(name, { type: 'SecureString', value: 'FAKE' }, fails(customerKey, 'alias/aws/ssm'), clean(secureString, 'it is encrypted')),
    ),
    parameter(
      '/prod/deadkey',
      { ...encrypted(home), kmsKey: keyArn(home, 'disabled') },
      fails('ssm-parameter-key-usable', 'its key is disabled'),
      clean(customerKey, 'a key of our own, though disabled'),
    ),
    parameter('/prod/key-by-alias', { ...encrypted(home), kmsKey: 'alias/acme/params' }, flawless('key of our own by its alias')),
    parameter(
      '/prod/temp/a',
      {
        ...encrypted(home),
        tier: 'Advanced',
        policies: [expires(20), { type: 'ExpirationNotification', attributes: { Before: '5', Unit: 'Days' } }],
      },
      flawless('Advanced, expires in 20 days and says so before'),
    ),
    parameter('/prod/temp/b', { ...encrypted(home), tier: 'Advanced' }, fails(expiry, 'temporary by its path, and no expiration')),
    parameter(
      '/prod/temp/c',
      { ...encrypted(home), tier: 'Advanced', policies: [expires(800)] },
      fails(expiry, 'expires in 800 days'),
      fails('ssm-parameter-expiry-notifies', 'and nothing says so before'),
    ),
    parameter(
      '/prod/notify',
      { ...encrypted(home), tier: 'Advanced', policies: [{ type: 'NoChangeNotification', attributes: { After: '30', Unit: 'Days' } }] },
      flawless('says when nobody has changed it for long'),
    ),
    parameter(
      '/app/small-advanced',
      { tier: 'Advanced' },
      aged(fails('ssm-parameter-tier-needed', 'short, without policies, and not shared')),
    ),
    parameter('/app/long', { tier: 'Advanced', value: '1'.repeat(4097) }, clean('ssm-parameter-tier-needed', 'too long for Standard')),
    parameter(
      '/shared/everyone',
      { tier: 'Advanced', sharedBy: [shares('*', '/shared/everyone')] },
      aged(fails('ssm-parameter-not-shared-publicly', 'shared with Principal *')),
    ),
    parameter(
      '/shared/vendor',
      { tier: 'Advanced', sharedBy: [shares({ AWS: vendorId }, '/shared/vendor')] },
      flawless('shared with one account'),
    ),
    parameter(
      '/prod/old-secret',
      { ...encrypted(home), lastModifiedAt: ago(now, 400) },
      aged(fails('ssm-parameter-changed-recently', 'SecureString unchanged for 400 days')),
    ),
    parameter('ROOT_LEVEL_FLAG', {}, fails('ssm-parameter-hierarchical-name', 'not in a path')),
    parameter(
      '/app/feature-flag',
      { ...encrypted(home), value: 'on' },
      fails('ssm-parameter-secure-string-only-for-secrets', 'a flag, encrypted'),
    ),
  ];
}

function shares(principal: unknown, name: string): PolicyDocument {
  return policyDocument({
    Effect: 'Allow',
    Principal: principal,
    Action: ['ssm:GetParameter', 'ssm:GetParameters'],
    Resource: parameterArn(name),
  });
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}
