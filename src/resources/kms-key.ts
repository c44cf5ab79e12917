import { iamStatement } from './iam-statement.ts';
import { resourceType, type AttributesOf } from './resource-type.ts';
import { bool, int, list, liveOnly, map, object, oneOf, optional, required, string, timestamp } from './shape.ts';

const protectedResource = object('ProtectedResource', {
  type: required(string, 'Resource type, such as `AWS::SecretsManager::Secret`.'),
  name: required(string, 'Name of the secret or parameter.'),
});

export const kmsKey = resourceType({
  name: 'AWS::KMS::Key',
  doc: 'A KMS key. Live, those that encrypt a secret or parameter of the run; with --all-keys every one.',
  service: 'kms',
  kind: 'key',
  attributes: {
    tags: required(map(string), 'Tags.'),
    aliases: required(list(string), 'Aliases, with the `alias/` prefix.'),
    manager: required(oneOf('aws', 'customer'), 'Who manages it.'),
    state: required(string, 'Key state: Enabled, Disabled, PendingDeletion, PendingImport, Unavailable, …', liveOnly),
    enabled: required(bool, 'Whether it can be used.'),
    spec: required(string, 'Key spec, such as SYMMETRIC_DEFAULT, RSA_2048 or HMAC_256.'),
    usage: required(string, 'ENCRYPT_DECRYPT, SIGN_VERIFY, GENERATE_VERIFY_MAC or KEY_AGREEMENT.'),
    origin: required(string, 'AWS_KMS, EXTERNAL, AWS_CLOUDHSM or EXTERNAL_KEY_STORE.'),
    rotationEnabled: optional(
      bool,
      'Automatic rotation of the key material; absent for keys that cannot rotate: asymmetric, HMAC, imported, custom store.',
    ),
    rotationPeriodDays: optional(int, 'Days between two rotations; absent when it does not rotate.'),
    deletionDate: optional(timestamp, 'When it is deleted; absent unless it is pending deletion.', liveOnly),
    statements: required(list(iamStatement), 'Statements of the key policy.'),
    protects: required(list(protectedResource), 'Secrets and parameters of this run that it encrypts.'),
  },
});

export type KeyAttributes = AttributesOf<typeof kmsKey>;
