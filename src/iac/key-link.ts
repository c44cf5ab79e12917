import { Unknown, type Maybe } from '../model/unknown.ts';

/** What infrastructure code configures as the KMS key of something. */
export type KeyLink =
  /** Nothing: the AWS managed key of the service. */
  | { readonly kind: 'default' }
  /** A key id, alias or ARN, as written. */
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Where the code has it from, such as `var.key_arn`; absent when it is written out. */
      readonly from?: string;
    }
  /** A key of the same input. */
  | { readonly kind: 'declared'; readonly key: DeclaredKey }
  /** Not to be learnt; the Unknown says from where the key comes. */
  | { readonly kind: 'unknown'; readonly why: Unknown };

/** A key of the input, as those that it encrypts see it. */
export interface DeclaredKey {
  readonly address: string;
  /** Its ARN, with `${address}` for what AWS will choose. */
  readonly arn: string;
  /** Left out: a customer managed key. Keys that data sources look up may be either. */
  readonly manager?: Maybe<'aws' | 'customer'>;
  /** Absent for keys that cannot rotate. */
  readonly rotationEnabled?: Maybe<boolean>;
}

/** Keys of the input by what a text can name them with: id, ARN, alias. */
export type KeyIndex = ReadonlyMap<string, DeclaredKey>;

export interface EncryptionOf {
  readonly manager: Maybe<'aws' | 'customer'>;
  readonly keyId?: string;
  readonly keyRotationEnabled?: Maybe<boolean>;
}

/** The colons of `${AWS::Partition}`, of a place that is left open, part no fields. */
const aliasPattern = /^(?:arn:(?:[^:$]|\$\{[^}]*\})*:kms:(?:[^:$]|\$\{[^}]*\})*:(?:[^:$]|\$\{[^}]*\})*:)?(alias\/.+)$/;

/**
 * Who manages the key, and whether it rotates. A text is looked up among the keys of the input first. An alias that
 * is not `alias/aws/…` can only be of a customer managed key, since AWS reserves that prefix; of a bare id or ARN that is
 * not in the input nobody can tell, as the AWS managed keys have such ids too.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#alias-concept
 */
export function encryptionOf(link: KeyLink, keys: KeyIndex): EncryptionOf {
  switch (link.kind) {
    case 'default':
      return { manager: 'aws' };
    case 'declared':
      return declared(link.key, link.key.arn);
    case 'unknown':
      return { manager: link.why, keyRotationEnabled: link.why };
    case 'text':
      return ofText(link.text, link.from, keys);
    default:
      return link satisfies never;
  }
}

function declared({ manager = 'customer', rotationEnabled }: DeclaredKey, keyId: string): EncryptionOf {
  return { manager, keyId, ...(rotationEnabled === undefined ? {} : { keyRotationEnabled: rotationEnabled }) };
}

function ofText(text: string, from: string | undefined, keys: KeyIndex): EncryptionOf {
  if (text === '') return { manager: 'aws' };
  const alias = aliasPattern.exec(text)?.[1];
  const key = keys.get(text) ?? (alias === undefined ? undefined : keys.get(alias));
  if (key) return declared(key, text);
  if (alias?.startsWith('alias/aws/')) return { manager: 'aws', keyId: text };
  const why = new Unknown(
    'unresolved-reference',
    from === undefined ? `the key ${text} is not in this input` : `the key comes from ${from}, and is not in this input`,
  );
  return { manager: alias === undefined ? why : 'customer', keyId: text, keyRotationEnabled: why };
}

/** The key of the input that the link leads to; undefined when it is none of them, or not known. */
export function linkedKey(link: KeyLink, keys: KeyIndex): DeclaredKey | undefined {
  if (link.kind === 'declared') return link.key;
  if (link.kind !== 'text') return undefined;
  return keys.get(link.text) ?? keys.get(aliasPattern.exec(link.text)?.[1] ?? '');
}
