import type { Difference } from './facts.ts';

/** A way in which sources that can all know a fact put it differently all the same. */
export interface AllowedDifference {
  readonly reason: string;
  readonly covers: (difference: Difference) => boolean;
}

const ends = ({ at }: Difference, path: string): boolean => at.endsWith(` ${path}`);

/** Every one of them must be met, so that a row does not outlive its reason. */
export const allowedDifferences: readonly AllowedDifference[] = [
  {
    reason: 'where a rotation was looked for is only said where none was found, and not of an account, which knows',
    covers: (difference) => ends(difference, 'rotation.soughtIn') && says(difference, 'absent', '"this plan"', '"this template"'),
  },
  {
    reason: 'whether a function of other code is there, only the account knows',
    covers: (difference) =>
      (ends(difference, 'rotation.functionExists') || ends(difference, 'rotation.functionInvocable')) &&
      says(difference, 'true', 'unknown unresolved-reference', 'unknown unresolved-reference'),
  },
  {
    reason: 'what a function of other code does, its account may tell by its description',
    covers: (difference) =>
      ends(difference, 'rotation.strategy') && says(difference, 'absent', 'unknown unresolved-reference', 'unknown unresolved-reference'),
  },
  {
    reason: 'AWS chooses the id of a key, so code calls it by its address',
    covers: ({ at, said }) =>
      /^AWS::KMS::Key \S+ name$/.test(at) &&
      /^"[0-9a-f-]{36}"$/.test(said.aws ?? '') &&
      /^"aws_kms_key\.\w+"$/.test(said.terraform ?? '') &&
      /^"\w+Key"$|^$/.test(said.cloudformation ?? ''),
  },
  {
    reason: 'AWS chooses the id of a key, so the ARN that code gives holds the address',
    covers: ({ at, said: { aws, terraform, cloudformation } }) =>
      / encryption\.keyId$/.test(at) &&
      isKeyArn(aws, /[0-9a-f-]{36}/) &&
      isKeyArn(terraform, /\$\{aws_kms_key\.\w+\}/) &&
      (cloudformation === undefined || isKeyArn(cloudformation, /\$\{\w+Key\}/)),
  },
  {
    reason: 'a template follows a reference to an alias of its own to the key, where AWS keeps the alias',
    covers: ({ at, said: { aws, terraform, cloudformation } }) =>
      at === 'AWS::SecretsManager::Secret parity/key-by-alias-reference encryption.keyId' &&
      aws === '"alias/parity/still"' &&
      terraform === aws &&
      isKeyArn(cloudformation, /\$\{StillKey\}/),
  },
  {
    reason: 'AWS names its own key at a replica that was given none',
    covers: (difference) => ends(difference, 'replicas[0].keyId') && says(difference, '"alias/aws/secretsmanager"', 'absent', 'absent'),
  },
  {
    reason: 'AWS names its own key at a SecureString that was given none',
    covers: (difference) => ends(difference, 'encryption.keyId') && says(difference, '"alias/aws/ssm"', 'absent'),
  },
  {
    reason: 'who manages a key of another region is not asked of an account, and is not in the code: unknown for reasons of their own',
    covers: (difference) =>
      ends(difference, 'replicas[0].manager') &&
      says(difference, 'unknown not-collected', 'unknown unresolved-reference', 'unknown unresolved-reference'),
  },
  {
    reason: 'the value of a SecureString is never read from an account, but stands in a plan',
    covers: ({ at, said }) =>
      /^AWS::SSM::Parameter \/parity\/secure\S* value\.(looksSecret|kind|fitsStandard)$/.test(at) && said.aws === 'unknown not-collected',
  },
  {
    reason: 'the block that sets a value has another address in each code',
    covers: (difference) =>
      ends(difference, 'values[0].from') && says(difference, undefined, '"aws_secretsmanager_secret_version.filled"', '"Filled"'),
  },
  {
    reason: 'code has of an AWS managed policy what the pack asks about, an account all of it',
    covers: ({ at, said: { terraform, cloudformation } }) =>
      // Statements 4 and 5 are those of the policy.
      /^AWS::IAM::Role parity-app statements\[(4\]\.actions\[\d\]|5\]\.\w+(\[\d\])?)$/.test(at) &&
      terraform === cloudformation &&
      (terraform === 'absent' || terraform === '"secretsmanager:*"'),
  },
  {
    reason: 'CloudFormation gives no tags to a managed policy',
    covers: (difference) =>
      difference.at === 'AWS::IAM::ManagedPolicy ParityRead tags' && says(difference, '{"team":"web"}', '{"team":"web"}', '{}'),
  },
];

/** The texts in the order of the sources; undefined for one that cannot know. */
function says({ said }: Difference, ...texts: readonly (string | undefined)[]): boolean {
  const [aws, terraform, cloudformation] = texts;
  return said.aws === aws && said.terraform === terraform && said.cloudformation === cloudformation;
}

function isKeyArn(text: string | undefined, id: RegExp): boolean {
  return new RegExp(`^"arn:aws:kms:us-east-1:123456789012:key/${id.source}"$`).test(text ?? '');
}
