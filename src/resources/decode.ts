import { isUnknownReason, Unknown, unknownReasons } from '../model/unknown.ts';
import type { Field, ObjectShape, Shape } from './shape.ts';

/** What is wrong with a document, and where: a path of keys and indexes. */
export interface DecodeProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** The names that would have been right, where a name is the problem. */
  readonly candidates?: readonly string[];
}

export interface DecodeOptions {
  readonly problems: DecodeProblem[];
  /** What stands for a required field that the document leaves out; without it, that is a problem. */
  readonly missing?: (path: readonly (string | number)[], field: Field) => Unknown | undefined;
  /** Set where nothing can be unknown: `{ $unknown }` is then an ordinary object. */
  readonly allKnown?: true;
  /** Reads what the document may hold instead of a plain value of the shape; undefined when it does not apply. */
  readonly special?: (shape: Shape, json: unknown, path: readonly (string | number)[]) => { readonly value: unknown } | undefined;
}

/** Data of JSON or YAML as the model has them; wrong parts become undefined and a problem is noted. */
export function decode(shape: Shape, json: unknown, path: readonly (string | number)[], options: DecodeOptions): unknown {
  const special = options.special?.(shape, json, path);
  if (special) return special.value;
  if (!options.allKnown && isPlainObject(json) && Object.hasOwn(json, '$unknown')) return decodeUnknown(json, path, options);
  const wrong = (expected: string): undefined => {
    options.problems.push({ path, message: `expected ${expected}, found ${describe(json)}` });
    return undefined;
  };
  switch (shape.kind) {
    case 'string':
      if (typeof json !== 'string') return wrong('a text');
      if (shape.values && !shape.values.includes(json)) {
        options.problems.push({ path, message: `expected one of ${shape.values.join(', ')}`, candidates: shape.values });
        return undefined;
      }
      return json;
    case 'int':
      return Number.isSafeInteger(json) ? json : wrong('a whole number');
    case 'bool':
      return typeof json === 'boolean' ? json : wrong('true or false');
    case 'timestamp': {
      const time = typeof json === 'string' ? parseTime(json) : undefined;
      return time ?? wrong('a time such as 2026-01-31T00:00:00Z');
    }
    case 'list':
      if (!Array.isArray(json)) return wrong('a list');
      return json.map((element: unknown, index) => decode(shape.element, element, [...path, index], options));
    case 'map':
      if (!isPlainObject(json)) return wrong('a map');
      return nullPrototype(
        Object.entries(json).map(([key, value]) => [
          key.startsWith('$$') ? key.slice(1) : key,
          decode(shape.value, value, [...path, key], options),
        ]),
      );
    case 'object':
      if (!isPlainObject(json)) return wrong('an object');
      return decodeObject(shape, json, path, options);
    default:
      return shape satisfies never;
  }
}

function decodeObject(
  shape: ObjectShape,
  json: { readonly [key: string]: unknown },
  path: readonly (string | number)[],
  options: DecodeOptions,
): unknown {
  const names = Object.keys(shape.fields);
  for (const key of Object.keys(json)) {
    if (!Object.hasOwn(shape.fields, key))
      options.problems.push({ path: [...path, key], message: `there is no ${key} here`, candidates: names });
  }
  const entries: [string, unknown][] = [];
  for (const [name, field] of Object.entries(shape.fields)) {
    if (Object.hasOwn(json, name)) {
      entries.push([name, decode(field.shape, json[name], [...path, name], options)]);
      continue;
    }
    if (field.optional) continue;
    const stand = options.missing?.([...path, name], field);
    if (stand) entries.push([name, stand]);
    else options.problems.push({ path, message: `${name} is missing` });
  }
  return nullPrototype(entries);
}

function decodeUnknown(
  json: { readonly [key: string]: unknown },
  path: readonly (string | number)[],
  options: DecodeOptions,
): Unknown | undefined {
  const { $unknown: reason, detail, action, ...rest } = json;
  if (typeof reason !== 'string' || !isUnknownReason(reason)) {
    options.problems.push({
      path: [...path, '$unknown'],
      message: 'this is no reason that a value can be unknown for',
      candidates: unknownReasons,
    });
    return undefined;
  }
  const extra = Object.keys(rest)[0];
  if (extra !== undefined)
    options.problems.push({ path: [...path, extra], message: `there is no ${extra} beside $unknown`, candidates: ['detail', 'action'] });
  return new Unknown(reason, typeof detail === 'string' ? detail : reason, typeof action === 'string' ? action : undefined);
}

/** ISO 8601 date or date and time with zone, in epoch milliseconds. */
export function parseTime(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) return undefined;
  // Date.parse rolls 31 February over into March; such a date is a mistake.
  const day = Number(text.slice(8, 10));
  const daysInMonth = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  return day <= daysInMonth ? time : undefined;
}

export function isPlainObject(json: unknown): json is { readonly [key: string]: unknown } {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && !(json instanceof Unknown);
}

/** An object without a prototype, so that a key of outsiders can never meet an inherited name. */
function nullPrototype(entries: readonly (readonly [string, unknown])[]): unknown {
  const object = Object.create(null) as { [key: string]: unknown };
  for (const [key, value] of entries) object[key] = value;
  return object;
}

function describe(json: unknown): string {
  if (json === null) return 'nothing';
  if (Array.isArray(json)) return 'a list';
  switch (typeof json) {
    case 'object':
      return 'an object';
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return json ? 'true' : 'false';
    default:
      return typeof json;
  }
}
