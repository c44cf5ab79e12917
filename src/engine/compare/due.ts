import type { Severity } from '../../model/severity.ts';

/** Within how many days a finding is to be fixed, by severity; `none`: whenever. */
export type DueDays = { readonly [severity in Severity]: number | 'none' };

/** What is customary; a configuration says what a team has agreed on. */
export const customaryDueDays: DueDays = { critical: 7, high: 30, medium: 90, low: 180, info: 'none' };

const dayMs = 24 * 60 * 60 * 1000;

/** The last moment to fix what was first seen then: ISO 8601. Undefined: nothing is due. */
export function dueDate(firstSeen: string, severity: Severity, days: DueDays): string | undefined {
  const within = days[severity];
  return within === 'none' ? undefined : new Date(Date.parse(firstSeen) + within * dayMs).toISOString();
}
