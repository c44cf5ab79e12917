import { Unknown, type Maybe } from '../model/unknown.ts';
import type { KeyAttributes } from '../resources/kms-key.ts';
import type { Origin } from './origin.ts';
import type { Place } from './place.ts';
import { statementsOf, type PolicyPart } from './policy-part.ts';

/** What infrastructure code says of a KMS key. */
export interface KeyDeclaration {
  readonly name: string;
  readonly place: Place;
  readonly tags: KeyAttributes['tags'];
  readonly aliases: readonly Maybe<string>[];
  readonly enabled: Maybe<boolean>;
  readonly spec: Maybe<string>;
  readonly usage: Maybe<string>;
  readonly origin: Maybe<string>;
  /** As configured; see `keyRotation`. */
  readonly rotationEnabled: Maybe<boolean>;
  readonly rotationPeriodDays?: Maybe<number>;
  readonly policies: readonly PolicyPart[];
  readonly morePolicies?: Unknown;
  /** Secrets and parameters of the input that it encrypts. */
  readonly protects: readonly { readonly type: string; readonly name: Maybe<string> }[];
}

/** Days between two rotations of a key that rotates and says no more. */
const defaultPeriod = 365;

/**
 * Whether the key rotates by itself; absent for keys that cannot: asymmetric, HMAC, imported, custom store.
 * https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export function keyRotation(spec: Maybe<string>, origin: Maybe<string>, enabled: Maybe<boolean>): Maybe<boolean> | undefined {
  if (spec !== 'SYMMETRIC_DEFAULT' && !(spec instanceof Unknown)) return undefined;
  if (origin !== 'AWS_KMS' && !(origin instanceof Unknown)) return undefined;
  // A key that may turn out not to rotate at all has no answer that would be right for both.
  if (spec instanceof Unknown) return spec;
  return origin instanceof Unknown ? origin : enabled;
}

/** The attributes of a key that code declares; what only a live account knows is left to `completeAttributes`. */
export function declaredKey(declaration: KeyDeclaration): { readonly attributes: KeyAttributes; readonly origins: readonly Origin[] } {
  const { name, place, tags, aliases, enabled, spec, usage, origin, policies, morePolicies, protects } = declaration;
  const rotationEnabled = keyRotation(spec, origin, declaration.rotationEnabled);
  const period = declaration.rotationPeriodDays ?? defaultPeriod;
  const { statements, origins } = statementsOf(policies, place.account);
  const attributes = {
    name,
    account: place.account,
    region: place.region,
    tags,
    aliases,
    manager: 'customer',
    enabled,
    spec,
    usage,
    origin,
    ...(rotationEnabled === undefined ? {} : { rotationEnabled }),
    ...(rotationEnabled === true ? { rotationPeriodDays: period } : {}),
    ...(rotationEnabled instanceof Unknown ? { rotationPeriodDays: rotationEnabled } : {}),
    statements: morePolicies === undefined ? statements : [...statements, morePolicies],
    protects,
  };
  return { attributes: attributes as unknown as KeyAttributes, origins };
}

/**
 * The policy of a key for which the code writes none: AWS gives it one that lets its own account in and nobody else.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 *
 * @param account id of the account, or its stand-in
 */
export function defaultKeyPolicy(partition: string, account: string): unknown {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
}
