/**
 * A comparison of a condition that the template and the given parameters leave open. What depends on it is judged both ways;
 * `Evaluator` decides with what is assumed of it.
 */
export interface Atom {
  /** The comparison, written the same wherever it occurs. */
  readonly key: string;
  /** The condition that it was met in, for people. */
  readonly condition: string;
  /** What is compared with a fixed text, if it is such a comparison: no more than one of those of a subject holds. */
  readonly subject?: string;
  readonly text?: string;
  /** All texts that the subject can be, where the template lists them. */
  readonly allowed?: readonly string[];
}

/** What is assumed of the open comparisons. */
export type Assumptions = ReadonlyMap<string, { readonly atom: Atom; readonly holds: boolean }>;

/** Whether the assumptions can be true at once: `Env` is not both prod and dev, and it is one of its allowed values. */
export function isConsistent(assumptions: Assumptions): boolean {
  const subjects = new Map<
    string,
    { readonly holds: Set<string>; readonly fails: Set<string>; readonly allowed: readonly string[] | undefined }
  >();
  for (const { atom, holds } of assumptions.values()) {
    if (atom.subject === undefined || atom.text === undefined) continue;
    const entry = subjects.get(atom.subject) ?? { holds: new Set(), fails: new Set(), allowed: atom.allowed };
    subjects.set(atom.subject, entry);
    (holds ? entry.holds : entry.fails).add(atom.text);
  }
  for (const { holds, fails, allowed } of subjects.values()) {
    if (holds.size > 1) return false;
    const possible = holds.size === 1 ? [...holds] : allowed;
    if (possible === undefined) continue;
    if (!possible.some((text) => !fails.has(text) && (allowed?.includes(text) ?? true))) return false;
  }
  return true;
}
