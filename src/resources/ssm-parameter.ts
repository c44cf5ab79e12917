import { iamStatement } from './iam-statement.ts';
import { resourceType, type AttributesOf } from './resource-type.ts';
import { bool, int, list, liveOnly, map, object, oneOf, optional, required, string, timestamp } from './shape.ts';
import { codeOnly, valueOrigin } from './value-origin.ts';

const parameterEncryption = object('ParameterEncryption', {
  manager: required(oneOf('aws', 'customer'), 'Who manages the key: `aws` for alias/aws/ssm, `customer` for a key of your own.'),
  keyId: optional(string, 'Key id, ARN or alias as configured.'),
  keyArn: optional(string, 'ARN of the key that `keyId` resolves to.', liveOnly),
  keyState: optional(string, 'Key state; absent for the AWS managed key.', liveOnly),
  keyDeletionDate: optional(timestamp, 'When the key is deleted; absent unless it is pending deletion.', liveOnly),
});

/** What the detector says of a value. The value itself never enters the model. */
const inspectedValue = object('InspectedValue', {
  looksSecret: required(
    bool,
    'Whether the value looks like a credential. Live, it is read only with --inspect-values, and never for a SecureString.',
  ),
  kind: optional(string, 'What it looks like, such as `private-key`; absent when it does not look like a credential.'),
  fitsStandard: required(bool, 'Whether it has at most 4,096 bytes, which is what the Standard tier takes. Live, as with `looksSecret`.'),
  origin: required(valueOrigin, 'Where it comes from.', codeOnly),
  writeOnly: required(bool, 'Whether Terraform keeps it out of plan and state.', codeOnly),
});

const expirationNotification = object('ExpirationNotification', {
  hoursBefore: required(int, 'Hours before the expiration; of several the earliest.'),
});

const noChangeNotification = object('NoChangeNotification', {
  hoursAfter: required(int, 'Hours without a change; of several the shortest.'),
});

/** Terraform's AWS provider has no argument for the policies of a parameter, nor a resource that shares one. */
const withoutTerraform = { sources: ['aws', 'cloudformation'] } as const;

export const ssmParameter = resourceType({
  name: 'AWS::SSM::Parameter',
  doc: 'A parameter of Systems Manager Parameter Store.',
  service: 'ssm',
  kind: 'parameter',
  attributes: {
    tags: required(map(string), 'Tags.'),
    type: required(oneOf('String', 'StringList', 'SecureString'), 'Type.'),
    tier: required(string, 'Standard, Advanced or Intelligent-Tiering.'),
    dataType: required(string, '`text`, `aws:ec2:image` or `aws:ssm:integration`.'),
    version: required(int, 'Version; it grows with each change.', liveOnly),
    lastModifiedAt: required(timestamp, 'When the value was last set.', liveOnly),
    encryption: optional(parameterEncryption, 'The KMS key; absent unless it is a SecureString.'),
    expiration: optional(timestamp, 'When AWS deletes the parameter; absent when it does not expire.', withoutTerraform),
    expirationNotification: optional(
      expirationNotification,
      'The event before the expiration; absent when there is none.',
      withoutTerraform,
    ),
    noChangeNotification: optional(
      noChangeNotification,
      'The event when the value has not changed for long; absent when there is none.',
      withoutTerraform,
    ),
    statements: required(
      list(iamStatement),
      'Statements of the resource policies that share it with other accounts; only the Advanced tier has any.',
      withoutTerraform,
    ),
    value: required(inspectedValue, 'What the value looks like.'),
  },
});

export type ParameterAttributes = AttributesOf<typeof ssmParameter>;
