import { Unknown } from '../model/unknown.ts';
import type { Shape } from './shape.ts';

/** The reverse of `decode`: plain JSON, timestamps in ISO 8601, Unknown as `{ $unknown: reason }`. */
export function encode(shape: Shape, value: unknown): unknown {
  if (value instanceof Unknown) {
    const { reason, detail, action } = value;
    return { $unknown: reason, ...(detail === '' ? {} : { detail }), ...(action === undefined ? {} : { action }) };
  }
  switch (shape.kind) {
    case 'string':
    case 'int':
    case 'bool':
      return value;
    case 'timestamp':
      return new Date(value as number).toISOString();
    case 'list':
      return (value as readonly unknown[]).map((element) => encode(shape.element, element));
    case 'map': {
      const entries = Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1));
      // A key of outsiders that begins with $ must not read as one of our marks.
      return Object.fromEntries(entries.map(([key, element]) => [key.startsWith('$') ? `$${key}` : key, encode(shape.value, element)]));
    }
    case 'object': {
      const object = value as { readonly [name: string]: unknown };
      return Object.fromEntries(
        Object.entries(shape.fields)
          .filter(([name]) => object[name] !== undefined)
          .map(([name, field]) => [name, encode(field.shape, object[name])]),
      );
    }
    default:
      return shape satisfies never;
  }
}
