import { Unknown, type Maybe } from '../model/unknown.ts';
import type { ParameterAttributes } from '../resources/ssm-parameter.ts';
import { readParameterPolicies } from '../resources/parameter-policies.ts';
import { encryptionOf, type KeyIndex, type KeyLink } from './key-link.ts';
import type { Origin } from './origin.ts';
import type { Place } from './place.ts';
import { statementsOf, type PolicyPart } from './policy-part.ts';

/** What infrastructure code says of a parameter. */
export interface ParameterDeclaration {
  readonly name: Maybe<string>;
  readonly place: Place;
  readonly tags: ParameterAttributes['tags'];
  readonly type: Maybe<string>;
  readonly tier: Maybe<string>;
  readonly dataType: Maybe<string>;
  readonly key: KeyLink;
  readonly value: ParameterAttributes['value'];
  /** Parameter policies; left out by code that cannot write any. */
  readonly policies?: Maybe<readonly unknown[]>;
  /** Resource policies; left out by code that cannot write any. */
  readonly sharing?: {
    readonly parts: readonly PolicyPart[];
    /** Why there may be more. */
    readonly more?: Unknown;
  };
}

const types = ['String', 'StringList', 'SecureString'] as const;

/** A parameter, and where its statements stand. */
export interface DeclaredParameter {
  readonly attributes: ParameterAttributes;
  readonly origins: readonly Origin[];
}

/** The attributes of a parameter that code declares; what only a live account knows is left to `completeAttributes`. */
export function declaredParameter(declaration: ParameterDeclaration, keys: KeyIndex): DeclaredParameter {
  const { name, place, tags, tier, dataType, key, value, policies, sharing } = declaration;
  const type = knownType(declaration.type);
  const { statements, origins } = statementsOf(sharing?.parts ?? [], place.account);
  const attributes = {
    name,
    account: place.account,
    region: place.region,
    tags,
    type,
    tier,
    dataType,
    ...encryption(type, key, keys),
    ...(policies === undefined ? {} : readParameterPolicies(policies)),
    statements: sharing?.more === undefined ? statements : [...statements, sharing.more],
    value,
  };
  return { attributes: attributes as unknown as ParameterAttributes, origins };
}

function knownType(type: Maybe<string>): Maybe<(typeof types)[number]> {
  if (type instanceof Unknown) return type;
  return (
    types.find((candidate) => candidate === type) ?? new Unknown('malformed-response', 'the type of the parameter is none that AWS has')
  );
}

/** Only a SecureString is encrypted; of a type that is not known nobody can say whether there is a key. */
function encryption(type: Maybe<string>, key: KeyLink, keys: KeyIndex): { readonly encryption?: unknown } {
  if (type instanceof Unknown) return { encryption: type };
  if (type !== 'SecureString') return {};
  const { manager, keyId } = encryptionOf(key, keys);
  return { encryption: { manager, ...(keyId === undefined ? {} : { keyId }) } };
}
