import { Unknown, type Maybe } from '../model/unknown.ts';
import type { ParameterAttributes } from '../resources/ssm-parameter.ts';
import { encryptionOf, type KeyIndex, type KeyLink } from './key-link.ts';
import type { Place } from './place.ts';

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
}

const types = ['String', 'StringList', 'SecureString'] as const;

/** The attributes of a parameter that code declares; what only a live account knows is left to `completeAttributes`. */
export function declaredParameter(declaration: ParameterDeclaration, keys: KeyIndex): ParameterAttributes {
  const { name, place, tags, tier, dataType, key, value } = declaration;
  const type = knownType(declaration.type);
  const attributes = {
    name,
    account: place.account,
    region: place.region,
    tags,
    type,
    tier,
    dataType,
    ...encryption(type, key, keys),
    value,
  };
  return attributes as unknown as ParameterAttributes;
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
