import fc from 'fast-check';
import { Unknown } from '../../src/model/unknown.ts';
import { iamStatement } from '../../src/resources/iam-statement.ts';
import {
  bool,
  int,
  list,
  map,
  object,
  optional,
  required,
  string,
  timestamp,
  type ObjectShape,
  type Shape,
} from '../../src/resources/shape.ts';

/** A small resource type with every kind of attribute, and small domains, so that all completions can be tried. */
const child = object('SmallChild', {
  flag: required(bool, 'A flag.'),
  text: optional(string, 'A text.'),
  count: required(int, 'A count.'),
});

export const small: ObjectShape = object('SmallResource', {
  flag: required(bool, 'A flag.'),
  flag2: required(bool, 'Another flag.'),
  count: required(int, 'A count.'),
  maybe: optional(int, 'A count that may be absent.'),
  text: required(string, 'A text.'),
  label: optional(string, 'A text that may be absent.'),
  at: required(timestamp, 'A time.'),
  since: optional(timestamp, 'A time that may be absent.'),
  words: required(list(string), 'Texts.'),
  numbers: required(list(int), 'Numbers.'),
  extra: optional(list(string), 'Texts that may be absent.'),
  tags: required(map(string), 'Tags.'),
  child: optional(child, 'An object that may be absent.'),
  children: required(list(child), 'Objects.'),
  statement: required(iamStatement, 'A statement.'),
});

export const now = Date.UTC(2026, 0, 1);
const day = 86_400_000;

const ints = [-1, 0, 1, 2];
const texts = ['', 'a', 'ab'];
const times = [now - 2 * day, now];

/** All values that an unknown of the shape may turn out to have. Small on purpose. */
function completionsOf(shape: Shape, name: string): readonly unknown[] {
  switch (shape.kind) {
    case 'bool':
      return [true, false];
    case 'int':
      return ints;
    case 'timestamp':
      return times;
    case 'string':
      return shape.values ?? iamTexts[name] ?? texts;
    case 'list':
      return [[], ...completionsOf(shape.element, name).map((element) => [element])];
    case 'map':
      return [{}, { a: 'a' }];
    case 'object':
      return shape.name === 'SmallChild'
        ? [
            { flag: true, count: 1 },
            { flag: false, count: 0, text: 'a' },
          ]
        : [];
    default:
      return shape satisfies never;
  }
}

const iamTexts: { readonly [name: string]: readonly string[] } = {
  actions: ['s:Get', 's:*', 't:*'],
  notActions: ['s:Get', '*'],
  resources: ['*', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:a'],
  notResources: ['arn:aws:secretsmanager:*:*:secret:*'],
};

const unknown = (name: string): Unknown => new Unknown('not-collected', name);

/** Unknown about once in four, at any depth. */
function partial(shape: Shape, name: string, open = true): fc.Arbitrary<unknown> {
  const known = knownValue(shape, name, open);
  return open && !(shape.kind === 'object' && shape.name === 'IamStatement')
    ? fc.oneof({ arbitrary: known, weight: 3 }, { arbitrary: fc.constant(unknown(name)), weight: 1 })
    : known;
}

function knownValue(shape: Shape, name: string, open: boolean): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'list':
      return shape.element.kind === 'object' && shape.element.name !== 'SmallChild' && shape.element.name !== 'IamDenial'
        ? fc.constant([])
        : fc.array(partial(shape.element, name, open), { maxLength: 2 });
    case 'map':
      return fc.dictionary(fc.constantFrom('a', 'b'), partial(shape.value, name, open), { maxKeys: 2 });
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(shape.fields).map(([field, { shape: inner, optional: may }]) => [
            field,
            may ? fc.option(partial(inner, field, open), { nil: undefined }) : partial(inner, field, open),
          ]),
        ),
      );
    default:
      return fc.constantFrom(...completionsOf(shape, name));
  }
}

/** Resources with parts unknown. */
export const partialResource: fc.Arbitrary<unknown> = partial(small, 'resource').filter((value) => !(value instanceof Unknown));

/** Resources with nothing unknown. */
export const knownResource: fc.Arbitrary<unknown> = partial(small, 'resource', false);

/** The places of the unknowns that the paths touch; an optional attribute may also turn out to be absent. */
interface Hole {
  readonly path: readonly (string | number)[];
  readonly values: readonly unknown[];
}

function holesOf(shape: Shape, value: unknown, path: readonly (string | number)[], name: string, may: boolean): readonly Hole[] {
  if (value instanceof Unknown) return [{ path, values: may ? [undefined, ...completionsOf(shape, name)] : completionsOf(shape, name) }];
  if (value === undefined) return [];
  switch (shape.kind) {
    case 'list':
      return (value as readonly unknown[]).flatMap((element, index) => holesOf(shape.element, element, [...path, index], name, false));
    case 'map':
      return Object.entries(value as object).flatMap(([key, element]) => holesOf(shape.value, element, [...path, key], name, false));
    case 'object':
      return Object.entries(shape.fields).flatMap(([field, { shape: inner, optional: absent }]) =>
        holesOf(inner, (value as { readonly [key: string]: unknown })[field], [...path, field], field, absent),
      );
    default:
      return [];
  }
}

/**
 * The completions of a resource: every combination of the values of the unknowns under the attributes named, up to
 * `most`. Unknowns that no expression reads stay as they are. Undefined when there are more.
 */
export function completions(resource: unknown, attributes: ReadonlySet<string>, most: number): readonly unknown[] | undefined {
  const holes = holesOf(small, resource, [], 'resource', false).filter((hole) => attributes.has(String(hole.path[0])));
  const count = holes.reduce((product, hole) => product * hole.values.length, 1);
  if (count > most) return undefined;
  return holes.reduce<readonly unknown[]>(
    (made, hole) => made.flatMap((one) => hole.values.map((value) => withValue(one, hole.path, value))),
    [resource],
  );
}

function withValue(target: unknown, [step, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (step === undefined) return value;
  const inner = withValue((target as { readonly [key: string | number]: unknown })[step], rest, value);
  if (!Array.isArray(target)) return { ...(target as object), [step]: inner };
  return target.map((element: unknown, index) => (index === step ? inner : element));
}
