import type { ScopeReader } from './collector.ts';
import { readListing, readPages } from './pages.ts';

/**
 * How to read a list that decides which resources of a type there are: as such where the run asks for the type, and
 * as facts of something else, whose failure is no gap but Unknown there, where it does not.
 */
export function listFor(scope: ScopeReader, type: string): typeof readListing {
  return scope.needs.has(type) ? readListing : (...request) => readPages(...request);
}
