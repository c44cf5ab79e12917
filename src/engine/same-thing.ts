import type { Finding } from '../model/finding.ts';

/** What tells findings of different sources that they speak of the same thing. */
export type Subject = Pick<Finding, 'policyId' | 'resource'>;

/**
 * Key of what a finding is about, wherever it was found: policy, type and name. Undefined where the name is not known, and the
 * address stands for it: two of those must not meet by accident.
 */
export function subjectKey({ policyId, resource }: Subject): string | undefined {
  const named = resource.name !== resource.address;
  return named ? JSON.stringify([policyId, resource.type, resource.name]) : undefined;
}

/** Whether account and region agree, where both say them. */
export function samePlace(a: Subject['resource'], b: Subject['resource']): boolean {
  const agree = (left: string | undefined, right: string | undefined): boolean =>
    left === undefined || right === undefined || left === right;
  return agree(a.account, b.account) && agree(a.region, b.region);
}

/** Things by a key, for look-ups. */
export function groupBy<Item>(items: Iterable<Item>, keyOf: (item: Item) => string | undefined): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const into = groups.get(key);
    if (into) into.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
