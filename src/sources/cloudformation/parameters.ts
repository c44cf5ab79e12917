import { Unknown, type Maybe } from '../../model/unknown.ts';
import { isObject, own, type JsonObject } from './json.ts';

/** A parameter of a template. Values are only ever looked at, never shown. */
export interface Parameter {
  readonly name: string;
  /** Text, or a list of texts for the list types; undefined without a value and a default. */
  readonly value: string | readonly string[] | undefined;
  /** Undefined without one. */
  readonly fallback: string | undefined;
  /** Given from outside, and not the same as the default. */
  readonly given: boolean;
  /** Masked by CloudFormation, so the author takes it for a secret. Unknown where it is neither true nor false. */
  readonly noEcho: Maybe<boolean>;
  /** CloudFormation reads the value from Parameter Store: what stands here is only a name. */
  readonly fromStore: boolean;
  readonly allowed: readonly string[] | undefined;
  /** Of a type that is a number, or the id of something in AWS: no credential, whatever its value. */
  readonly isIdentifier: boolean;
}

/** The parameters of a template with the values that they have: one given, else the default. */
export function readParameters(section: unknown, given: ReadonlyMap<string, string>): ReadonlyMap<string, Parameter> {
  const found = new Map<string, Parameter>();
  for (const [name, definition] of Object.entries(isObject(section) ? section : {})) {
    // A macro makes parameters, which are no part of the template.
    if (isObject(definition) && !name.startsWith('Fn::')) found.set(name, readParameter(name, definition, given.get(name)));
  }
  return found;
}

function readParameter(name: string, definition: JsonObject, given: string | undefined): Parameter {
  const type = own(definition, 'Type');
  const kind = typeof type === 'string' ? type : 'String';
  const fallback = textOfScalar(own(definition, 'Default'));
  const text = given ?? fallback;
  const isList = /^(?:CommaDelimitedList$|List<)/.test(kind);
  const allowed = own(definition, 'AllowedValues');
  return {
    name,
    value: text === undefined || !isList ? text : text.split(',').map((part) => part.trim()),
    fallback,
    given: given !== undefined && given !== fallback,
    noEcho: readNoEcho(own(definition, 'NoEcho')),
    fromStore: kind.startsWith('AWS::SSM::Parameter::Value<'),
    allowed: Array.isArray(allowed) ? allowed.map((value) => textOfScalar(value) ?? '') : undefined,
    isIdentifier: /^(?:Number$|List<Number>|AWS::(?!SSM::Parameter::Value<)|List<AWS::)/.test(kind),
  };
}

/** What a reference to the parameter gives. The detail names it and never says its value. */
export function valueOfParameter({ name, value, fromStore }: Parameter): unknown {
  if (fromStore) return new Unknown('unresolved-reference', `Ref ${name}: CloudFormation reads it from Parameter Store`);
  return value ?? new Unknown('unresolved-reference', `Ref ${name}: the parameter has no default, and no value was given`);
}

function textOfScalar(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** CloudFormation reads YAML 1.1, where yes and on are true. */
function readNoEcho(value: unknown): Maybe<boolean> {
  if (value === undefined || value === null) return false;
  const text = textOfScalar(value) ?? '';
  if (/^(?:true|yes|on)$/i.test(text)) return true;
  return /^(?:false|no|off)$/i.test(text) ? false : new Unknown('malformed-response', 'NoEcho is neither true nor false');
}
