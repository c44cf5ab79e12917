import { Unknown, type Maybe } from '../model/unknown.ts';
import { describeSchedule } from '../resources/rotation-schedule.ts';
import type { SecretAttributes } from '../resources/secretsmanager-secret.ts';
import { encryptionOf, type KeyIndex, type KeyLink } from './key-link.ts';
import type { Origin } from './origin.ts';
import type { Place } from './place.ts';
import type { DeclaredFunction } from './rotation-function.ts';
import { statementsOf, type PolicyPart } from './policy-part.ts';

/** What infrastructure code says of a secret, from all the blocks that speak of it. */
export interface SecretDeclaration {
  readonly name: Maybe<string>;
  readonly place: Place;
  readonly tags: SecretAttributes['tags'];
  readonly key: KeyLink;
  readonly replicas: Maybe<readonly Maybe<ReplicaDeclaration>[]>;
  /** Absent: no rotation in the input. Unknown: there may be one that cannot be linked, or was left out. */
  readonly rotation: Maybe<RotationDeclaration> | undefined;
  /** Where a rotation was looked for: `this plan`, `this template`. */
  readonly soughtIn: string;
  /** Service that owns it, if the code says so. */
  readonly owningService?: string;
  readonly policies: readonly PolicyPart[];
  /** What may be there besides and was not seen: a targeted plan. */
  readonly morePolicies?: Unknown;
  readonly values: SecretAttributes['values'];
  /** Of the superuser of a database. */
  readonly superuser: Maybe<boolean>;
  /** In days; undefined where the source has no such thing. */
  readonly recoveryWindowDays?: Maybe<number>;
  /** Positions of the parts other than policies. */
  readonly origins: readonly Origin[];
}

export interface ReplicaDeclaration {
  readonly region: Maybe<string>;
  readonly key: KeyLink;
}

export interface RotationDeclaration {
  /** Absent: none configured. */
  readonly functionArn?: Maybe<string>;
  /** Of the function, where there is one. */
  readonly function?: DeclaredFunction;
  /** A Lambda function rotates it, or the service that owns it. */
  readonly managedBy: Maybe<'function' | 'service'>;
  readonly expression?: Maybe<string>;
  readonly days?: Maybe<number>;
}

/** The attributes of a secret that code declares; what only a live account knows is left to `completeAttributes`. */
export function declaredSecret(
  declaration: SecretDeclaration,
  keys: KeyIndex,
): { readonly attributes: SecretAttributes; readonly origins: readonly Origin[] } {
  const { name, place, tags, replicas, policies, morePolicies, values, recoveryWindowDays, owningService } = declaration;
  const { account, region } = place;
  const { statements, origins } = statementsOf(policies, account);
  const listed =
    replicas instanceof Unknown
      ? replicas
      : replicas.map((replica) =>
          replica instanceof Unknown ? replica : { region: replica.region, ...withoutRotation(encryptionOf(replica.key, keys)) },
        );
  const attributes = {
    name,
    account,
    region,
    tags,
    ...(owningService === undefined ? {} : { owningService }),
    isReplica: false,
    ...(listed instanceof Unknown ? { primaryRegion: listed } : listed.length > 0 ? { primaryRegion: region } : {}),
    replicas: listed,
    encryption: encryptionOf(declaration.key, keys),
    rotation: rotationOf(declaration),
    superuser: declaration.superuser,
    statements: morePolicies === undefined ? statements : [...statements, morePolicies],
    values,
    ...(recoveryWindowDays === undefined ? {} : { recoveryWindowDays }),
  };
  return { attributes: attributes as unknown as SecretAttributes, origins: [...declaration.origins, ...origins] };
}

function withoutRotation({ manager, keyId }: ReturnType<typeof encryptionOf>): { readonly manager: unknown; readonly keyId?: string } {
  return { manager, ...(keyId === undefined ? {} : { keyId }) };
}

function rotationOf({ rotation, soughtIn }: SecretDeclaration): unknown {
  if (rotation instanceof Unknown) {
    return {
      enabled: rotation,
      managedBy: rotation,
      schedule: rotation,
      functionArn: rotation,
      functionExists: rotation,
      functionInvocable: rotation,
      strategy: rotation,
    };
  }
  if (rotation === undefined) return { enabled: false, managedBy: 'none', soughtIn };
  const { functionArn, managedBy } = rotation;
  const schedule = scheduleOf(rotation);
  return {
    enabled: true,
    managedBy,
    ...(schedule === undefined ? {} : { schedule }),
    ...(functionArn === undefined ? {} : { functionArn }),
    ...rotation.function,
  };
}

function scheduleOf({ expression, days }: RotationDeclaration): unknown {
  if (expression instanceof Unknown) return expression;
  if (expression === undefined && days instanceof Unknown) return days;
  return describeSchedule({
    ...(expression === undefined ? {} : { expression }),
    ...(days === undefined || days instanceof Unknown ? {} : { days }),
  });
}
