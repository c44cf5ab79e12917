/** An object of a template. Keys are what people wrote, `__proto__` too: read them through `own`. */
export type JsonObject = { readonly [key: string]: unknown };

/** A step is the key of a map or the index of a list. */
export type Path = readonly (string | number)[];

/** Whether it is a plain object: no list, and none of our own classes, such as Unknown. */
export function isObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The value of a key that the object itself has. */
export function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The elements of a list; empty for what is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Sets a key that people chose: `__proto__` becomes an ordinary one. */
export function setOwn(object: object, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else (object as { [key: string]: unknown })[key] = value;
}
