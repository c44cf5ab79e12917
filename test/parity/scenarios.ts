import type { Collection, Resource } from '../../src/model/resource.ts';
import { sourceNames, type SourceName } from '../../src/model/source-name.ts';

/** One resource that is written in every source. */
export interface Scenario {
  readonly words: string;
  readonly type: string;
  /** Its name; of a key, whose id AWS chooses, the first alias. */
  readonly name: string;
  /** Left out: all. */
  readonly sources?: readonly SourceName[];
}

const secret = 'AWS::SecretsManager::Secret';
const parameter = 'AWS::SSM::Parameter';
const key = 'AWS::KMS::Key';
const withoutTemplate = ['aws', 'terraform'] as const;

export const scenarios: readonly Scenario[] = [
  { words: 'a plain secret, without rotation', type: secret, name: 'parity/plain' },
  { words: 'a secret with tags', type: secret, name: 'parity/tagged' },
  { words: 'a secret whose value is written out', type: secret, name: 'parity/filled' },
  { words: 'a customer key by reference', type: secret, name: 'parity/key-by-reference' },
  { words: 'a customer key by alias', type: secret, name: 'parity/key-by-alias' },
  { words: 'a customer key by reference to its alias', type: secret, name: 'parity/key-by-alias-reference' },
  { words: 'the AWS managed key by name', type: secret, name: 'parity/aws-managed-key' },
  { words: 'a replica without a key', type: secret, name: 'parity/replicated' },
  { words: 'a replica with a key by alias', type: secret, name: 'parity/replicated-with-key' },
  { words: 'a replica with a key by id', type: secret, name: 'parity/replicated-with-key-id' },
  { words: 'rotation by days', type: secret, name: 'parity/rotates-by-days' },
  { words: 'rotation by rate()', type: secret, name: 'parity/rotates-by-rate' },
  { words: 'rotation by cron()', type: secret, name: 'parity/rotates-by-cron' },
  { words: 'a public resource policy', type: secret, name: 'parity/policy-public' },
  { words: 'a resource policy that denies', type: secret, name: 'parity/policy-deny' },
  { words: 'a resource policy for other accounts', type: secret, name: 'parity/policy-cross-account' },
  { words: 'a String', type: parameter, name: '/parity/string' },
  { words: 'a StringList', type: parameter, name: '/parity/list' },
  { words: 'a String with a credential', type: parameter, name: '/parity/credential' },
  { words: 'the advanced tier, with tags', type: parameter, name: '/parity/advanced' },
  { words: 'a parameter that expires and is shared', type: parameter, name: '/parity/expiring', sources: ['aws', 'cloudformation'] },
  { words: 'an image id', type: parameter, name: '/parity/image' },
  { words: 'a SecureString', type: parameter, name: '/parity/secure', sources: withoutTemplate },
  { words: 'a SecureString of a customer key', type: parameter, name: '/parity/secure-customer', sources: withoutTemplate },
  { words: 'a key that rotates', type: key, name: 'alias/parity/rotating' },
  { words: 'a key that rotates twice a year', type: key, name: 'alias/parity/half-yearly' },
  { words: 'a key that does not rotate', type: key, name: 'alias/parity/still' },
  { words: 'a key of parameters', type: key, name: 'alias/parity/parameters', sources: withoutTemplate },
  { words: 'a key that is disabled', type: key, name: 'alias/parity/disabled' },
  { words: 'a key with a policy', type: key, name: 'alias/parity/shared' },
  { words: 'an asymmetric key', type: key, name: 'alias/parity/signing' },
  { words: 'a role with policies of every kind and a boundary', type: 'AWS::IAM::Role', name: 'parity-app' },
  { words: 'a role that another account may assume', type: 'AWS::IAM::Role', name: 'parity-vendor' },
  { words: 'a user in a group', type: 'AWS::IAM::User', name: 'parity-member' },
  { words: 'a group with NotAction', type: 'AWS::IAM::Group', name: 'parity-staff' },
  { words: 'a managed policy in use', type: 'AWS::IAM::ManagedPolicy', name: 'ParityRead' },
  { words: 'a managed policy that is only a boundary', type: 'AWS::IAM::ManagedPolicy', name: 'ParityBoundary' },
  {
    words: 'a parameter of the template',
    type: 'AWS::CloudFormation::Parameter',
    name: 'ParityPassword',
    sources: ['cloudformation'],
  },
  { words: 'a managed policy that nobody uses', type: 'AWS::IAM::ManagedPolicy', name: 'ParityUnused' },
];

/** The name that a resource has in every source. */
export function nameOf({ type, name, attributes }: Resource): string {
  if (type !== key) return name;
  const [alias] = attributes['aliases'] as readonly string[];
  return alias ?? name;
}

export function resourcesOf({ scopes }: Collection): readonly Resource[] {
  return scopes.flatMap(({ resources }) => resources);
}

/** The sources in which a scenario is written. */
export function writtenIn({ sources }: Scenario): readonly SourceName[] {
  return sources ?? sourceNames;
}
