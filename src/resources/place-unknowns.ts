import { Unknown } from '../model/unknown.ts';

/**
 * The same value, with every Unknown knowing the path it stands at, such as `statements[0].actions[1]`.
 * What holds no Unknown is returned as it is, not copied.
 */
export function placeUnknowns<T>(value: T, path = ''): T {
  return place(value, path) as T;
}

function place(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Unknown) return value.at(path);
  if (Array.isArray(value)) {
    let copy: unknown[] | undefined;
    for (let index = 0; index < value.length; index += 1) {
      const element: unknown = value[index];
      if (typeof element !== 'object') continue;
      const placed = place(element, `${path}[${index}]`);
      if (placed !== element) (copy ??= [...(value as unknown[])])[index] = placed;
    }
    return copy ?? value;
  }
  const object = value as { readonly [key: string]: unknown };
  let copy: { [key: string]: unknown } | undefined;
  for (const key in object) {
    const element = object[key];
    if (typeof element !== 'object' || !Object.hasOwn(object, key)) continue;
    const placed = place(element, path === '' ? key : `${path}.${key}`);
    if (placed !== element) {
      // defineProperty, since a tag may be called __proto__.
      copy ??= { ...object };
      Object.defineProperty(copy, key, { value: placed, enumerable: true, configurable: true, writable: true });
    }
  }
  return copy ?? value;
}
