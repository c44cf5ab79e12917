/** What a secret or parameter names as its KMS key, before anything is asked. */
export type KeyReference =
  /** A key that AWS manages: nothing is named, or an alias that only AWS can make. */
  | { readonly kind: 'aws-managed'; readonly alias?: string }
  /** A key of this account and region: a key id, or an alias name with its `alias/`. */
  | { readonly kind: 'own'; readonly id: string }
  | { readonly kind: 'foreign'; readonly arn: string; readonly account: string }
  /** A key of this account in another region, where this scope cannot ask. */
  | { readonly kind: 'elsewhere'; readonly region: string };

export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/**
 * Reads a key as configured: key id, key ARN, alias name or alias ARN, or nothing.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/find-cmk-id-arn.html
 */
export function parseKeyReference(text: string | undefined, place: Place): KeyReference {
  if (text === undefined || text === '') return { kind: 'aws-managed' };
  const arn = /^arn:[^:]*:kms:([^:]*):([^:]*):(.+)$/s.exec(text);
  const local = arn?.[3] ?? text;
  // The prefix alias/aws/ is reserved: no account can make such an alias.
  const reserved = /^(?:alias\/)?(aws\/.+)$/s.exec(local);
  if (reserved !== null) return { kind: 'aws-managed', alias: `alias/${reserved[1] ?? ''}` };
  if (arn !== null) {
    const [, region = '', account = ''] = arn;
    if (account !== place.account) return { kind: 'foreign', arn: text, account };
    if (region !== place.region) return { kind: 'elsewhere', region };
  }
  return { kind: 'own', id: local.replace(/^key\//, '') };
}
