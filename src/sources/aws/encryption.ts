import { Unknown, type Maybe } from '../../model/unknown.ts';
import { expected, optionalTime } from './answer-fields.ts';
import { notCollected, type Detail, type ScopeReader } from './collector.ts';
import { toUnknown, type Failure } from './failures.ts';
import { describeKey, keyRotation, type DescribedKey } from './key-facts.ts';
import { parseKeyReference, type KeyReference } from './key-reference.ts';
import { touches } from './needs.ts';

/** What a secret or a parameter says of its KMS key. */
export interface EncryptionFacts {
  readonly manager: Maybe<'aws' | 'customer'>;
  readonly keyId?: string;
  readonly keyArn?: Maybe<string>;
  readonly keyState?: Maybe<string>;
  readonly keyDeletionDate?: Maybe<number>;
  readonly keyRotationEnabled?: Maybe<boolean>;
}

/** Which of them the policies read. */
export type EncryptionWants = { readonly [Fact in Exclude<keyof EncryptionFacts, 'keyId'>]: boolean };

/** The calls behind the facts, for the declaration of a collector; whether the key rotates can be left out. */
export function encryptionDetails(path: string, options: { readonly rotation: boolean }): readonly Detail[] {
  const facts = ['manager', 'keyArn', 'keyState', 'keyDeletionDate', ...(options.rotation ? ['keyRotationEnabled'] : [])];
  const described: Detail = { operation: 'kms:DescribeKey', provides: facts.map((fact) => `${path}.${fact}`) };
  return options.rotation ? [described, { operation: 'kms:GetKeyRotationStatus', provides: [`${path}.keyRotationEnabled`] }] : [described];
}

export function wantedEncryption(needed: ReadonlySet<string> | undefined, path: string): EncryptionWants {
  const wants = (fact: keyof EncryptionWants): boolean => touches(needed, `${path}.${fact}`);
  return {
    manager: wants('manager'),
    keyArn: wants('keyArn'),
    keyState: wants('keyState'),
    keyDeletionDate: wants('keyDeletionDate'),
    keyRotationEnabled: wants('keyRotationEnabled'),
  };
}

/** The state that stands for a key that KMS does not know any more: it was deleted, or the alias was. Not a word of KMS. */
const keyNotFound = 'NotFound';

/**
 * Resolves the key that a secret or parameter names. Who manages it is what DescribeKey says; only where that needs
 * no call (nothing named, the reserved alias/aws/, a key of another account) is it decided by the name.
 *
 * @param text key id, alias or ARN as configured; undefined: the AWS managed key of the service
 */
export async function readEncryption(scope: ScopeReader, text: string | undefined, wants: EncryptionWants): Promise<EncryptionFacts> {
  const reference = parseKeyReference(text, scope);
  const named = text === undefined || text === '' ? {} : { keyId: text };
  switch (reference.kind) {
    case 'aws-managed':
      return { manager: 'aws', ...named, ...(await awsManagedArn(scope, reference, wants)) };
    case 'elsewhere': {
      const why = notCollected('kms:DescribeKey', `the key is in ${reference.region}, which this region cannot ask`);
      return { ...named, ...unknownFacts(why), manager: why };
    }
    case 'own':
    case 'foreign': {
      const decided = reference.kind === 'foreign' ? 'customer' : undefined;
      const needed =
        wants.keyArn || wants.keyState || wants.keyDeletionDate || wants.keyRotationEnabled || (wants.manager && decided === undefined);
      if (!needed) {
        const why = notCollected('kms:DescribeKey');
        return { ...named, ...unknownFacts(why), manager: decided ?? why };
      }
      const described = await describeKey(scope, reference.kind === 'own' ? reference.id : reference.arn);
      if (!described.ok) return { ...named, ...failedFacts(described.failure, decided) };
      return { ...named, ...(await describedFacts(scope, described.value, decided, wants)) };
    }
    default:
      return reference satisfies never;
  }
}

async function awsManagedArn(
  scope: ScopeReader,
  reference: Extract<KeyReference, { kind: 'aws-managed' }>,
  wants: EncryptionWants,
): Promise<Pick<EncryptionFacts, 'keyArn'>> {
  if (reference.alias === undefined) return {};
  if (!wants.keyArn) return { keyArn: notCollected('kms:DescribeKey') };
  const described = await describeKey(scope, reference.alias);
  return { keyArn: described.ok ? described.value.Arn : toUnknown(described.failure) };
}

async function describedFacts(
  scope: ScopeReader,
  key: DescribedKey,
  decided: 'customer' | undefined,
  wants: EncryptionWants,
): Promise<EncryptionFacts> {
  const manager = decided ?? readManager(key);
  if (manager === 'aws') return { manager, keyArn: key.Arn };
  const deletionDate = optionalTime(key.DeletionDate, 'DeletionDate', 'kms:DescribeKey');
  return {
    manager,
    keyArn: key.Arn,
    keyState: expected(key.KeyState, 'KeyState', 'kms:DescribeKey'),
    ...(deletionDate === undefined ? {} : { keyDeletionDate: deletionDate }),
    ...(await rotationFact(scope, key, wants)),
  };
}

async function rotationFact(
  scope: ScopeReader,
  key: DescribedKey,
  wants: EncryptionWants,
): Promise<Pick<EncryptionFacts, 'keyRotationEnabled'>> {
  if (!wants.keyRotationEnabled) return { keyRotationEnabled: notCollected('kms:GetKeyRotationStatus') };
  const rotation = await keyRotation(scope, key);
  if (!rotation.ok) return { keyRotationEnabled: toUnknown(rotation.failure) };
  return rotation.value.enabled === undefined ? {} : { keyRotationEnabled: rotation.value.enabled };
}

/** A key that does not exist is a fact, and a bad one: what it encrypted cannot be read. Anything else that failed is unknown. */
function failedFacts(failure: Failure, decided: 'customer' | undefined): EncryptionFacts {
  const why = toUnknown(failure);
  if (failure.code === 'NotFoundException') return { manager: decided ?? 'customer', keyArn: why, keyState: keyNotFound };
  return { ...unknownFacts(why), manager: decided ?? why };
}

function unknownFacts(why: Unknown): Omit<EncryptionFacts, 'manager' | 'keyId'> {
  return { keyArn: why, keyState: why, keyDeletionDate: why, keyRotationEnabled: why };
}

/** Who manages the key, by KMS itself. */
export function readManager(key: DescribedKey): Maybe<'aws' | 'customer'> {
  switch (key.KeyManager) {
    case 'AWS':
      return 'aws';
    case 'CUSTOMER':
      return 'customer';
    default:
      return new Unknown('malformed-response', 'the answer to kms:DescribeKey has no KeyManager', 'kms:DescribeKey');
  }
}
