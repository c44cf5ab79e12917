import { arnOf } from '../../iac/arn-of.ts';
import type { DeclaredKey, KeyIndex, KeyLink } from '../../iac/key-link.ts';
import { keyRotation } from '../../iac/kms-key.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { Evaluator } from './evaluator.ts';
import { own, type Path } from './json.ts';
import { boolAt, rawAt, textAt } from './properties.ts';
import { Reference } from './reference.ts';
import type { RawResource } from './template.ts';
import { onlyParameter } from './value-source.ts';
import { typeOf, type World } from './world.ts';

/** What a property configures as its key, and the keys of the template that this can lead to. */
export interface LinkedKey {
  readonly link: KeyLink;
  readonly keys: KeyIndex;
  /** Logical id of the key of the template, if it is one. */
  readonly id?: string;
}

export const keyTypes: readonly string[] = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];

/** Facts of a key that those it encrypts ask for. A replica has those of its primary. */
export function keyFacts(
  evaluator: Evaluator,
  key: RawResource,
): { readonly spec: Maybe<string>; readonly origin: Maybe<string>; readonly usage: Maybe<string>; readonly rotation: Maybe<boolean> } {
  if (key.type === 'AWS::KMS::ReplicaKey') {
    const value = evaluator.evaluate(own(own(key.body, 'Properties'), 'PrimaryKeyArn'));
    const primary = value instanceof Reference ? evaluator.world.resources.get(value.id) : undefined;
    if (primary?.type === 'AWS::KMS::Key') return keyFacts(evaluator, primary);
    const why = new Unknown('unresolved-reference', 'the primary key is not in this template');
    return { spec: why, origin: 'AWS_KMS', usage: why, rotation: why };
  }
  return {
    spec: textAt(evaluator, key, ['KeySpec']) ?? 'SYMMETRIC_DEFAULT',
    origin: textAt(evaluator, key, ['Origin']) ?? 'AWS_KMS',
    usage: textAt(evaluator, key, ['KeyUsage']) ?? 'ENCRYPT_DECRYPT',
    rotation: boolAt(evaluator, key, ['EnableKeyRotation']) ?? false,
  };
}

function declaredKey(evaluator: Evaluator, key: RawResource): DeclaredKey {
  const { spec, origin, rotation } = keyFacts(evaluator, key);
  const rotationEnabled = keyRotation(spec, origin, rotation);
  const arn = arnOf('AWS::KMS::Key', key.id, undefined, evaluator.world.template.place) ?? key.id;
  return { address: key.id, arn, ...(rotationEnabled === undefined ? {} : { rotationEnabled }) };
}

/** Logical ids of the keys of the template by the texts that can name them: id, ARN, alias, ARN of an alias. */
const keyTexts = new WeakMap<World, ReadonlyMap<string, string>>();

function textsOf(world: World): ReadonlyMap<string, string> {
  const known = keyTexts.get(world);
  if (known !== undefined) return known;
  const evaluator = new Evaluator(world);
  const made = new Map<string, string>();
  for (const { id, type } of world.resources.values()) {
    if (!keyTypes.includes(type)) continue;
    for (const text of [evaluator.text(new Reference(id, undefined)), evaluator.text(new Reference(id, 'Arn'))]) {
      if (typeof text === 'string') made.set(text, id);
    }
  }
  for (const alias of world.resources.values()) {
    if (alias.type !== 'AWS::KMS::Alias') continue;
    const name = evaluator.nameOf(alias.id);
    const key = keyOfAlias(evaluator, alias, made);
    if (typeof name === 'string' && key !== undefined) made.set(name, key);
  }
  keyTexts.set(world, made);
  return made;
}

/** The logical id of the key of the template that an alias is of. */
export function keyOfAlias(evaluator: Evaluator, alias: RawResource, texts = textsOf(evaluator.world)): string | undefined {
  const target = evaluator.evaluate(own(own(alias.body, 'Properties'), 'TargetKeyId'));
  if (target instanceof Reference) return keyTypes.includes(typeOf(evaluator.world, target.id) ?? '') ? target.id : undefined;
  return typeof target === 'string' ? texts.get(target) : undefined;
}

const none: KeyIndex = new Map();

/** What a property configures as its KMS key. */
export function keyLinkAt(evaluator: Evaluator, resource: RawResource, path: Path): LinkedKey {
  const raw = rawAt(evaluator, resource, path);
  return keyLink(evaluator, evaluator.evaluate(raw), onlyParameter(raw));
}

/** @param from the parameter that the value comes from */
export function keyLink(evaluator: Evaluator, value: unknown, from?: string): LinkedKey {
  const { world } = evaluator;
  if (value === undefined || value === '') return { link: { kind: 'default' }, keys: none };
  if (value instanceof Unknown) return { link: { kind: 'unknown', why: value }, keys: none };
  if (value instanceof Reference) {
    const resource = world.resources.get(value.id);
    const alias = resource?.type === 'AWS::KMS::Alias' ? keyOfAlias(evaluator, resource) : undefined;
    const key = alias === undefined ? resource : world.resources.get(alias);
    if (key !== undefined && keyTypes.includes(key.type))
      return { link: { kind: 'declared', key: declaredKey(evaluator, key) }, keys: none, id: key.id };
    const name = resource?.type === 'AWS::KMS::Alias' ? evaluator.nameOf(resource.id) : undefined;
    // An alias of the template whose key is not: reserved names aside, only customer managed keys have aliases.
    if (typeof name === 'string') return { link: { kind: 'text', text: name }, keys: none };
    const why = new Unknown('unresolved-reference', `the key comes from ${value.text.slice(0, 120)}`);
    return { link: { kind: 'unknown', why }, keys: none };
  }
  const text = evaluator.text(value);
  if (typeof text !== 'string')
    return { link: { kind: 'unknown', why: text ?? new Unknown('malformed-response', 'the key is no text') }, keys: none };
  const alias = /^arn:.*:(alias\/.+)$/.exec(text)?.[1];
  const id = textsOf(world).get(text) ?? (alias === undefined ? undefined : textsOf(world).get(alias));
  const key = id === undefined ? undefined : world.resources.get(id);
  const keys: KeyIndex = key === undefined ? none : new Map([[text, declaredKey(evaluator, key)]]);
  return { link: { kind: 'text', text, ...(from === undefined ? {} : { from }) }, keys, ...(key === undefined ? {} : { id: key.id }) };
}
