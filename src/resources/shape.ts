import type { Maybe } from '../model/unknown.ts';
import type { SourceName } from '../model/source-name.ts';

/**
 * The shape of a value. One declaration drives the TypeScript type (`ValueOf`), the CEL types of the static check,
 * decoding of snapshots and fixtures, the JSON Schema for editors, and the docs.
 */
export type Shape =
  | StringShape
  | { readonly kind: 'int' }
  | { readonly kind: 'bool' }
  /** Epoch milliseconds in memory, ISO 8601 in files. */
  | { readonly kind: 'timestamp' }
  | ListShape
  | MapShape
  | ObjectShape;

export interface StringShape<V extends string = string> {
  readonly kind: 'string';
  /** The only values it takes, where they are few. */
  readonly values?: readonly V[];
}

export interface ListShape<E extends Shape = Shape> {
  readonly kind: 'list';
  readonly element: E;
}

/** Keys are strings that outsiders choose (tags); never read them except through `Object.hasOwn`. */
export interface MapShape<E extends Shape = Shape> {
  readonly kind: 'map';
  readonly value: E;
}

export interface ObjectShape<F extends Fields = Fields> {
  readonly kind: 'object';
  /** Name of the type in CEL, unique in the house. */
  readonly name: string;
  readonly fields: F;
}

export interface Field<S extends Shape = Shape, O extends boolean = boolean> {
  readonly shape: S;
  readonly doc: string;
  /** May be absent. Policies read it behind `has()`. */
  readonly optional: O;
  /** The sources that can know it; from the others it is Unknown `not-in-source`. Left out: all of them. */
  readonly sources?: readonly SourceName[];
}

export type Fields = { readonly [name: string]: Field };

type Simplify<T> = { readonly [K in keyof T]: T[K] };

/** The TypeScript type of a shape; any part of it may be Unknown. */
export type ValueOf<S extends Shape> =
  S extends StringShape<infer V>
    ? V
    : S extends { kind: 'int' } | { kind: 'timestamp' }
      ? number
      : S extends { kind: 'bool' }
        ? boolean
        : S extends ListShape<infer E>
          ? readonly Maybe<ValueOf<E>>[]
          : S extends MapShape<infer E>
            ? { readonly [key: string]: Maybe<ValueOf<E>> }
            : S extends ObjectShape<infer F>
              ? FieldValues<F>
              : never;

export type FieldValues<F extends Fields> = Simplify<
  { readonly [K in keyof F as F[K]['optional'] extends true ? never : K]: Maybe<ValueOf<F[K]['shape']>> } & {
    readonly [K in keyof F as F[K]['optional'] extends true ? K : never]?: Maybe<ValueOf<F[K]['shape']>> | undefined;
  }
>;

export const int = { kind: 'int' } as const;
export const bool = { kind: 'bool' } as const;
export const timestamp = { kind: 'timestamp' } as const;
export const string: StringShape = { kind: 'string' };

export function oneOf<const V extends string>(...values: readonly V[]): StringShape<V> {
  return { kind: 'string', values };
}

export function list<E extends Shape>(element: E): ListShape<E> {
  return { kind: 'list', element };
}

export function map<E extends Shape>(value: E): MapShape<E> {
  return { kind: 'map', value };
}

export function object<F extends Fields>(name: string, fields: F): ObjectShape<F> {
  for (const field of Object.keys(fields)) {
    // The evaluator reads declared fields without a hasOwn check, which is safe only under this condition.
    if (field in Object.prototype) throw new Error(`${name}.${field}: the name is taken by Object.prototype`);
  }
  return { kind: 'object', name, fields };
}

interface FieldOptions {
  readonly sources?: readonly SourceName[];
}

export function required<S extends Shape>(shape: S, doc: string, options: FieldOptions = {}): Field<S, false> {
  return { shape, doc, optional: false, ...options };
}

export function optional<S extends Shape>(shape: S, doc: string, options: FieldOptions = {}): Field<S, true> {
  return { shape, doc, optional: true, ...options };
}

/** For facts that only a live account has. */
export const liveOnly: FieldOptions = { sources: ['aws'] };
