import { Unknown, type Maybe } from '../model/unknown.ts';

/** Kleene's `not`: the negation of Unknown is the same Unknown. */
export function not(value: Maybe<boolean>): Maybe<boolean> {
  return value instanceof Unknown ? value : !value;
}

/** Kleene's `and`: false if any operand is false, else the first Unknown, else true. */
export function allOf(...values: readonly Maybe<boolean>[]): Maybe<boolean> {
  let unknown: Unknown | undefined;
  for (const value of values) {
    if (value === false) return false;
    if (value instanceof Unknown) unknown ??= value;
  }
  return unknown ?? true;
}

/** Kleene's `or`: true if any operand is true, else the first Unknown, else false. */
export function anyOf(...values: readonly Maybe<boolean>[]): Maybe<boolean> {
  return not(allOf(...values.map(not)));
}

/** Whether an element has the property; an Unknown list or element may have it. */
export function some<T>(list: Maybe<readonly Maybe<T>[]>, holds: (element: T) => Maybe<boolean>): Maybe<boolean> {
  if (list instanceof Unknown) return list;
  let unknown: Unknown | undefined;
  for (const element of list) {
    const verdict = element instanceof Unknown ? element : holds(element);
    if (verdict === true) return true;
    if (verdict instanceof Unknown) unknown ??= verdict;
  }
  return unknown ?? false;
}

/** Whether every element has the property; an empty list has it. */
export function every<T>(list: Maybe<readonly Maybe<T>[]>, holds: (element: T) => Maybe<boolean>): Maybe<boolean> {
  return not(some(list, (element) => not(holds(element))));
}

export function isNonEmpty(list: Maybe<readonly unknown[]>): Maybe<boolean> {
  return list instanceof Unknown ? list : list.length > 0;
}
