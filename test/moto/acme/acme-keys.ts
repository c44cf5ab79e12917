import type { KeyFixture } from '../../../src/endpoint/account-fixture.ts';
import { policyDocument } from '../../../src/endpoint/policy-document.ts';
import { clean, fails, flawless, type Described, type Verdict } from './planted.ts';
import { acmeId, ago, europe, home, keyId, rootOf, type KeyName } from './words.ts';

const enabled = 'kms-key-enabled-while-in-use';

/** Good keys and bad ones, each under `alias/acme/<name>`. */
export function acmeKeys(now: number): readonly Described<KeyFixture>[] {
  const key = (region: string, name: KeyName, fixture: Partial<KeyFixture>, ...verdicts: readonly Verdict[]): Described<KeyFixture> => ({
    region,
    verdicts,
    fixture: {
      id: keyId(region, name),
      aliases: [`acme/${name}`],
      description: `acme ${name}`,
      createdAt: ago(now, 400),
      policy: policyDocument(ownAccount),
      ...fixture,
    },
  });
  const rotates = { rotation: { periodDays: 365 } };
  return [
    ...[home, europe].flatMap((region) => [
      key(region, 'secrets', rotates, flawless('rotates, enabled, own account only')),
      key(region, 'params', rotates, flawless('rotates, enabled, own account only')),
      key(region, 'norotation', {}, fails('kms-key-rotates', 'automatic rotation off')),
      key(
        region,
        'disabled',
        { ...rotates, state: 'Disabled' },
        clean('kms-key-policy-not-public', 'disabled, but not public'),
        region === home
          ? fails(enabled, 'disabled, and a secret and a parameter need it')
          : clean(enabled, 'disabled, and nothing here needs it'),
      ),
    ]),
    key(
      home,
      'doomed',
      { ...rotates, state: 'PendingDeletion', deletionAt: ago(now, -7) },
      fails('kms-key-not-pending-deletion', 'pending deletion, still encrypts a secret'),
      fails(enabled, 'pending deletion, still encrypts a secret'),
    ),
    key(
      home,
      'public',
      { ...rotates, policy: policyDocument(ownAccount, anyone(['kms:Decrypt', 'kms:DescribeKey'])) },
      fails('kms-key-policy-not-public', 'kms:Decrypt to Principal *'),
    ),
    key(
      home,
      'limited',
      { ...rotates, policy: policyDocument(ownAccount, anyone('kms:Decrypt', { StringEquals: { 'kms:CallerAccount': acmeId } })) },
      flawless('Principal * limited to callers of the account'),
    ),
    key(home, 'signing', { spec: 'RSA_2048', usage: 'SIGN_VERIFY' }, flawless('asymmetric: cannot rotate')),
  ];
}

const ownAccount = { Sid: 'Root', Effect: 'Allow', Principal: { AWS: rootOf(acmeId) }, Action: 'kms:*', Resource: '*' };

function anyone(action: string | readonly string[], condition?: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const limits = condition === undefined ? {} : { Condition: condition };
  return { Effect: 'Allow', Principal: '*', Action: action, Resource: '*', ...limits };
}
