/** In the order of their urgency. */
export const dueTerms = ['overdue', 'within 7 days', 'within 30 days', 'later'] as const;
export type DueTerm = (typeof dueTerms)[number];

const dayMs = 24 * 60 * 60 * 1000;

/** When something is to be fixed, seen from the moment of the run; both ISO 8601. Undefined: nothing is due. */
export function dueTerm(dueAt: string | undefined, asOf: string): DueTerm | undefined {
  if (dueAt === undefined) return undefined;
  const left = Date.parse(dueAt) - Date.parse(asOf);
  if (left < 0) return 'overdue';
  if (left <= 7 * dayMs) return 'within 7 days';
  return left <= 30 * dayMs ? 'within 30 days' : 'later';
}
