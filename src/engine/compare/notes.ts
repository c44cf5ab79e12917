import type { Baseline } from './compare-runs.ts';
import type { Seen } from './seen.ts';

/** What makes a comparison weaker than it looks: a baseline that does not hold what is compared with it makes everything new. */
export function comparisonNotes({ scopes, whole }: Baseline, seen: Seen): readonly string[] {
  const before = new Map(scopes.map((scope) => [scope.id, scope]));
  return seen.scopes.flatMap(({ id, source }) => {
    // Read as a whole once, and what was open then has been carried on since.
    if (whole !== undefined && Object.hasOwn(whole, id)) return [];
    const same = before.get(id);
    if (same === undefined) {
      const comparable = scopes.some((scope) => scope.source !== source);
      return comparable ? [] : [`the baseline has nothing of ${id}, so all of it is new; code needs the same --root in both runs`];
    }
    const part = same.whole === false || same.status !== 'complete';
    return part ? [`the baseline has only a part of ${id}, so what is called new there may be old`] : [];
  });
}
