import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Mutant } from './mutate-policy.ts';

/** A mutant that no test can tell from the policy, because it means the same, and why. */
export interface EquivalentMutant {
  readonly policy: string;
  readonly place: string;
  readonly original: string;
  readonly mutated: string;
  readonly reason: string;
}

/** Reads the list. Throws for an entry that is not complete. */
export function readEquivalents(file: string): readonly EquivalentMutant[] {
  const entries = (parse(readFileSync(file, 'utf8')) ?? []) as readonly EquivalentMutant[];
  for (const [index, entry] of entries.entries()) {
    for (const key of ['policy', 'place', 'original', 'mutated', 'reason'] as const) {
      if (typeof entry[key] !== 'string' || entry[key].trim() === '') throw new Error(`${file}: entry ${index + 1} has no ${key}`);
    }
  }
  return entries;
}

/** Whether the entry speaks of the mutant; line ends of folded texts count as spaces. */
export function isListed(entry: EquivalentMutant, mutant: Mutant): boolean {
  return (
    entry.policy === mutant.policyId &&
    entry.place === mutant.place &&
    same(entry.original, mutant.original) &&
    same(entry.mutated, mutant.mutated)
  );
}

function same(a: string, b: string): boolean {
  const flat = (text: string): string => text.trim().replace(/\s+/g, ' ');
  return flat(a) === flat(b);
}
