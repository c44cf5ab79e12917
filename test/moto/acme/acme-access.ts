import type { SecretFixture } from '../../../src/endpoint/account-fixture.ts';
import type { PolicyDocument } from '../../../src/endpoint/policy-document-text.ts';
import { policyDocument } from '../../../src/endpoint/policy-document.ts';
import { aged, clean, fails, flawless, type Described, type Verdict } from './planted.ts';
import { healthy, neverRead, secretMaker, withoutKey } from './secret-maker.ts';
import { acmeId, ago, europe, home, keyArn, rootOf, vendorId } from './words.ts';

const customerKey = 'secretsmanager-customer-managed-key';
const keyRotates = 'secretsmanager-key-rotates';
const keyUsable = 'secretsmanager-key-usable';
const notPublic = 'secretsmanager-no-public-access';
const replicaKey = 'secretsmanager-replica-customer-managed-key';
const trusted = 'secretsmanager-cross-account-access-trusted';
const unused = 'secretsmanager-unused';

type Statement = Readonly<Record<string, unknown>>;

/** Secrets with good and bad keys, resource policies and use. All of them rotate well. */
export function acmeAccess(now: number): readonly Described<SecretFixture>[] {
  const make = secretMaker(now);
  const secret = (name: string, more: Partial<SecretFixture>, ...verdicts: readonly Verdict[]) => make(name, healthy, more, ...verdicts);
  const shared = (name: string, policy: PolicyDocument, ...verdicts: readonly Verdict[]) => secret(name, { policy }, ...verdicts);
  const replicated = secret(
    'prod/replicated',
    { primaryRegion: home, replicas: [{ region: europe }] },
    aged(fails(replicaKey, 'its replica has the AWS managed key')),
    clean(customerKey, 'the primary has a key of our own'),
  );
  return [
    withoutKey(secret('prod/awskey', {}, fails(customerKey, 'no key named: aws/secretsmanager'))),
    withoutKey(secret('prod/awskey-eu', {}, fails(customerKey, 'no key named: aws/secretsmanager'))),
    secret('prod/awskey-alias', { kmsKey: 'alias/aws/secretsmanager' }, fails(customerKey, 'the AWS managed key by its alias')),
    secret('prod/cmk-alias', { kmsKey: 'alias/acme/secrets' }, flawless('a key of our own by its alias')),
    secret(
      'prod/cmk-disabled',
      { kmsKey: keyArn(home, 'disabled') },
      fails(keyUsable, 'its key is disabled'),
      clean(customerKey, 'its own key'),
    ),
    secret(
      'prod/cmk-doomed',
      { kmsKey: keyArn(home, 'doomed') },
      fails(keyUsable, 'its key is pending deletion'),
      aged(fails(keyRotates, 'and does not rotate any more')),
    ),
    secret(
      'prod/cmk-norotation',
      { kmsKey: keyArn(home, 'norotation') },
      fails(keyRotates, 'its key does not rotate'),
      clean(keyUsable, 'its key does not rotate, but works'),
    ),

    shared('prod/public', policyDocument(grant('*', 'secretsmanager:GetSecretValue')), fails(notPublic, 'Principal *')),
    shared('prod/public-aws', policyDocument(grant({ AWS: '*' }, 'secretsmanager:*')), fails(notPublic, 'Principal { AWS: * }')),
    shared(
      'prod/org-only',
      policyDocument(grant('*', 'secretsmanager:GetSecretValue', { StringEquals: { 'aws:PrincipalOrgID': 'o-acme123456' } })),
      clean(notPublic, 'Principal * limited to an organisation'),
      fails(trusted, 'an organisation that is not trusted'),
    ),
    shared(
      'prod/xacct',
      policyDocument(grant({ AWS: rootOf(vendorId) }, 'secretsmanager:GetSecretValue')),
      fails(trusted, 'an account that is not trusted'),
      clean(notPublic, 'one account is not the public'),
    ),
    withoutKey(
      shared(
        'prod/xacct-awskey',
        policyDocument(grant({ AWS: vendorId }, 'secretsmanager:GetSecretValue')),
        fails(trusted, 'the account by its bare id'),
        fails(customerKey, 'the AWS managed key'),
        fails('secretsmanager-shared-secret-uses-customer-key', 'the other account cannot use the AWS managed key'),
      ),
    ),
    shared(
      'prod/deny-nontls',
      policyDocument({
        ...grant('*', 'secretsmanager:*', { Bool: { 'aws:SecureTransport': 'false' } }),
        Effect: 'Deny',
      }),
      flawless('Principal *, but it denies'),
    ),
    shared(
      'prod/own-account',
      policyDocument(grant({ AWS: rootOf(acmeId) }, 'secretsmanager:GetSecretValue')),
      flawless('its own account'),
    ),

    secret('prod/unused', { lastAccessedAt: ago(now, 180) }, aged(fails(unused, 'last read 180 days ago'))),
    neverRead(secret('prod/never-read', { createdAt: ago(now, 150) }, aged(fails(unused, '150 days old and never read')))),

    secret(
      'prod/replica-failed',
      { primaryRegion: home, replicas: [{ region: europe, kmsKey: 'alias/acme/secrets', status: 'Failed' }] },
      aged(fails('secretsmanager-replicas-in-sync', 'the replication failed')),
      aged(clean(replicaKey, 'its replica has a key of our own')),
    ),

    replicated,
    { ...replicated, region: europe, fixture: { ...replica(replicated.fixture) }, verdicts: [flawless('judged at its primary')] },
  ];
}

/** The same secret in the other region: AWS answers with the key of the replica, and with no replicas. */
function replica(primary: SecretFixture): SecretFixture {
  const { replicas: _replicas, kmsKey: _key, ...rest } = primary;
  return rest;
}

function grant(principal: unknown, action: string, condition?: Statement): Statement {
  const limits = condition === undefined ? {} : { Condition: condition };
  return { Effect: 'Allow', Principal: principal, Action: action, Resource: '*', ...limits };
}
