import { Unknown, type Maybe } from '../model/unknown.ts';
import type { IamCondition, IamPrincipal } from './iam-statement.ts';

/** A part of a policy that is not as the grammar of IAM wants it. The message never holds text of the document. */
export class MalformedPolicy extends Error {
  override readonly name = 'MalformedPolicy';
}

export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

/** An element of which a statement has one form or the other, such as Action and NotAction; the form left out is empty. */
export function readEitherList(
  statement: JsonObject,
  name: string,
  { required }: { readonly required: boolean },
): { readonly named: Maybe<readonly Maybe<string>[]>; readonly excepted: Maybe<readonly Maybe<string>[]> } {
  const inverse = `Not${name}`;
  const hasNamed = Object.hasOwn(statement, name);
  const hasExcepted = Object.hasOwn(statement, inverse);
  if (hasNamed && hasExcepted) throw new MalformedPolicy(`it has both ${name} and ${inverse}`);
  if (!hasNamed && !hasExcepted && required) throw new MalformedPolicy(`it has neither ${name} nor ${inverse}`);
  return {
    named: hasNamed ? readStrings(statement[name], name) : [],
    excepted: hasExcepted ? readStrings(statement[inverse], inverse) : [],
  };
}

/** A string or a list of strings, as a list; AWS refuses an empty one. */
function readStrings(value: unknown, name: string): Maybe<readonly Maybe<string>[]> {
  if (value instanceof Unknown) return value;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) throw new MalformedPolicy(`its ${name} is an empty list`);
  return values.map((element) => {
    if (typeof element === 'string' || element instanceof Unknown) return element;
    throw new MalformedPolicy(`its ${name} is neither a string nor a list of strings`);
  });
}

const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

/**
 * The Principal or NotPrincipal element as a list; an absent one is empty.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function readPrincipals(statement: JsonObject, name: 'Principal' | 'NotPrincipal'): Maybe<readonly Maybe<IamPrincipal>[]> {
  if (!Object.hasOwn(statement, name)) return [];
  const element = statement[name];
  if (element instanceof Unknown) return element;
  if (element === '*') return [{ type: 'AWS', value: '*' }];
  if (!isObject(element)) throw new MalformedPolicy(`its ${name} is neither "*" nor an object`);
  const principals = Object.entries(element).flatMap(([key, value]): IamPrincipal[] => {
    const type = principalTypes.find((known) => known === key);
    if (type === undefined) throw new MalformedPolicy(`its ${name} has a kind that AWS does not know`);
    const values = readStrings(value, `${name}.${type}`);
    return (values instanceof Unknown ? [values] : values).map((principal) => ({ type, value: principal }));
  });
  if (principals.length === 0) throw new MalformedPolicy(`its ${name} is empty`);
  return principals;
}

/**
 * The Condition element as a list of single tests, keys in lower case; an absent one is empty.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function readConditions(statement: JsonObject): Maybe<readonly Maybe<IamCondition>[]> {
  if (!Object.hasOwn(statement, 'Condition')) return [];
  const element = statement['Condition'];
  if (element instanceof Unknown) return element;
  if (!isObject(element)) throw new MalformedPolicy('its Condition is not an object');
  return Object.entries(element).flatMap(([operator, tests]): Maybe<IamCondition>[] => {
    if (tests instanceof Unknown) return [tests];
    if (!isObject(tests)) throw new MalformedPolicy('an operator of its Condition does not hold an object');
    return Object.entries(tests).map(([key, value]) => ({ operator, key: key.toLowerCase(), values: readConditionValues(value) }));
  });
}

function readConditionValues(value: unknown): Maybe<readonly Maybe<string>[]> {
  if (value instanceof Unknown) return value;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((element) => {
    if (typeof element === 'string' || element instanceof Unknown) return element;
    if (typeof element === 'number' || typeof element === 'boolean') return String(element);
    throw new MalformedPolicy('a value of its Condition is not a string, a number or a boolean');
  });
}
