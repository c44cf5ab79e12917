import { Unknown } from '../model/unknown.ts';
import { charge, type Budget } from './evaluation.ts';
import { isOpen, merge, type Open } from './open-value.ts';

/** Equality in three values: a known difference decides even beside an unknown element, and
 * Unknowns of one symbol are equal. Lists cost a step an element. */
export function equals(a: unknown, b: unknown, budget: Budget): boolean | Open {
  if (isOpen(a)) {
    if (a instanceof Unknown && b instanceof Unknown && a.symbol !== undefined && a.symbol === b.symbol) return true;
    return isOpen(b) ? merge(a, b) : a;
  }
  if (isOpen(b)) return b;
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  if (a.length !== b.length) return false;
  charge(budget, a.length);
  let open: Open | undefined;
  for (let index = 0; index < a.length; index += 1) {
    const same = equals(a[index], b[index], budget);
    if (same === false) return false;
    if (same !== true) open = open ? merge(open, same) : same;
  }
  return open ?? true;
}
